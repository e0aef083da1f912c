"""The organisation as it was on a day: units with the names they had then, under those they stood under then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sloyfe.modules.people.models import Bond, Edge, Employer, Kind, Succession, Unit, UnitName

BONDS = {bond.value: place for place, bond in enumerate(Bond)}
ORDER = {kind.value: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree of a day. `sums` says how many units of each kind stand under it, itself not counted."""

    pk: int
    name: str
    number: str
    kind: str
    children: tuple[Node, ...]
    also_under: tuple[str, ...] = ()
    sums: tuple[tuple[str, int], ...] = ()


def names_on(day: date) -> dict[int, str]:
    """What every unit was called on a day."""
    return dict(UnitName.objects.on(day).values_list("unit", "name"))


class _Picture:
    """All units and edges of one bond on one day, read in three questions."""

    def __init__(self, day: date, bond: str) -> None:
        self.names = names_on(day)
        rows = Unit.objects.on(day).order_by().values_list("pk", "name", "number", "kind")
        self.units = {pk: (self.names.get(pk, name), number, kind) for pk, name, number, kind in rows}
        self.down: dict[int, list[int]] = {}
        self.parents: dict[int, list[int]] = {}
        for parent, child in Edge.objects.on(day).filter(bond=bond).order_by("pk").values_list("parent", "child"):
            if parent in self.units and child in self.units:
                self.down.setdefault(parent, []).append(child)
                self.parents.setdefault(child, []).append(parent)

    def ordered(self, keys: Iterable[int]) -> list[int]:
        return sorted(keys, key=lambda pk: (ORDER[self.units[pk][2]], self.units[pk][0].casefold(), pk))

    def roots(self) -> list[int]:
        return self.ordered(pk for pk in self.down if pk not in self.parents)

    def deepest_first(self) -> list[int]:
        """Every unit under the roots, after all that stand under it. What goes in circle is passed by."""
        done: dict[int, None] = {}
        on_path: set[int] = set()
        stack = [(root, False) for root in self.roots()]
        while stack:
            pk, leaving = stack.pop()
            if leaving:
                on_path.discard(pk)
                done[pk] = None
            elif pk not in done and pk not in on_path:
                on_path.add(pk)
                stack.append((pk, True))
                stack.extend((child, False) for child in self.down.get(pk, ()))
        return list(done)


def tree_on(day: date, bond: str) -> list[Node]:
    """The roots of a bond on a day, with everything under them. Units outside the bond are left out."""
    picture = _Picture(day, bond)
    below: dict[int, frozenset[int]] = {}
    made: dict[int, Node] = {}
    for pk in picture.deepest_first():
        name, number, kind = picture.units[pk]
        children = [child for child in picture.ordered(picture.down.get(pk, ())) if child in made]
        below[pk] = frozenset(children).union(*(below[child] for child in children))
        sums = Counter(picture.units[unit][2] for unit in below[pk]) if children else Counter()
        made[pk] = Node(
            pk,
            name,
            number,
            kind,
            tuple(made[child] for child in children),
            tuple(picture.units[parent][0] for parent in picture.parents.get(pk, ())),
            tuple(sorted(sums.items(), key=lambda each: ORDER[each[0]])),
        )
    return [made[pk] for pk in picture.roots()]


def unplaced_on(day: date) -> list[Unit]:
    """Units that exist on a day and stand neither over nor under any other, in any bond."""
    edges = Edge.objects.on(day)
    placed = Q(pk__in=edges.values("child")) | Q(pk__in=edges.values("parent"))
    return list(Unit.objects.on(day).exclude(placed))


@dataclass(frozen=True, slots=True)
class Bonded:
    """A unit over or under another, in one bond, for a period."""

    bond: str
    unit_id: int
    name: str
    valid_from: date
    valid_to: date | None

    @property
    def why(self) -> str:
        return str(Bond(self.bond).label)


@dataclass(frozen=True, slots=True)
class Passed:
    """A succession as read from one of its ends: what this unit came from, or went on as. `share` in per cent."""

    pk: int
    name: str
    unit_id: int
    day: date
    share: int
    note: str
    corrected_on: date | None


@dataclass(frozen=True, slots=True)
class Below:
    """Units that stand under this one in the same lines, which `why` names."""

    why: str
    units: tuple[Bonded, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """One unit on one day: name then, parents then, names before and since, what it came from and became."""

    unit: Unit
    name: str
    exists: bool
    above: tuple[Bonded, ...]
    below: tuple[Below, ...]
    names: tuple[UnitName, ...]
    came_from: tuple[Passed, ...]
    became: tuple[Passed, ...]
    employers: tuple[str, ...]


def portrait(unit: Unit, day: date) -> Portrait:
    edges = Edge.objects.on(day).filter(Q(child=unit) | Q(parent=unit)).select_related("parent", "child")
    rows = sorted(edges.order_by("pk"), key=lambda edge: BONDS[edge.bond])
    then = _names_of({pk for edge in rows for pk in (edge.parent_id, edge.child_id)} | {unit.pk}, day)
    above = [_bonded(edge, edge.parent, then) for edge in rows if edge.child_id == unit.pk]
    below = [_bonded(edge, edge.child, then) for edge in rows if edge.parent_id == unit.pk]
    passed_on = Succession.objects.filter(Q(before=unit) | Q(after=unit)).select_related("before", "after")
    changes = list(passed_on.order_by("day", "pk"))
    return Portrait(
        unit=unit,
        name=then.get(unit.pk, unit.name),
        exists=unit.holds_on(day),
        above=tuple(above),
        below=tuple(_by_lines(below)),
        names=tuple(unit.names.order_by("valid_from")),
        came_from=tuple(_passed(row, row.before) for row in changes if row.after_id == unit.pk),
        became=tuple(_passed(row, row.after) for row in changes if row.before_id == unit.pk),
        employers=_employers(unit.pk, {one.unit_id for one in above if one.bond != Bond.AREA}, day),
    )


def _names_of(units: set[int], day: date) -> dict[int, str]:
    return dict(UnitName.objects.on(day).filter(unit__in=units).values_list("unit", "name"))


def _bonded(edge: Edge, other: Unit, then: Mapping[int, str]) -> Bonded:
    return Bonded(edge.bond, other.pk, then.get(other.pk, other.name), edge.valid_from, edge.valid_to)


def _by_lines(below: list[Bonded]) -> Iterable[Below]:
    """A team that stands under its office in both lines is named once."""
    lines: dict[int, list[str]] = {}
    for one in below:
        lines.setdefault(one.unit_id, []).append(one.why)
    once = {one.unit_id: one for one in below}.values()
    for why in dict.fromkeys(map(tuple, lines.values())):
        units = sorted((one for one in once if tuple(lines[one.unit_id]) == why), key=_called)
        yield Below(", ".join(why), tuple(units))


def _called(one: Bonded) -> tuple[str, int]:
    return one.name.casefold(), one.unit_id


def _passed(row: Succession, other: Unit) -> Passed:
    return Passed(row.pk, other.name, other.pk, row.day, round(row.share * 100), row.note, row.corrected_on)


def _employers(unit: int, parents: set[int], day: date) -> tuple[str, ...]:
    """Those who employ at the unit or above it on a day, on either line."""
    found, frontier = {unit, *parents}, parents
    while frontier:
        over = Edge.objects.on(day).filter(child__in=frontier).exclude(bond=Bond.AREA)
        frontier = set(over.values_list("parent", flat=True)) - found
        found |= frontier
    return tuple(Employer.objects.filter(unit__in=found).order_by("line", "name").values_list("name", flat=True))
