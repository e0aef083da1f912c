"""The tree of units: dated edges are the truth, the closure for today is derived from them.

Answers what the gates ask of the organisation (`sloyfe.core.access.viewer.Organisation`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q

from sloyfe.core.access import Line, Post
from sloyfe.core.access.viewer import LEADER, UnitIds
from sloyfe.modules.people.models import Bond, Closure, Edge, Kind, RoleHolding
from sloyfe.modules.people.snapshot import forget, tree

Children = Mapping[int, list[int]]
WORKPLACES = (Kind.OFFICE, Kind.SECTION, Kind.DEPARTMENT, Kind.COUNTY, Kind.MUNICIPALITY, Kind.DIRECTORATE)


class CyclicTree(ValueError):
    """A unit would stand above itself. `units` are ids around the circle."""

    def __init__(self, units: list[int]) -> None:
        super().__init__("a unit cannot stand above itself")
        self.units = units


def below(roots: Iterable[int], line: Line) -> UnitIds:
    """The units and all that stands under them on a line, today."""
    now, wanted = tree(), frozenset(roots)
    return wanted.union(*(now.below.get((line.value, root), frozenset()) for root in wanted))


def above(unit_id: int) -> frozenset[int]:
    """A unit and all that stands over it today, on either line."""
    return frozenset().union(*(above_on(unit_id, line) for line in Line))


def above_on(unit_id: int, line: Line) -> frozenset[int]:
    """A unit and all that stands over it today on one line."""
    return frozenset({unit_id}).union(ancestor for _depth, ancestor in tree().above.get((line.value, unit_id), ()))


def around(unit_ids: Iterable[int], circle: str) -> UnitIds:
    """Units in the same office, area or county as these."""
    mine = frozenset(unit_ids)
    offices = _offices_of(mine) if mine else mine
    if circle == "office" or not mine:
        return offices
    now = tree()
    kind, bond = (Kind.AREA, Bond.AREA.value) if circle == "area" else (Kind.COUNTY, Bond.STATE.value)
    anchors = {a for unit in offices for _depth, a in now.above.get((bond, unit), ()) if now.kind[a] == kind}
    return mine.union(*(now.below[bond, anchor] for anchor in anchors))


def _offices_of(mine: UnitIds) -> UnitIds:
    """The workplaces of these units, each with its own teams; not the teams of offices further down."""
    anchors = frozenset(office_of(mine).values()) or mine
    kind = tree().kind
    teams = {unit for line in Line for unit in below(anchors, line) if kind.get(unit) == Kind.TEAM}
    return anchors | mine | {team for team, home in office_of(teams).items() if home in anchors}


def office_of(unit_ids: Iterable[int]) -> dict[int, int]:
    """The workplace each unit belongs to: a team's office, a section itself."""
    now = tree()
    found: dict[int, int] = {}
    for unit in unit_ids:
        chains = (now.above.get((line.value, unit), ()) for line in Line)
        homes = [(depth, a) for chain in chains for depth, a in chain if now.kind[a] in WORKPLACES]
        if homes:
            found[unit] = min(homes)[1]
    return found


def led_nearest(roots: Mapping[Line, set[int]], person_id: int, day: date) -> frozenset[Post]:
    """Places whose staff have this person as nearest leader: below where she leads, less what others lead there."""
    reach = {line: below(units, line) for line, units in roots.items()}
    under = frozenset().union(*reach.values())
    rows = RoleHolding.objects.for_system("who leads whom").on(day).filter(kind__code=LEADER, unit__among=under)
    others: dict[Line, set[int]] = defaultdict(set)
    for unit, held in rows.exclude(person=person_id).values_list("unit", "line"):
        for line in [Line(held)] if held else list(Line):
            others[line].add(unit)
    places: set[Post] = set()
    for line, mine in reach.items():
        theirs = below((others[line] & mine) - roots[line], line)
        places |= {Post(unit, line) for unit in mine - theirs}
    return frozenset(places)


def nearest_leaders(places: Iterable[Post], day: date) -> dict[Post, int]:
    """The person who leads each place most closely on its own line, where somebody does."""
    wanted = list(places)
    rows = RoleHolding.objects.for_system("who leads whom").on(day).filter(kind__code=LEADER)
    leaders: dict[tuple[int, str], int] = {}
    for holder, unit, held in rows.order_by("-valid_from", "pk").values_list("person", "unit", "line"):
        for line in [held] if held else [line.value for line in Line]:
            leaders.setdefault((unit, line), holder)
    now = tree()
    found: dict[Post, int] = {}
    for post in wanted:
        for _depth, ancestor in now.above.get((post.line.value, post.unit_id), ()):
            if (leader := leaders.get((ancestor, post.line.value))) is not None:
                found[post] = leader
                break
    return found


def edges_on(day: date) -> dict[str, Children]:
    """Children by parent for each bond, as it was on a day."""
    down: dict[str, dict[int, list[int]]] = {bond.value: defaultdict(list) for bond in Bond}
    for parent, child, bond in Edge.objects.filter(_on(day)).values_list("parent", "child", "bond"):
        down[bond][parent].append(child)
    return {bond: dict(children) for bond, children in down.items()}


def edges_from(day: date, bond: str) -> list[Children]:
    """Children by parent in one bond on a day and on each later day when an edge begins."""
    rows = list(
        Edge.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), bond=bond).values_list(
            "parent", "child", "valid_from", "valid_to"
        )
    )
    pictures: list[Children] = []
    for when in sorted({max(day, begins) for _parent, _child, begins, _ends in rows} | {day}):
        down: dict[int, list[int]] = defaultdict(list)
        for parent, child, begins, ends in rows:
            if begins <= when and (ends is None or when < ends):
                down[parent].append(child)
        pictures.append(dict(down))
    return pictures


def _on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def depths(children: Children, root: int) -> dict[int, int]:
    """Everything under a root with its depth, the root itself at 0. Raises CyclicTree."""
    found = {root: 0}
    frontier = [root]
    while frontier:
        following: list[int] = []
        for unit in frontier:
            for child in children.get(unit, ()):
                if child == root:
                    raise CyclicTree([root, unit])
                if child not in found:
                    found[child] = found[unit] + 1
                    following.append(child)
        frontier = following
    return found


def refuse_cycles(children: Children) -> None:
    """Raises CyclicTree with the ids around the first circle found (three-colour depth-first search)."""
    done: set[int] = set()
    for start in sorted(children):
        path: list[int] = []
        on_path: set[int] = set()
        stack: list[tuple[int, bool]] = [(start, False)]
        while stack:
            unit, leaving = stack.pop()
            if leaving:
                on_path.discard(path.pop())
                done.add(unit)
            elif unit in on_path:
                raise CyclicTree([*path[path.index(unit) :], unit])
            elif unit not in done:
                path.append(unit)
                on_path.add(unit)
                stack.append((unit, True))
                stack.extend((child, False) for child in children.get(unit, ()))


def rebuild_closure(day: date) -> int:
    """Derive the closure for a day from the edges. Returns the number of rows; raises CyclicTree."""
    down = edges_on(day)
    for children in down.values():
        refuse_cycles(children)
    rows = [
        Closure(ancestor_id=root, descendant_id=unit, bond=bond, depth=depth)
        for bond, children in _with_area_below(down).items()
        for root in _units_in(children)
        for unit, depth in depths(children, root).items()
    ]
    with transaction.atomic():
        Closure.objects.for_system("rebuild the closure").all().delete()
        Closure.objects.bulk_create(rows, batch_size=2000)
    forget()
    return len(rows)


def _with_area_below(down: dict[str, Children]) -> dict[str, Children]:
    """Under an area stand its offices and, through either line, their teams."""
    area: dict[int, list[int]] = {parent: list(children) for parent, children in down[Bond.AREA].items()}
    offices = {child for children in area.values() for child in children}
    for line in Line:
        for parent in offices:
            for unit in depths(down[line.value], parent):
                kids = [kid for kid in down[line.value].get(unit, ()) if kid not in area.get(unit, ())]
                area.setdefault(unit, []).extend(kids)
    return {**down, Bond.AREA.value: area}


def _units_in(children: Children) -> set[int]:
    return set(children) | {child for kids in children.values() for child in kids}
