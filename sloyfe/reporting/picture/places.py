"""Where each office lies: the county or directorate it belongs to, and the area, if that lies within one of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sloyfe.modules.people.models import Bond, Closure, Kind


@dataclass(frozen=True, slots=True)
class Place:
    """Ids of units; `area` is None where an office is in none, or in one that lies in several counties."""

    group: int
    area: int | None


def placed(offices: Iterable[int]) -> dict[int, Place]:
    wanted = list(offices)
    groups = _groups(wanted)
    areas = _above(wanted, Bond.AREA, Kind.AREA)
    within: dict[int, set[int]] = defaultdict(set)
    for office, area in areas.items():
        within[area].add(groups[office])
    return {
        office: Place(groups[office], area if area and len(within[area]) == 1 else None)
        for office in wanted
        for area in [areas.get(office)]
    }


def _groups(offices: list[int]) -> dict[int, int]:
    """The county, or else the directorate; a municipality lies where its offices do. What stands alone is its own."""
    found = _above(offices, Bond.STATE, Kind.DIRECTORATE) | _above(offices, Bond.STATE, Kind.COUNTY)
    rest = [office for office in offices if office not in found]
    beneath: dict[int, Counter[int]] = defaultdict(Counter)
    below = Closure.objects.filter(ancestor__in=rest, bond=Bond.MUNICIPAL, depth__gt=0)
    pairs = list(below.values_list("ancestor", "descendant"))
    theirs = _above([office for _, office in pairs], Bond.STATE, Kind.COUNTY)
    for municipality, office in pairs:
        if office in theirs:
            beneath[municipality][theirs[office]] += 1
    return {
        office: found.get(office) or (beneath[office].most_common(1)[0][0] if beneath[office] else office)
        for office in offices
    }


def _above(units: list[int], bond: str, kind: str) -> dict[int, int]:
    rows = Closure.objects.filter(descendant__in=units, bond=bond, ancestor__kind=kind).order_by("-depth", "ancestor")
    return dict(rows.values_list("descendant", "ancestor"))
