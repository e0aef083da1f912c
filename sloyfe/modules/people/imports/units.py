"""Units of a file: opened, renamed, told anew what they are, closed. Where they stand is in `placing`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from sloyfe.core.imports.log import Log, Value
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Weight
from sloyfe.modules.people.formats.neutral import UnitRow
from sloyfe.modules.people.formats.own_columns import Kind as Table
from sloyfe.modules.people.imports import words
from sloyfe.modules.people.imports.known import REASON, Coming
from sloyfe.modules.people.imports.periods import BATCH, FIRST_DAY, change_day, last_day, spoken_of
from sloyfe.modules.people.models import Employer, Kind, Unit, UnitName

BELOW = {
    Kind.DIRECTORATE: Kind.DEPARTMENT,
    Kind.MUNICIPALITY: Kind.DEPARTMENT,
    Kind.DEPARTMENT: Kind.SECTION,
    Kind.SECTION: Kind.TEAM,
    Kind.COUNTY: Kind.OFFICE,
    Kind.AREA: Kind.OFFICE,
    Kind.OFFICE: Kind.TEAM,
    Kind.TEAM: Kind.TEAM,
}
"""What a unit of no told kind is, by the unit above it."""


@dataclass(slots=True)
class Told:
    """What the log will say of one unit, gathered from every step."""

    unit: Unit
    place: Place
    new: bool
    ends: bool = False
    before: dict[str, Value] = field(default_factory=dict)
    after: dict[str, Value] = field(default_factory=dict)

    def change(self, name: str, before: Value, after: Value) -> None:
        self.before.setdefault(name, before)
        self.after[name] = after

    def log(self, log: Log) -> None:
        number, name = self.unit.number, self.unit.name
        if self.new:
            log.created(words.UNIT, number, name, self.place, self.after)
        elif self.ends:
            log.ended(
                words.UNIT, number, name, self.place, {key: (self.before[key], self.after[key]) for key in self.after}
            )
        else:
            log.changed(words.UNIT, number, name, self.place, self.before, self.after)


@dataclass(slots=True)
class Units:
    """The units of one file that can be brought in, by number; `told` is what was done with each."""

    coming: Coming
    rows: dict[str, list[UnitRow]] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    fields: dict[int, Unit] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)

    def open_and_change(self) -> None:
        """Everything but where they stand and when they close."""
        self.rows = _usable(self.coming)
        self._open([number for number in self.rows if number not in self.coming.known.units])
        for number, rows in self.rows.items():
            if number not in self.told:
                self._change(self.coming.known.units[number], rows)

    def write(self) -> None:
        Unit.objects.bulk_update(self.fields.values(), ["kind", "name", "language", "valid_to"], batch_size=BATCH)
        self.coming.known.names.write(REASON)
        self.coming.known.edges.write(REASON)

    def close(self, unit: Unit, day: date, place: Place) -> None:
        """The unit is no more from the day: its name and its places end with it."""
        told = self.told.setdefault(unit.number, Told(unit, place, new=False))
        told.ends = True
        told.change(words.LAST, last_day(unit.valid_to), last_day(day))
        unit.valid_to = day
        self.fields[unit.pk] = unit
        self._cut(unit, day)

    def _cut(self, unit: Unit, day: date) -> None:
        known = self.coming.known
        for name in list(known.names.rows.get(unit.pk, ())):
            known.names.cut(name, day)
        for edge in [each for each in known.edges.all() if unit.pk in (each.child_id, each.parent_id)]:
            if edge.valid_to is None or edge.valid_to > day:
                known.edges.cut(edge, day)

    # --- new ones

    def _open(self, numbers: Iterable[str]) -> None:
        made: list[Unit] = []
        for number in list(numbers):
            kind = self._kind(number)
            if kind is None:
                self._leave_out_kindless(number)
                continue
            made.append(self._made(number, kind))
        Unit.objects.bulk_create(made, batch_size=BATCH)
        known = self.coming.known
        for unit in made:
            known.units[unit.number] = known.unit_by_id[unit.pk] = unit
            self._name(unit)

    def _made(self, number: str, kind: Kind) -> Unit:
        rows = self.rows[number]
        ends = None if any(row.valid_to is None for row in rows) else max(row.valid_to for row in rows if row.valid_to)
        begins = min(row.valid_from or FIRST_DAY for row in rows)
        if ends is not None and begins >= ends:
            begins = ends - timedelta(days=1)
        today = self.coming.today
        now = next((row for row in rows if _holds(row, today)), rows[-1])
        language = next((row.language for row in reversed(rows) if row.language), "nb")
        unit = Unit(number=number, kind=kind, name=now.name, language=language, valid_from=begins, valid_to=ends)
        told = self.told[number] = Told(unit, now.place, new=True)
        told.after = {
            words.NAME: unit.name,
            words.KIND: str(kind),
            words.LANGUAGE: language,
            words.FIRST: begins,
            words.LAST: last_day(ends),
        }
        return unit

    def _name(self, unit: Unit) -> None:
        names = self.coming.known.names
        latest: UnitName | None = None
        for row in self.rows[unit.number]:
            if latest is not None and latest.name == row.name and latest.valid_to == row.valid_from:
                latest.valid_to = row.valid_to
                continue
            begins = row.valid_from or unit.valid_from
            latest = names.add(UnitName(unit_id=unit.pk, name=row.name, valid_from=begins, valid_to=row.valid_to))

    def _kind(self, number: str) -> Kind | None:
        """The kind told, or the one below that of the unit above; None where there is nothing to go by."""
        path: list[str] = []
        while number not in self.kinds and number in self.rows and number not in path:
            told = next((row.kind for row in reversed(self.rows[number]) if row.kind), None)
            if told:
                self.kinds[number] = Kind(told.value)
                break
            path.append(number)
            number = self.rows[number][-1].parent_number
        above = self.kinds.get(number) or self._kind_above(number)
        for each in reversed(path):
            above = self._guess(each, above)
            if above is None:
                return None
            self.kinds[each] = above
        return above

    def _kind_above(self, number: str) -> Kind | None:
        unit = self.coming.known.units.get(number)
        return Kind(unit.kind) if unit else None

    def _guess(self, number: str, above: Kind | None) -> Kind | None:
        if number in self.coming.known.units:
            return Kind(self.coming.known.units[number].kind)
        if above is None and not self._has_units_under(number):
            return None
        top = Kind.MUNICIPALITY if _line_of(self.coming) == "municipal" else Kind.DIRECTORATE
        kind = BELOW[above] if above else top
        row = self.rows[number][-1]
        message = _("The file does not say what kind of unit this is. By the unit above it, it became: {kind}.")
        remedy = _("If it is another, say so in a file of units.")
        say_at = words.at_cell(row.place, words.column(Table.UNITS, "kind"))
        words.say(self.coming.log, Weight.NOTE, say_at, message, remedy, row.name, kind=kind.label)
        return kind

    def _has_units_under(self, number: str) -> bool:
        return any(row.parent_number == number for rows in self.rows.values() for row in rows)

    def _leave_out_kindless(self, number: str) -> None:
        rows = self.rows.pop(number)
        message = _("The file does not say what kind of unit this is.")
        remedy = _("Add it in a file of units, with its kind.")
        at = words.at_cell(rows[0].place, words.column(Table.UNITS, "kind"))
        words.say(self.coming.log, Weight.SKIPS, at, message, remedy, rows[0].name)

    # --- known ones

    def _change(self, unit: Unit, rows: list[UnitRow]) -> None:
        told = self.told[unit.number] = Told(unit, rows[-1].place, new=False)
        for row in rows:
            self._rename(unit, row, told)
        now = next((row for row in reversed(rows) if _holds(row, self.coming.today)), rows[-1])
        wanted = {"kind": now.kind and now.kind.value, "language": now.language}
        called = {"kind": words.KIND, "language": words.LANGUAGE}
        for name, value in wanted.items():
            if value and value != getattr(unit, name):
                told.change(called[name], getattr(unit, name), value)
                setattr(unit, name, value)
                self.fields[unit.pk] = unit
        ends = rows[-1].valid_to
        if ends is not None and ends != unit.valid_to:
            self.close(unit, ends, rows[-1].place)

    def _rename(self, unit: Unit, row: UnitRow, told: Told) -> None:
        names, today = self.coming.known.names, self.coming.today
        held = names.on(unit.pk, spoken_of(row.valid_from, row.valid_to, today))
        if not held or held[0].name == row.name:
            return
        day = change_day(row.valid_from, row.valid_to, held[0].valid_from, today)
        told.change(words.NAME, held[0].name, row.name)
        told.change(words.DAY, None, day)
        names.take_over(held[0], day, row.valid_to, name=row.name)
        for now in names.on(unit.pk, today):
            unit.name = now.name
            self.fields[unit.pk] = unit


def _holds(row: UnitRow, day: date) -> bool:
    return (row.valid_from or FIRST_DAY) <= day and (row.valid_to is None or day < row.valid_to)


def _line_of(coming: Coming) -> str:
    employer: Employer | None = coming.known.employers.get(coming.terms.employer.casefold())
    return employer.line if employer else ""


def _usable(coming: Coming) -> dict[str, list[UnitRow]]:
    """The rows of the file by unit, in order of time, without those that stand under what nobody knows."""
    closed = _closed_by_succession(coming)
    found: dict[str, list[UnitRow]] = {}
    for row in coming.delivery.units:
        found.setdefault(row.number, []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row.valid_from or date.min)
        _close_last(rows, closed)
    for number in [number for number, rows in found.items() if _does_not_fit(coming, rows)]:
        del found[number]
    while lost := [
        (row, name) for rows in found.values() for row in rows for name in _unknown_above(coming, row, found)
    ]:
        for row, name in lost:
            _leave_out_orphan(coming, row, name)
            found.pop(row.number, None)
    return found


def _closed_by_succession(coming: Coming) -> Mapping[str, date]:
    """Units that as a whole went on as others, or were closed, by the day they ended."""
    shares: dict[tuple[str, date], Decimal] = {}
    for row in coming.delivery.successions:
        shares[row.before, row.day] = shares.get((row.before, row.day), Decimal(0)) + row.weight
    return {before: day for (before, day), share in shares.items() if share == 1}


def _close_last(rows: list[UnitRow], closed: Mapping[str, date]) -> None:
    last = rows[-1]
    day = closed.get(last.number)
    if day and last.valid_to is None and (last.valid_from or date.min) < day:
        rows[-1] = replace(last, valid_to=day)


def _does_not_fit(coming: Coming, rows: list[UnitRow]) -> bool:
    """True, with a problem, where the file and what is known of the unit's life contradict each other."""
    unit, last = coming.known.units.get(rows[0].number), rows[-1]
    if unit is None:
        return False
    at = words.at_cell(last.place, words.column(Table.UNITS, "valid_to"))
    if last.valid_to is not None and last.valid_to <= unit.valid_from:
        message = _("The unit would close before it opened, {day}.")
        remedy = _("Correct one of the dates.")
        words.say(coming.log, Weight.SKIPS, at, message, remedy, last.valid_to.isoformat(), day=unit.valid_from)
        return True
    if last.valid_to is None and unit.valid_to is not None and unit.valid_to <= coming.today:
        message = _("The unit was closed, its last day was {day}. The file says it is open.")
        remedy = _("Give it a number of its own if it is a new unit, or write its last day.")
        words.say(coming.log, Weight.SKIPS, last.place, message, remedy, unit.number, day=last_day(unit.valid_to))
        return True
    return False


def _unknown_above(coming: Coming, row: UnitRow, found: Mapping[str, object]) -> list[str]:
    return [
        name
        for name in ("parent_number", "area")
        if (number := getattr(row, name)) and number not in found and number not in coming.known.units
    ]


def _leave_out_orphan(coming: Coming, row: UnitRow, name: str) -> None:
    at = words.at_cell(row.place, words.column(Table.UNITS, name))
    message = _("There is no unit with this number, neither here from before nor among those that could be read.")
    remedy = _("Correct the number, or add the unit to the file.")
    words.say(coming.log, Weight.SKIPS, at, message, remedy, getattr(row, name))
