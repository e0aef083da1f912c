"""Requirement → gap, with the British framework's roles × levels × skills as the answer book.

The counts are made from the file itself with the csv module, by names, without any code of the house. They must be what
a person reads on her own page, what her leader reads in the needs of the office, and what the picture is counted from.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from sloyfe.modules.catalogue.formats import ddat
from sloyfe.modules.catalogue.formats.bundle import from_bytes
from sloyfe.modules.catalogue.models import Competence, Profile, ProfileGiven, Requirement
from sloyfe.modules.catalogue.storing import store
from sloyfe.modules.people.models import Affiliation, Person
from sloyfe.modules.people.viewers import viewer_for_person
from sloyfe.modules.plans.needs import SIDE_AT_LEAST, needs
from sloyfe.modules.statements.models import Counting, Share, Statement
from sloyfe.modules.statements.public import my_levels
from sloyfe.reporting.picture.gather import gather
from tests.cast import DAY, START

pytestmark = pytest.mark.django_db
FILES = Path(__file__).resolve().parents[2] / "shared" / "data" / "uk_ddat"
STEPS = ("Awareness", "Working", "Practitioner", "Expert")
SKILLS = "Skill Name,Skill Description,Awareness,Working,Practitioner,Expert,Roles that require Skill\n"
ROLES = "Role Family,Role,Role Description,Role Level,Role Level Description,Skill Name,Skill Level\n"
REAL = (("skill", "skills"), ("role", "roles"))
SMALL = {
    "Data engineer": {"User focus": (1, 3), "Testing": (2, 2), "Data modelling": (1, 4)},
    "Tester": {"Testing": (2, 4), "User focus": (1, 2)},
    "Content designer": {"User focus": (2, 4), "Plain language": (3, 4), "Testing": (1, 1)},
}


def small_files() -> dict[str, bytes]:
    """Three roles of two levels each, written in the shape of the real files."""
    needed = defaultdict(set)
    rows = ""
    for role, skills in SMALL.items():
        for at, level in enumerate((f"Junior {role.lower()}", f"Lead {role.lower()}")):
            for skill, steps in skills.items():
                rows += f"Digital,{role},Works.,{level},Works.,{skill},{STEPS[steps[at] - 1]}\n"
                needed[skill].add(role)
    skills = "".join(f'{name},About it.,a,b,c,d,"{", ".join(sorted(who))}"\n' for name, who in needed.items())
    return {"skills.csv": (SKILLS + skills).encode(), "roles.csv": (ROLES + rows).encode()}


def real_files() -> dict[str, bytes]:
    return {
        "skills.csv": (FILES / "skill__skills.csv").read_bytes(),
        "roles.csv": (FILES / "role__roles.csv").read_bytes(),
    }


@dataclass
class Book:
    """Role level → skill → step, read from the file alone; role levels whose name stands in one role only."""

    asked: dict[str, dict[str, int]]

    @classmethod
    def read(cls, roles: bytes) -> Book:
        rows = list(csv.DictReader(io.StringIO(roles.decode("utf-8-sig"))))
        roles_of = defaultdict(set)
        asked: dict[str, dict[str, int]] = defaultdict(dict)
        for row in rows:
            roles_of[row["Role Level"].strip()].add(row["Role"])
            if row["Skill Level"] in STEPS:
                asked[row["Role Level"].strip()].setdefault(
                    row["Skill Name"].strip(), STEPS.index(row["Skill Level"]) + 1
                )
        return cls({level: skills for level, skills in sorted(asked.items()) if len(roles_of[level]) == 1})


@pytest.mark.parametrize(
    ("files", "people"),
    [
        pytest.param(small_files, 40, id="small"),
        pytest.param(
            real_files,
            60,
            id="real",
            marks=[
                pytest.mark.realdata,
                pytest.mark.skipif(not FILES.is_dir(), reason="the real files are not here: ../shared/data/uk_ddat"),
            ],
        ),
    ],
)
def test_every_gap_is_what_the_file_says(cast, files, people):
    content = files()
    book = Book.read(content["roles.csv"])
    draft = ddat.read([from_bytes(name, text) for name, text in content.items()])
    assert store(cast.viewer("hr_admin"), draft, rehearsal=False).applied
    profile = {row.label_en: row for row in Profile.objects.filter(kind="role_level", label_en__in=list(book.asked))}
    skill = {row.label_en: row.pk for row in Competence.objects.all()}
    assert profile.keys() == book.asked.keys()
    assert Requirement.objects.filter(profile__in=profile.values()).count() == sum(map(len, book.asked.values()))

    rng = np.random.default_rng(20261118)
    names, levels = [f"Person {n:03}" for n in range(people)], list(book.asked)
    has = {name: sorted(rng.choice(levels, size=1 + n % 2, replace=False).tolist()) for n, name in enumerate(names)}
    wanted = {name: _highest(book, roles) for name, roles in has.items()}
    said = {
        name: {one: int(rng.integers(1, 5)) for one in sorted(skills) if rng.random() < 0.8}
        for name, skills in wanted.items()
    }
    counted = {name: bool(rng.random() < 0.7) for name in names}
    person = _store(cast, has, said, counted, profile, skill)

    _own_pages(person, wanted, said)
    _picture(skill, wanted, said, counted)
    _office(cast, book, has, said)


def _highest(book: Book, roles: list[str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for role in roles:
        for skill, step in book.asked[role].items():
            found[skill] = max(found[skill], step)
    return dict(found)


def _store(cast, has, said, counted, profile, skill) -> dict[str, Person]:
    """Everybody works at Fjord for the state, and has shared what she has said with her leader."""
    person = {name: Person.objects.create(name=name) for name in has}
    work = {"unit": cast.unit["fjord"], "employer": cast.employer["state"], "line": "state", "valid_from": START}
    Affiliation.objects.bulk_create(Affiliation(person=one, **work) for one in person.values())
    ProfileGiven.objects.bulk_create(
        ProfileGiven(person=person[name], profile=profile[role], valid_from=START) for name in has for role in has[name]
    )
    Counting.objects.bulk_create(Counting(person=person[n], answers=yes, changed_on=DAY) for n, yes in counted.items())
    rows = Statement.objects.bulk_create(
        Statement(
            person=person[name], kind="level", competence_id=skill[one], level=level, valid_from=START, confirmed_on=DAY
        )
        for name, levels in said.items()
        for one, level in levels.items()
    )
    Share.objects.bulk_create(Share(statement=row, owner_id=row.person_id, audience="leader") for row in rows)
    return person


def _own_pages(person, wanted, said) -> None:
    for name, one in person.items():
        read = my_levels(viewer_for_person(one.pk, DAY, "en"))
        assert {each.competence: (each.asked_level, each.level) for each in read} == {
            skill: (step, said[name].get(skill)) for skill, step in wanted[name].items()
        }


def _picture(skill, wanted, said, counted) -> None:
    """By skill: who is asked, and who of them says that she is there and may be counted."""
    gathered = gather(DAY)
    column = {competence: at for at, competence in enumerate(gathered.competences)}
    asked, meets = gathered.said.asked.sum(axis=0), gathered.said.meets.sum(axis=0)
    read = {name: (asked[column[pk]], meets[column[pk]]) for name, pk in skill.items() if pk in column}
    told: dict[str, tuple[int, int]] = {}
    for name, skills in wanted.items():
        for one, step in skills.items():
            before = told.get(one, (0, 0))
            told[one] = before[0] + 1, before[1] + (counted[name] and said[name].get(one, 0) >= step)
    assert read == told


def _office(cast, book, has, said) -> None:
    """By role level and skill: who is asked, and who of them has shared with the leader that she is there."""
    told = {}
    for role, skills in book.asked.items():
        who = [name for name in has if role in has[name]]
        for one, step in skills.items():
            have = sum(said[name].get(one, 0) >= step for name in who)
            if have < len(who):
                told[role, one, step] = (len(who), have)
    found = needs(cast.viewer("state_leader"), cast.unit["fjord"].pk)
    label = dict(Competence.objects.values_list("pk", "label_en"))
    read = {(n.asked.through, label[n.asked.competence_id], n.asked.level): (n.wanted, n.have) for n in found}
    assert read.keys() == told.keys()
    for key, (people, have) in told.items():
        shown = min(people, have) >= 5 and min(have, people - have) >= SIDE_AT_LEAST
        assert read[key] == ((people, have) if shown else (None, None)), key
