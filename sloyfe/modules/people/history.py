"""The organisation as it was on a day: units with the names they had then, under those they stood under then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sloyfe.modules.people.models import Edge, Kind, Succession, Unit, UnitName

ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree of a day. `also_under` are further parents in the same bond."""

    pk: int
    name: str
    number: str
    kind: str
    children: tuple[Node, ...]
    also_under: tuple[str, ...] = ()


def names_on(day: date) -> dict[int, str]:
    """What every unit was called on a day."""
    return dict(UnitName.objects.on(day).values_list("unit", "name"))


def tree_on(day: date, bond: str) -> list[Node]:
    """The roots of a bond on a day, with everything under them. Units outside the bond are left out."""
    names = names_on(day)
    units = {unit.pk: unit for unit in Unit.objects.on(day)}
    down: dict[int, list[int]] = {}
    parents: dict[int, list[int]] = {}
    for parent, child in Edge.objects.on(day).filter(bond=bond).values_list("parent", "child"):
        if parent in units and child in units:
            down.setdefault(parent, []).append(child)
            parents.setdefault(child, []).append(parent)
    roots = [pk for pk in down if pk not in parents]
    return _nodes(roots, units, names, down, parents)


def _nodes(
    keys: list[int],
    units: Mapping[int, Unit],
    names: Mapping[int, str],
    down: Mapping[int, list[int]],
    parents: Mapping[int, list[int]],
) -> list[Node]:
    def called(pk: int) -> str:
        return names.get(pk, units[pk].name)

    ordered = sorted(keys, key=lambda pk: (ORDER[Kind(units[pk].kind)], called(pk), pk))
    return [
        Node(
            pk,
            called(pk),
            units[pk].number,
            units[pk].kind,
            tuple(_nodes(down.get(pk, []), units, names, down, parents)),
            tuple(called(other) for other in parents.get(pk, ())[1:]),
        )
        for pk in ordered
    ]


@dataclass(frozen=True, slots=True)
class Bonded:
    bond: str
    unit_id: int
    name: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A succession as read from one of its ends: what this unit came from, or went on as."""

    name: str
    unit_id: int
    day: date
    share: int
    note: str
    corrected_on: date | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """One unit on one day: name then, parents then, names before and since, what it came from and became."""

    unit: Unit
    name: str
    exists: bool
    above: tuple[Bonded, ...]
    below: tuple[Bonded, ...]
    names: tuple[UnitName, ...]
    came_from: tuple[Passed, ...]
    became: tuple[Passed, ...]


def portrait(unit: Unit, day: date) -> Portrait:
    then = names_on(day)
    edges = Edge.objects.on(day).filter(Q(child=unit) | Q(parent=unit)).select_related("parent", "child")
    rows = list(edges.order_by("bond", "pk"))
    return Portrait(
        unit=unit,
        name=then.get(unit.pk, unit.name),
        exists=unit.holds_on(day),
        above=tuple(
            Bonded(e.bond, e.parent_id, then.get(e.parent_id, e.parent.name), e.valid_from, e.valid_to)
            for e in rows
            if e.child_id == unit.pk
        ),
        below=tuple(
            Bonded(e.bond, e.child_id, then.get(e.child_id, e.child.name), e.valid_from, e.valid_to)
            for e in rows
            if e.parent_id == unit.pk
        ),
        names=tuple(unit.names.order_by("valid_from")),
        came_from=tuple(
            Passed(s.before.name, s.before_id, s.day, round(s.share * 100), s.note, s.corrected_on)
            for s in Succession.objects.filter(after=unit).select_related("before").order_by("day", "pk")
        ),
        became=tuple(
            Passed(s.after.name, s.after_id, s.day, round(s.share * 100), s.note, s.corrected_on)
            for s in Succession.objects.filter(before=unit).select_related("after").order_by("day", "pk")
        ),
    )
