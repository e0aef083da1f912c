"""Where the units of a file stand: under which unit, in which line or area, and from when.

A unit that gets another parent in a line leaves the old one the day before. Further parents (`lines` in the
file) are added, and end only when the file names their last day: which of several municipalities has gone
is nothing to guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Weight
from sloyfe.modules.people.formats.neutral import LineRow, UnitRow
from sloyfe.modules.people.formats.own_columns import Kind as Table
from sloyfe.modules.people.imports import words
from sloyfe.modules.people.imports.known import Coming
from sloyfe.modules.people.imports.periods import change_day, last_day, spoken_of
from sloyfe.modules.people.imports.units import Units
from sloyfe.modules.people.models import Bond, Edge, Kind, Unit
from sloyfe.modules.people.tree import CyclicTree, refuse_cycles


def place(units: Units) -> None:
    """The further parents first: a team stands in the lines of the unit it is under."""
    further = _further_parents(units)
    for row in _from_the_top(units.rows):
        _stand(units, row, further)


# --- further parents


def _further_parents(units: Units) -> Mapping[tuple[int, str], set[int]]:
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in units.coming.delivery.lines:
        child, parent = (_unit(units.coming, row, name) for name in ("unit_number", "parent_number"))
        if child is None or parent is None:
            continue
        if child is parent:
            message = _("The unit is its own parent.")
            words.say(
                units.coming.log, Weight.SKIPS, row.place, message, _("Correct the number of the unit."), child.number
            )
            continue
        found[child.pk, row.line.value].add(parent.pk)
        _add_parent(units, row, child, parent)
    return found


def _unit(coming: Coming, row: LineRow, name: str) -> Unit | None:
    number = getattr(row, name)
    unit = coming.known.units.get(number)
    if unit is None:
        at = words.at_cell(row.place, words.column(Table.LINES, name))
        message = _("There is no unit with this number, neither here from before nor among those that could be read.")
        words.say(coming.log, Weight.SKIPS, at, message, _("Correct the number, or add the unit to the file."), number)
    return unit


def _add_parent(units: Units, row: LineRow, child: Unit, parent: Unit) -> None:
    edges, log, today = units.coming.known.edges, units.coming.log, units.coming.today
    key, label = (child.pk, row.line.value), f"{child.name}, {parent.name}"
    number = f"{child.number} {parent.number}"
    day = spoken_of(row.valid_from, row.valid_to, today)
    held = next((edge for edge in edges.on(key, day) if edge.parent_id == parent.pk), None)
    if held is not None:
        if row.valid_to is None or row.valid_to == held.valid_to:
            log.unchanged(words.LINE, number, label, row.place)
            return
        log.ended(words.LINE, number, label, row.place, {words.LAST: (last_day(held.valid_to), last_day(row.valid_to))})
        edges.put(held, valid_to=row.valid_to)
        return
    begins, ends = _free(units, child, parent, row.line.value, row.valid_from, row.valid_to)
    told = {
        words.AUTHORITY: row.line.value,
        words.UNDER[row.line.value]: units.coming.known.label(parent.pk),
        words.FIRST: begins,
        words.LAST: last_day(ends),
    }
    log.created(words.LINE, number, label, row.place, told)
    edges.add(Edge(child_id=child.pk, parent_id=parent.pk, bond=row.line.value, valid_from=begins, valid_to=ends))


def _free(
    units: Units, child: Unit, parent: Unit, bond: str, valid_from: date | None, valid_to: date | None
) -> tuple[date, date | None]:
    """From when an edge without a first day holds: as long as a new unit, from today for a known one."""
    new = child.number in units.told and units.told[child.number].new
    past = valid_to is not None and valid_to <= units.coming.today
    begins = valid_from or (child.valid_from if new or past else units.coming.today)
    return units.coming.known.edges.free(
        (child.pk, bond), begins, valid_to or child.valid_to, lambda edge: edge.parent_id == parent.pk
    )


# --- the parent and the area in the unit's own row


def _from_the_top(rows: Mapping[str, list[UnitRow]]) -> Iterator[UnitRow]:
    """Every row, those of a unit after those of the unit above it."""
    done: set[str] = set()
    for start in rows:
        path: list[str] = []
        number = start
        while number in rows and number not in done and number not in path:
            path.append(number)
            number = rows[number][-1].parent_number
        for each in reversed(path):
            done.add(each)
            yield from rows[each]


def _stand(units: Units, row: UnitRow, further: Mapping[tuple[int, str], set[int]]) -> None:
    known = units.coming.known
    child = known.units[row.number]
    if row.parent_number and row.parent_number in known.units:
        parent = known.units[row.parent_number]
        for bond in _bonds(units.coming, row, child, parent):
            _stand_under(units, row, child, parent, bond, further)
    if row.area and row.area in known.units:
        _stand_under(units, row, child, known.units[row.area], Bond.AREA.value, further)


def _bonds(coming: Coming, row: UnitRow, child: Unit, parent: Unit) -> list[str]:
    """The line told; else those the unit stands in under this parent already; else those of the parent."""
    if parent.kind == Kind.AREA:
        return [Bond.AREA.value]
    if row.line:
        return [row.line.value]
    day = spoken_of(row.valid_from, row.valid_to, coming.today)
    edges, lines = coming.known.edges, (Bond.STATE.value, Bond.MUNICIPAL.value)
    same = [bond for bond in lines if any(edge.parent_id == parent.pk for edge in edges.on((child.pk, bond), day))]
    if same:
        return same
    above = [bond for bond in lines if edges.on((parent.pk, bond), day)]
    return above or [_line_of_top(coming, parent)]


def _line_of_top(coming: Coming, top: Unit) -> str:
    employer = coming.known.employers.get(coming.terms.employer.casefold())
    if top.kind == Kind.MUNICIPALITY:
        return Bond.MUNICIPAL.value
    return employer.line if employer and top.kind != Kind.DIRECTORATE else Bond.STATE.value


def _stand_under(
    units: Units,
    row: UnitRow,
    child: Unit,
    parent: Unit,
    bond: str,
    further: Mapping[tuple[int, str], set[int]],
) -> None:
    edges, today = units.coming.known.edges, units.coming.today
    told, label = units.told[child.number], units.coming.known.label
    new = told.new
    day = spoken_of(row.valid_from, row.valid_to, today)
    held = edges.on((child.pk, bond), day)
    if any(edge.parent_id == parent.pk for edge in held):
        return
    leaves = [edge for edge in held if edge.parent_id not in further.get((child.pk, bond), ())]
    if len(leaves) > 1:
        _ask_which(units.coming, row, len(leaves))
        return
    if leaves:
        begins = change_day(row.valid_from, row.valid_to, leaves[0].valid_from, today)
        told.change(words.UNDER[bond], label(leaves[0].parent_id), label(parent.pk))
        edges.take_over(leaves[0], begins, row.valid_to, parent_id=parent.pk)
    else:
        begins, ends = _free(units, child, parent, bond, row.valid_from, row.valid_to)
        told.change(words.UNDER[bond], None, label(parent.pk))
        edges.add(Edge(child_id=child.pk, parent_id=parent.pk, bond=bond, valid_from=begins, valid_to=ends))
    if not new:
        told.change(words.DAY, None, begins)


def _ask_which(coming: Coming, row: UnitRow, count: int) -> None:
    message = _("The unit stands under {count} units in this line. The file names another: which one does it leave?")
    remedy = _("Say it in a table of lines: the last day under the one, the first day under the other.")
    at = words.at_cell(row.place, words.column(Table.UNITS, "parent_number"))
    words.say(coming.log, Weight.SKIPS, at, message, remedy, row.parent_number, count=count)


# --- no unit above itself


def say_circles(units: Units) -> None:
    """A problem that stops, for each line with a circle in it today or later, naming the units around it."""
    known, today = units.coming.known, units.coming.today
    for bond in Bond.values:
        rows = [edge for edge in known.edges.all() if edge.bond == bond]
        ahead = [edge for edge in rows if edge.valid_to is None or edge.valid_to > today]
        for day in sorted({max(today, edge.valid_from) for edge in ahead}):
            circle = _circle(ahead, day)
            if circle:
                _say_circle(units, circle)
                return


def _circle(edges: Iterable[Edge], day: date) -> list[int]:
    down: dict[int, list[int]] = defaultdict(list)
    for edge in edges:
        if edge.holds_on(day):
            down[edge.parent_id].append(edge.child_id)
    try:
        refuse_cycles(down)
    except CyclicTree as found:
        return found.units
    return []


def _say_circle(units: Units, circle: list[int]) -> None:
    known = units.coming.known
    numbers = [known.unit_by_id[pk].number for pk in circle]
    place = next((units.told[number].place for number in numbers if number in units.told), Place(""))
    at = words.at_cell(place, words.column(Table.UNITS, "parent_number"))
    message = _("These units are above one another in a ring: {units}.")
    shown = [known.label(pk) for pk in circle[:10]] + (["…"] if len(circle) > 10 else [])
    words.say(
        units.coming.log,
        Weight.STOPS,
        at,
        message,
        _("Correct which unit is above which."),
        units=" → ".join(shown),
    )
