"""The attack: everything every role can fetch, over pictures with answers, moves and leavers between them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from sloyfe.engines.disclosure import solve
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.solve import Protection
from sloyfe.modules.people.models import Affiliation, Person
from sloyfe.modules.statements.models import Statement
from sloyfe.reporting.picture.publish import publish
from sloyfe.reporting.picture.tests.attacker import Life, fetch_everything
from sloyfe.reporting.picture.tests.bodies import answer, employ, fill
from tests.cast import DAY, Cast

PICTURES = 3


def live(cast: Cast, rng: np.random.Generator, competences: list, day: date) -> None:
    """A month: some move, some leave, some come, some answer anew."""
    here = list(Affiliation.objects.for_system("test").on(day).filter(person__name__startswith="Kollega"))
    picked = [here[one] for one in rng.choice(len(here), 8, replace=False)]
    units = sorted({row.unit_id for row in here})
    for row in picked[:5]:
        Affiliation.objects.for_system("test").filter(pk=row.pk).update(valid_to=day)
    for row in picked[:2]:
        row.pk, row._state.adding, row.valid_from = None, True, day
        row.unit_id = units[int(rng.integers(len(units)))]
        row.save()
    new = Person.objects.bulk_create(Person(name=f"Kollega ny {n}", sort_key=f"ny{n}") for n in range(2))
    employ(cast, new, cast.unit["fjord"], day)
    answer(rng, new, competences, day)
    levels = list(Statement.objects.for_system("test").filter(kind="level", valid_to=None, valid_from__lt=day))
    for row in (levels[one] for one in rng.choice(len(levels), 20, replace=False)):
        Statement.objects.for_system("test").filter(pk=row.pk).update(valid_to=day)
        row.pk, row._state.adding, row.valid_from, row.level = None, True, day, int(rng.integers(1, 6))
        row.save()


def a_life(cast: Cast, as_role, seed: int) -> Life:
    rng = np.random.default_rng(seed)
    competences = fill(cast, seed=seed, competences=3)
    life = Life()
    for number in range(PICTURES):
        day = DAY - timedelta(days=28 * (PICTURES - 1 - number))
        if number:
            live(cast, rng, competences, day)
        publication = publish(day, by="test")
        life.remember(publication, fetch_everything(as_role, publication))
    return life


@pytest.mark.parametrize("seed", [1])
def test_nobody_learns_more_than_the_policy_allows(cast, as_role, seed):
    life = a_life(cast, as_role, seed)
    assert sum(len(numbers) for told in life.told for numbers in told.values()) > 15
    assert life.findings(Policy()) == []


def test_with_the_complementary_step_off_the_attacker_finds_plenty(cast, as_role, monkeypatch):
    monkeypatch.setattr(Protection, "run", lambda self: None)
    monkeypatch.setattr(solve, "THOROUGH_UP_TO", 0)
    life = a_life(cast, as_role, 1)
    assert len(life.findings(Policy())) > 5
