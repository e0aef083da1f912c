"""Publishing units are large enough, keep within their area, and change as little as possible."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.engines.disclosure.pooling import Office, Unit, pool

FEW = settings(max_examples=40, deadline=None, derandomize=True, database=None)
SEEDS = st.integers(0, 100_000)


def offices(seed: int, many: int = 30, areas: int = 3) -> list[Office]:
    rng = np.random.default_rng(seed)
    sizes = np.clip(rng.lognormal(2.3, 1, many), 3, 200).astype(int).tolist()
    near = [tuple(int(one) for one in rng.permutation(many)[:4] if one != key) for key in range(many)]
    return [Office(key, size, key % areas, near[key]) for key, size in enumerate(sizes)]


def test_by_hand():
    """Three small ones together; the large one and the one of ten stand alone."""
    small = [Office(1, 4, 0, (2,)), Office(2, 5, 0, (1, 3)), Office(3, 6, 0)]
    units = pool([*small, Office(4, 40, 0), Office(5, 10, 0)], people=10)
    assert units == (Unit(0, (1, 2, 3)), Unit(0, (4,)), Unit(0, (5,)))


def test_neighbours_before_others():
    here = [
        Office(key, 4, 0, near)
        for key, near in ((1, (5, 6)), (2, (3, 4)), (3, (2, 4)), (4, (2, 3)), (5, (1,)), (6, (1,)))
    ]
    assert pool(here, people=10) == (Unit(0, (1, 5, 6)), Unit(0, (2, 3, 4)))


@FEW
@given(SEEDS)
def test_units_are_large_enough_and_keep_within_their_area(seed: int):
    given_offices = offices(seed)
    units = pool(given_offices, people=20)
    size = {office.key: office.size for office in given_offices}
    area = {office.key: office.area for office in given_offices}
    assert sorted(key for unit in units for key in unit.offices) == sorted(size)
    for unit in units:
        assert {area[key] for key in unit.offices} == {unit.area}
        assert len(unit.offices) == 1 or len(unit.offices) >= 3
        assert sum(size[key] for key in unit.offices) >= 20


@FEW
@given(SEEDS)
def test_the_order_means_nothing(seed: int):
    given_offices = offices(seed)
    other = [given_offices[at] for at in np.random.default_rng(seed).permutation(len(given_offices))]
    assert pool(given_offices, people=20) == pool(other, people=20)


@FEW
@given(SEEDS)
def test_chosen_once_and_kept(seed: int):
    first = offices(seed)
    units = pool(first, people=10)
    assert pool(first, people=10, before=units) == units
    grown = [replace(office, size=office.size + 3) for office in first]
    assert pool(grown, people=10, before=units) == units


@FEW
@given(SEEDS)
def test_one_office_that_closes_touches_only_its_own_unit(seed: int):
    first = offices(seed)
    before = pool(first, people=10)
    gone = first[seed % len(first)].key
    after = pool([office for office in first if office.key != gone], people=10, before=before)
    untouched = [unit for unit in before if gone not in unit.offices]
    assert sum(unit in after for unit in untouched) >= len(untouched) - 1


def test_an_area_that_is_too_small_is_given_as_it_is():
    assert pool([Office(1, 3, 0), Office(2, 4, 0)], people=10) == (Unit(0, (1, 2)),)
