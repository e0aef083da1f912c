"""The cast's body made large enough for a picture: colleagues in both offices, what is asked, and what they say."""

from __future__ import annotations

from datetime import date

import numpy as np

from sloyfe.modules.catalogue.models import Competence, Framework, Profile, Requirement
from sloyfe.modules.people.models import Affiliation, Bond, Edge, Kind, Person, Unit
from sloyfe.modules.people.tree import rebuild_closure
from sloyfe.modules.statements.models import Counting, Statement
from tests.cast import DAY, START, Cast

OFFICES = {"fjord": 40, "vik": 24, "nes": 30, "dal": 6, "li": 5, "ås": 12}


def fill(cast: Cast, *, seed: int = 1, competences: int = 4, offices: dict[str, int] = OFFICES) -> list[Competence]:
    """People in each office, asked for level 3 of each competence; most have answered and may be counted."""
    rng = np.random.default_rng(seed)
    for name in sorted(set(offices) - set(cast.unit)) + ["nes"]:
        new = Unit.objects.create(number=f"u-office-{name}", kind=Kind.OFFICE, name=f"Kontor {name}", valid_from=START)
        Edge.objects.create(child=new, parent=cast.unit["county"], bond=Bond.STATE, valid_from=START)
        cast.unit[f"office-{name}"] = new
    rebuild_closure(DAY)
    found = ask_for(competences)
    for name, many in offices.items():
        unit = cast.unit.get(f"office-{name}") or cast.unit[name]
        people = Person.objects.bulk_create(Person(name=f"Kollega {name} {n}", sort_key=f"{n}") for n in range(many))
        employ(cast, people, unit)
        answer(rng, people, found)
    return found


def ask_for(many: int) -> list[Competence]:
    framework = Framework.objects.create(code="picture", label_nb="Faget")
    found = Competence.objects.bulk_create(
        Competence(framework=framework, key=f"k{n}", label_nb=f"Kompetanse {n}") for n in range(many)
    )
    profile = Profile.objects.create(key="veileder", kind="position", label_nb="Veileder", position="veileder")
    Requirement.objects.bulk_create(
        Requirement(profile=profile, competence=one, level=3, strength="should", source="directorate", valid_from=START)
        for one in found
    )
    return list(found)


def employ(cast: Cast, people: list[Person], unit: Unit, day: date = START) -> None:
    Affiliation.objects.bulk_create(
        Affiliation(
            person=one,
            unit=unit,
            employer=cast.employer["state" if n % 2 else "sund"],
            line="state" if n % 2 else "municipal",
            position="veileder",
            valid_from=day,
        )
        for n, one in enumerate(people)
    )


def answer(rng: np.random.Generator, people: list[Person], found: list[Competence], day: date = START) -> None:
    Counting.objects.bulk_create(
        Counting(person=one, answers=yes, unsure=False, changed_on=day)
        for one, yes in zip(people, (rng.random(len(people)) < 0.9).tolist(), strict=True)
    )
    Statement.objects.bulk_create(
        Statement(person=one, kind=Statement.Kind.LEVEL, competence=each, level=level, valid_from=day, confirmed_on=day)
        for one in people
        if rng.random() < 0.9
        for each, level in zip(found, rng.integers(1, 6, len(found)).tolist(), strict=True)
    )
