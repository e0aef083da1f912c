"""Publishing units: neighbouring offices of one county or area that are shown together, because each is too small.

Chosen once and kept. An office stands alone when it is large enough. Smaller ones are put together, nearest first,
until a unit has enough people and enough offices: of two offices each leader knows the other's number by
subtraction, so it takes three. Given last time's units, only what no longer holds is mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

OFFICES_AT_LEAST = 3


@dataclass(frozen=True, slots=True)
class Office:
    """`key` lasts; `area` is the county or area that units keep within; `near` are keys of neighbours, best first."""

    key: int
    size: int
    area: int
    near: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Offices shown together, keys ascending. A unit of one office is the office itself."""

    area: int
    offices: tuple[int, ...]


def pool(
    offices: Sequence[Office],
    *,
    people: int,
    offices_at_least: int = OFFICES_AT_LEAST,
    before: Sequence[Unit] = (),
) -> tuple[Unit, ...]:
    """Units of at least so many people, and so many offices where they are several; every office is in one.

    A unit that could not be made large enough (a whole area is too small) is given as it is; what may be shown of
    it is decided like everything else. Sorted by their lowest key. The order of `offices` means nothing.
    """
    by_area: dict[int, list[Office]] = {}
    for office in sorted(offices, key=lambda one: one.key):
        by_area.setdefault(office.area, []).append(office)
    found = [
        unit
        for area, here in sorted(by_area.items())
        for unit in _Area(area, here, people, offices_at_least).units(before)
    ]
    return tuple(sorted(found, key=lambda unit: unit.offices))


class _Area:
    def __init__(self, area: int, offices: Sequence[Office], people: int, offices_at_least: int) -> None:
        self.area, self.people, self.offices_at_least = area, people, offices_at_least
        self.offices = {office.key: office for office in offices}

    def units(self, before: Iterable[Unit]) -> list[Unit]:
        groups = self._kept(before)
        while small := [group for group in groups if not self._enough(group)]:
            group = min(small, key=lambda one: (self._size(one), min(one)))
            others = [one for one in groups if one is not group]
            if not others:
                break
            nearest = min(others, key=lambda one: self._distance(group, one))
            groups = [one for one in others if one is not nearest] + [group | nearest]
        return [Unit(self.area, tuple(sorted(group))) for group in groups]

    def _kept(self, before: Iterable[Unit]) -> list[set[int]]:
        """Last time's units of those that are still here, and each newcomer alone."""
        kept = [set(unit.offices) & set(self.offices) for unit in before if unit.area == self.area]
        kept = [group for group in kept if group]
        placed = set().union(*kept)
        return kept + [{key} for key in sorted(self.offices) if key not in placed]

    def _enough(self, group: set[int]) -> bool:
        alone = len(group) == 1
        return self._size(group) >= self.people and (alone or len(group) >= self.offices_at_least)

    def _size(self, group: set[int]) -> int:
        return sum(self.offices[key].size for key in group)

    def _distance(self, group: set[int], other: set[int]) -> tuple[bool, int, int, int]:
        """Those that need company too come before those that do well alone; then neighbours; then small ones."""
        ranks = [self.offices[key].near.index(one) for key in group for one in other if one in self.offices[key].near]
        near = min(ranks, default=len(self.offices))
        return self._enough(other) and len(other) == 1, near, self._size(other), min(other)
