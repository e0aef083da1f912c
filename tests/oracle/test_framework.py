"""Role × level × skill of the UK framework, from the files through requirement to gap, counted twice.

Once by the house: imported, given to people, and read by way of the needs of an office and of the picture. Once here,
straight from the file with nothing but `csv`. The two ways must agree on every number.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from sloyfe.modules.catalogue.formats import ddat
from sloyfe.modules.catalogue.formats.bundle import from_bytes
from sloyfe.modules.catalogue.models import Competence, Profile, ProfileGiven
from sloyfe.modules.catalogue.storing import store
from sloyfe.modules.people.models import Affiliation, Person
from sloyfe.modules.plans.needs import needs
from sloyfe.modules.statements.models import Counting, Share, Statement
from sloyfe.reporting.picture.counting import counts, rows_of
from sloyfe.reporting.picture.gather import gather
from sloyfe.reporting.picture.gathered import TABLES
from sloyfe.reporting.picture.nodes import nodes_for
from tests.cast import DAY, START
from tests.oracle.small import ROLES, SKILLS

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "uk_ddat"
STEPS = {"Awareness": 1, "Working": 2, "Practitioner": 3, "Expert": 4}
WITHOUT_LEVEL = 3
SHOWN_FROM, SIDE = 5, 3

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Body:
    """Somebody in each role: what she is asked for by the file, what she says, who may see it and count it."""

    role: tuple[str, str]
    office: str
    says: dict[str, int]
    shares: bool
    counts: bool


def _small():
    return SKILLS, ROLES, 40


def _real():
    if not REAL.is_dir():
        pytest.skip("the real files are not here: ../shared/data/uk_ddat")
    return *((REAL / name).read_text(encoding="utf-8-sig") for name in ("skill__skills.csv", "role__roles.csv")), 6


def _asked(roles: str) -> dict[tuple[str, str], dict[str, int]]:
    """By role and role level, the skills and their levels. What is written twice is asked once."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in csv.DictReader(StringIO(roles, newline="")):
        role, level, skill = (" ".join(row[name].split()) for name in ("Role", "Role Level", "Skill Name"))
        mine = found.setdefault((role, level), {})
        mine.setdefault(skill, STEPS.get(row["Skill Level"].strip(), WITHOUT_LEVEL))
    return found


def _draw(asked, each: int, seed: int) -> list[Body]:
    rng = np.random.default_rng(seed)
    return [
        Body(
            role=role,
            office="fjord" if rng.random() < 0.7 else "vik",
            says={skill: int(rng.integers(1, 5)) for skill in skills if rng.random() < 0.85},
            shares=bool(rng.random() < 0.7),
            counts=bool(rng.random() < 0.8),
        )
        for role, skills in asked.items()
        for _ in range(int(rng.integers(1, 3 * each)))
    ]


def _employ(cast, bodies: list[Body]) -> None:
    """Puts them into the house: work, role, what each says, and what each lets others see and count."""
    people = Person.objects.bulk_create(Person(name=f"Person {n}", sort_key=f"{n:05}") for n, _ in enumerate(bodies))
    skill = {row.label_en: row.pk for row in Competence.objects.all()}
    profile = {
        (parent, row.label_en): row.pk
        for row in Profile.objects.filter(kind="role_level").prefetch_related("parent_links__parent")
        for parent in [row.parent_links.all()[0].parent.label_en]
    }
    profile |= {(row.label_en, "NOT IN USE"): row.pk for row in Profile.objects.filter(kind="role")}
    rows = list(zip(people, bodies, strict=True))
    municipal = {"employer": cast.employer["sund"], "line": "municipal", "position": "utvikler", "valid_from": START}
    Affiliation.objects.bulk_create(Affiliation(person=p, unit=cast.unit[b.office], **municipal) for p, b in rows)
    ProfileGiven.objects.bulk_create(
        ProfileGiven(person=p, profile_id=profile[b.role], valid_from=START) for p, b in rows
    )
    Counting.objects.bulk_create(Counting(person=p, answers=b.counts, changed_on=START) for p, b in rows)
    dated = {"kind": Statement.Kind.LEVEL, "valid_from": START, "confirmed_on": START}
    said = Statement.objects.bulk_create(
        Statement(person=p, competence_id=skill[name], level=level, **dated)
        for p, b in rows
        for name, level in b.says.items()
    )
    sharing = {p.pk for p, b in rows if b.shares}
    Share.objects.bulk_create(
        Share(statement=row, owner_id=row.person_id, audience="leader") for row in said if row.person_id in sharing
    )


@pytest.fixture(params=[pytest.param(_small, id="small"), pytest.param(_real, id="real", marks=pytest.mark.realdata)])
def world(request, cast):
    skills, roles, each = request.param()
    files = [from_bytes("skills.csv", skills.encode()), from_bytes("roles.csv", roles.encode())]
    assert store(cast.viewer("hr_admin"), ddat.read(files), rehearsal=False).applied
    asked = _asked(roles)
    bodies = _draw(asked, each, seed=20261118)
    _employ(cast, bodies)
    return cast, asked, bodies


def _meets(asked, body: Body, skill: str) -> bool:
    return body.says.get(skill, 0) >= asked[body.role][skill]


def test_the_needs_of_an_office_are_those_counted_from_the_file(world):
    cast, asked, bodies = world
    here = [body for body in bodies if body.office == "fjord"]
    wanted: Counter[tuple[str, str]] = Counter()
    have: Counter[tuple[str, str]] = Counter()
    for body in here:
        role, level = body.role
        for skill in asked[body.role]:
            key = (role if level == "NOT IN USE" else level, skill)
            wanted[key] += 1
            have[key] += body.shares and _meets(asked, body, skill)
    expected = {
        key: (n, have[key])
        if min(n, have[key]) >= SHOWN_FROM and min(have[key], n - have[key]) >= SIDE
        else (None, None)
        for key, n in wanted.items()
        if have[key] < n
    }
    found = needs(cast.viewer("leader", language="en"), cast.unit["fjord"].pk)
    assert {(need.asked.through, need.asked.competence): (need.wanted, need.have) for need in found} == expected
    assert len(found) == len(expected)
    assert any(need.have is not None for need in found), "some are so many that a number is told"


def test_the_picture_counts_the_same_gap_in_every_node(world):
    cast, asked, bodies = world
    gathered = gather(DAY)
    nodes = nodes_for(DAY, Counter(gathered.office.tolist()), at_least=10)
    rows = rows_of("meets", nodes, gathered)
    size, count = counts(rows, *TABLES["meets"](gathered.said))
    skill = {pk: label for pk, label in Competence.objects.values_list("pk", "label_en")}
    office = {cast.unit[name].pk: name for name in ("fjord", "vik")}
    of_key = {node.key: {office[unit] for unit in node.offices if unit in office} for node in nodes}
    expected_asked: Counter[tuple[int, str]] = Counter()
    expected_meets: Counter[tuple[int, str]] = Counter()
    for body in bodies:
        for key in rows.keys:
            if body.office in of_key[key]:
                for name in asked[body.role]:
                    expected_asked[key, name] += 1
                    expected_meets[key, name] += body.counts and _meets(asked, body, name)
    cells = [
        (key, skill[competence], row, column)
        for row, key in enumerate(rows.keys)
        for column, competence in enumerate(gathered.competences)
    ]
    assert {skill for _key, skill in expected_asked} == {name for _key, name, _row, _column in cells}
    assert {(key, name): size[row, column] for key, name, row, column in cells if size[row, column]} == expected_asked
    assert {(key, name): count[row, column] for key, name, row, column in cells} == {
        (key, name): expected_meets[key, name] for key, name, _row, _column in cells
    }
    gap = {(key, name): size[row, column] - count[row, column] for key, name, row, column in cells}
    body_key = rows.keys[0]
    assert sum(n for (key, _name), n in gap.items() if key == body_key) == sum(
        not (body.counts and _meets(asked, body, name)) for body in bodies for name in asked[body.role]
    )
