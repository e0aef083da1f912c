"""The nodes of the picture: the body, counties and directorate, areas, and offices alone or with their neighbours.

Publishing units are chosen once and kept: an office that is large enough stands alone, smaller ones are put together
with neighbours of their area, or of their county where no area is large enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop

from sloyfe.core.access import GuardedQuerySet
from sloyfe.engines.disclosure.pooling import Office, Unit, pool
from sloyfe.modules.people.public import unit_names
from sloyfe.reporting.picture.models import PublishedNode, PublishingMember, PublishingUnit
from sloyfe.reporting.picture.places import Place, placed

Kind = PublishedNode.Kind
BODY_KEY = 1
WHOLE_BODY = gettext_noop("The whole body")
AREA, GROUP, OFFICE, POOL = 2, 3, 4, 5
NAMED = 3
"""So many of the offices that are shown together are named."""


@dataclass(frozen=True, slots=True)
class Node:
    """`key` lasts; `parent` is a key. A pool's offices are nodes of their own that are counted and never shown."""

    key: int
    kind: str
    parent: int | None
    offices: tuple[int, ...]
    unit: int | None = None
    name: str = ""
    shown: bool = True


def key_of(kind: int, pk: int) -> int:
    return pk * 8 + kind


def nodes_for(day: date, sizes: Mapping[int, int], at_least: int) -> list[Node]:
    """All nodes, those above before those beneath; `sizes` is how many work in each office."""
    places = placed(sizes)
    pools = _pools(day, places, sizes, at_least)
    names = unit_names({*sizes, *(p.group for p in places.values()), *(p.area for p in places.values() if p.area)})
    found = [Node(BODY_KEY, Kind.BODY, None, tuple(sorted(sizes)), name=WHOLE_BODY)]
    by_group: dict[int, list[int]] = defaultdict(list)
    by_area: dict[tuple[int, int], list[int]] = defaultdict(list)
    for office, place in places.items():
        by_group[place.group].append(office)
        if place.area:
            by_area[place.group, place.area].append(office)
    for group, offices in sorted(by_group.items(), key=lambda one: names[one[0]]):
        found.append(Node(key_of(GROUP, group), Kind.GROUP, BODY_KEY, tuple(sorted(offices)), group, names[group]))
    for (group, area), offices in sorted(by_area.items(), key=lambda one: names[one[0][1]]):
        above = key_of(GROUP, group)
        found.append(Node(key_of(AREA, area), Kind.AREA, above, tuple(sorted(offices)), area, names[area]))
    return found + _smallest(pools, places, names)


def _smallest(pools: Mapping[int, tuple[int, ...]], places: Mapping[int, Place], names: dict[int, str]) -> list[Node]:
    shown, within = [], []
    for pk, offices in sorted(pools.items(), key=lambda one: names[one[1][0]]):
        place = places[offices[0]]
        above = key_of(AREA, place.area) if place.area else key_of(GROUP, place.group)
        if len(offices) == 1:
            only = offices[0]
            shown.append(Node(key_of(OFFICE, only), Kind.OFFICE, above, offices, only, names[only]))
            continue
        mine = key_of(POOL, pk)
        shown.append(Node(mine, Kind.POOL, above, offices, None, _named(sorted(names[office] for office in offices))))
        within += [Node(key_of(OFFICE, one), Kind.OFFICE, mine, (one,), one, shown=False) for one in offices]
    return shown + within


def _named(offices: list[str]) -> str:
    more = len(offices) - NAMED
    return ", ".join(offices[:NAMED]) + (f" + {more}" if more > 0 else "")


def _pools(
    day: date, places: Mapping[int, Place], sizes: Mapping[int, int], at_least: int
) -> dict[int, tuple[int, ...]]:
    """Offices by publishing unit, or by a number below zero where an office stands alone. What changed is stored."""
    before = _kept(day)
    offices = [Office(office, sizes[office], place.area or place.group) for office, place in places.items()]
    earlier = [Unit(_within(places, members), members) for members in before.values()]
    found: dict[int, tuple[int, ...]] = {}
    for unit in pool(offices, people=at_least, before=earlier):
        same = next((pk for pk, members in before.items() if members == unit.offices), None)
        if len(unit.offices) == 1:
            found[-unit.offices[0]] = unit.offices
        else:
            found[same or _begin(day, unit)] = unit.offices
    _end(day, set(before) - set(found))
    return found


def _within(places: Mapping[int, Place], members: tuple[int, ...]) -> int:
    """Where a kept unit lies now; it is split by the engine where its offices have come apart."""
    found = [places[office].area or places[office].group for office in members if office in places]
    return max(found, key=found.count) if found else 0


def _kept(day: date) -> dict[int, tuple[int, ...]]:
    rows: GuardedQuerySet = PublishingMember.objects.on(day).order_by("office")
    found: dict[int, list[int]] = defaultdict(list)
    for unit, office in rows.values_list("publishing_unit", "office"):
        found[unit].append(office)
    return {unit: tuple(offices) for unit, offices in found.items()}


def _begin(day: date, unit: Unit) -> int:
    row = PublishingUnit.objects.create(within_id=unit.area, valid_from=day)
    PublishingMember.objects.bulk_create(
        PublishingMember(publishing_unit=row, office_id=office, valid_from=day) for office in unit.offices
    )
    return int(row.pk)


def _end(day: date, gone: set[int]) -> None:
    """What began the same day is taken back; older units end."""
    PublishingUnit.objects.filter(pk__in=gone, valid_from=day).delete()
    PublishingMember.objects.filter(publishing_unit__in=gone, valid_to=None).update(valid_to=day)
    PublishingUnit.objects.filter(pk__in=gone, valid_to=None).update(valid_to=day)
