"""Who works where, in which position, how much and when.

One person's work in one unit for one employer is followed from file to file by its position. More or less
of it, or another title for the only one there is, ends the old and begins the new. What a file does not
name is left as it is, unless the file is said to be a full list (`leaving`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sloyfe.core.imports.log import Value
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Weight
from sloyfe.modules.people.formats.neutral import AffiliationRow, LeaderRow, RoleRow
from sloyfe.modules.people.formats.own_columns import Kind as Table
from sloyfe.modules.people.imports import words
from sloyfe.modules.people.imports.employers import Employers
from sloyfe.modules.people.imports.known import REASON, Coming
from sloyfe.modules.people.imports.periods import change_day, last_day, spoken_of
from sloyfe.modules.people.imports.persons import People
from sloyfe.modules.people.models import Affiliation, Employer, Person, Unit

WHOLE = Decimal(100)
TOO_MUCH = Decimal(150)

Same = tuple[int, int, int]


@dataclass(slots=True)
class Work:
    coming: Coming
    employers: Employers
    people: People
    told_of: set[int] = field(default_factory=set)
    """The rows (by `id`) that the file spoke of: a full list ends the others."""
    first: dict[int, AffiliationRow] = field(default_factory=dict)
    """The first row of each person met, to say what is odd about her work as a whole."""

    def bring_in(self) -> None:
        rows: dict[Same, list[tuple[AffiliationRow, Employer, Person, Unit]]] = defaultdict(list)
        for row in self.coming.delivery.affiliations:
            if (found := self._found(row)) is not None:
                employer, person, unit = found
                rows[person.pk, unit.pk, employer.pk].append((row, employer, person, unit))
                self.first.setdefault(person.pk, row)
        for same in rows.values():
            self._say_overlaps([row for row, *_rest in same])
            self._one_place(same)
        self._say_too_much()

    def _found(self, row: AffiliationRow) -> tuple[Employer, Person, Unit] | None:
        employer = self.employers.find(row.employer, row.place)
        if employer is None:
            return None
        person = self.people.of(
            employer, row.employee_number, row.place, words.column(Table.AFFILIATIONS, "employee_number")
        )
        unit = unit_of(self.coming, row.unit_number, row)
        return (employer, person, unit) if person is not None and unit is not None else None

    # --- one person in one unit for one employer

    def _one_place(self, same: list[tuple[AffiliationRow, Employer, Person, Unit]]) -> None:
        _row, employer, person, unit = same[0]
        held = [
            work
            for work in self.coming.known.work.rows.get(person.pk, ())
            if work.unit_id == unit.pk and work.employer_id == employer.pk
        ]
        matched = _matched([row for row, *_rest in same], held, self.coming.today)
        for index, (row, *_rest) in enumerate(same):
            if (work := matched.get(index)) is not None:
                self.told_of.add(id(work))
                self._carry_on(row, work, person, employer, unit)
            else:
                self._begin(row, person, employer, unit)

    def _begin(self, row: AffiliationRow, person: Person, employer: Employer, unit: Unit) -> None:
        book, today = self.coming.known.work, self.coming.today
        begins, ends = book.free(
            person.pk,
            row.valid_from or (spoken_of(None, row.valid_to, today)),
            row.valid_to,
            lambda each: (
                (each.unit_id, each.employer_id, each.position) == (unit.pk, employer.pk, row.position)
                and id(each) not in self.told_of
            ),
        )
        percentage = WHOLE if row.percentage is None else row.percentage
        work = Affiliation(
            person_id=person.pk,
            unit_id=unit.pk,
            employer_id=employer.pk,
            line=employer.line,
            position=row.position,
            percentage=percentage,
            valid_from=begins,
            valid_to=ends,
        )
        told: dict[str, Value] = {
            words.IN_UNIT: f"{unit.name} ({unit.number})",
            words.POSITION: row.position,
            words.PER_CENT: percentage,
            words.FIRST: begins,
            words.LAST: last_day(ends),
        }
        self.coming.log.created(words.WORK, row.employee_number, person.name, row.place, told)
        self.told_of.add(id(book.add(work)))

    def _carry_on(self, row: AffiliationRow, work: Affiliation, person: Person, employer: Employer, unit: Unit) -> None:
        """Compare with what is known; what differs takes over from its day."""
        book, log = self.coming.known.work, self.coming.log
        values = {"position": row.position or work.position, "percentage": row.percentage}
        if row.percentage is None:
            values["percentage"] = work.percentage
        ends = work.valid_to if row.valid_from is None and row.valid_to is None else row.valid_to
        other = {name: value for name, value in values.items() if value != getattr(work, name)}
        before: dict[str, Value] = {words.LAST: last_day(work.valid_to)}
        after: dict[str, Value] = {words.LAST: last_day(ends)}
        if other:
            begins = change_day(row.valid_from, row.valid_to, work.valid_from, self.coming.today)
            called = {"position": words.POSITION, "percentage": words.PER_CENT}
            before |= {called[name]: getattr(work, name) for name in other} | {words.DAY: None}
            after |= {called[name]: value for name, value in other.items()} | {words.DAY: begins}
            new = book.take_over(work, begins, ends, **other)
            book.put(new, valid_to=ends)
            self.told_of.add(id(new))
        elif ends != work.valid_to:
            shorter = ends is not None and (work.valid_to is None or ends < work.valid_to)
            book.put(work, valid_to=ends)
            self.coming.concerned.add(person.pk)
            if shorter:
                told = {words.IN_UNIT: (unit.name, unit.name), words.LAST: (before[words.LAST], after[words.LAST])}
                log.ended(words.WORK, row.employee_number, person.name, row.place, told)
                return
        if log.changed(words.WORK, row.employee_number, person.name, row.place, before, after):
            self.coming.concerned.add(person.pk)

    # --- odd, and said

    def _say_overlaps(self, rows: list[AffiliationRow]) -> None:
        for index, row in enumerate(rows):
            same = [each for each in rows[:index] if each.position == row.position and _overlap(row, each)]
            if same:
                message = _("Row {row} says the same person has this position here in the same days.")
                remedy = _("If it is one position, remove one of the rows. If they are two, it may stand.")
                number, log = row.employee_number, self.coming.log
                words.say(log, Weight.NOTE, row.place, message, remedy, number, row=same[0].place.row)

    def _say_too_much(self) -> None:
        for person, row in self.first.items():
            work = self.coming.known.work.rows[person]
            total = max((self._sum_on(work, day) for day in self._days(work)), default=Decimal(0))
            if total > TOO_MUCH:
                message = _("With this, the positions add up to {sum} per cent.")
                remedy = _("If an earlier position has ended, write its last day in the file.")
                words.say(
                    self.coming.log,
                    Weight.NOTE,
                    row.place,
                    message,
                    remedy,
                    row.employee_number,
                    sum=f"{total.normalize():f}",
                )

    def _days(self, work: Iterable[Affiliation]) -> set[date]:
        return {max(self.coming.today, each.valid_from) for each in work}

    def _sum_on(self, work: Iterable[Affiliation], day: date) -> Decimal:
        return sum((each.percentage for each in work if each.holds_on(day)), Decimal(0))

    def write(self) -> None:
        self.coming.known.work.write(REASON)


def unit_of(coming: Coming, number: str, row: AffiliationRow | LeaderRow | RoleRow) -> Unit | None:
    """The unit of a row; None, with a problem at its cell, where it is unknown or closed for good."""
    place, ends = row.place, row.valid_to
    unit = coming.known.units.get(number)
    at = words.at_cell(place, words.column(Table.AFFILIATIONS, "unit_number"))
    if unit is None:
        message = _("There is no unit with this number, neither here from before nor among those that could be read.")
        words.say(coming.log, Weight.SKIPS, at, message, _("Correct the number, or add the unit to the file."), number)
        return None
    if unit.valid_to is not None and unit.valid_to <= coming.today and (ends is None or ends > unit.valid_to):
        message = _("{unit} was closed, its last day was {day}.")
        remedy = _("Write the number of the unit that came after, or a last day no later than this.")
        words.say(coming.log, Weight.SKIPS, at, message, remedy, number, unit=unit.name, day=last_day(unit.valid_to))
        return None
    return unit


def _overlap(row: AffiliationRow, other: AffiliationRow) -> bool:
    ends_before = row.valid_to and other.valid_from and row.valid_to <= other.valid_from
    begins_after = other.valid_to and row.valid_from and other.valid_to <= row.valid_from
    return not (ends_before or begins_after)


def _matched(rows: list[AffiliationRow], held: list[Affiliation], today: date) -> dict[int, Affiliation]:
    """Which known work each row speaks of: the most alike first, each once."""
    found: dict[int, Affiliation] = {}
    free = {id(work): work for work in held}

    def take(alike: object) -> None:
        for index, row in enumerate(rows):
            if index in found:
                continue
            day = spoken_of(row.valid_from, row.valid_to, today)
            work = next((each for each in free.values() if each.holds_on(day) and alike(row, each)), None)  # type: ignore[operator]
            if work is not None:
                found[index] = free.pop(id(work))

    take(lambda row, work: row.position == work.position and row.percentage == work.percentage)
    take(lambda row, work: row.position == work.position and row.valid_from == work.valid_from)
    take(lambda row, work: row.position == work.position)
    left, now = [index for index in range(len(rows)) if index not in found], list(free.values())
    if len(left) == 1 and len([work for work in now if work.holds_on(today)]) == 1:
        take(lambda row, work: work.holds_on(today))
    return found
