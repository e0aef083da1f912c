"""A roster as a table: one row says when one person is at work one day. Read, rehearsed, and then kept whole.

The file stands for everybody who is in it, from its first day to its last. Who a number belongs to is only
asked among those whose hours the viewer keeps, so that the answer says nothing of others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone

from sloyfe.core.access import Viewer, save_as, save_many_as
from sloyfe.core.audit.actions import record
from sloyfe.core.imports import values
from sloyfe.core.imports.limits import Limits
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.core.imports.rows import Row
from sloyfe.core.imports.tables import Upload, read_tables
from sloyfe.core.imports.values import ValueProblem
from sloyfe.modules.people.public import below_any_line, people_by_number, staff
from sloyfe.modules.time.models import CalendarSource, RosterShift

EDIT = "time.edit"
DAY_MINUTES = 24 * 60
LIMITS = Limits(file_bytes=5_000_000, rows=20_000)
COLUMNS = {
    "number": ("ansattnummer", "ansattnr", "tilsettnummer", "employee number", "number"),
    "day": ("dato", "dag", "date", "day"),
    "start": ("fra", "frå", "from", "start"),
    "end": ("til", "to", "end", "slutt"),
}
SALT = "time.roster"
KEPT_SECONDS = 60 * 60

Shift = tuple[int, date, int, int]
"""Person, day, from and to in minutes after midnight; from = to is a free day."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a roster would write. With problems nothing can be kept; `people` are names of those it is about."""

    shifts: tuple[Shift, ...]
    problems: tuple[Problem, ...]
    people: tuple[str, ...]

    @property
    def first(self) -> date:
        return min(day for _person, day, *_hours in self.shifts)

    @property
    def last(self) -> date:
        return max(day for _person, day, *_hours in self.shifts)


def rehearse(viewer: Viewer, unit_id: int, upload: Upload) -> Rehearsal:
    """Read a roster without writing anything. Raises FileRefused for what is no such table."""
    tables = [table.with_columns(COLUMNS, COLUMNS) for table in read_tables(upload, LIMITS)]
    rows = [row for table in tables for row in table.rows]
    problems = [problem for table in tables for problem in table.problems]
    ours = staff(viewer, below_any_line(unit_id), EDIT)
    known = people_by_number({row["number"].strip() for row in rows})
    shifts: dict[Shift, Place] = {}
    for row in rows:
        try:
            person = _person(row, known, ours)
            for shift in _shifts(row, person):
                shifts[shift] = row.place()
        except _Wrong as wrong:
            problems.append(wrong.problem)
    problems += _overlapping(shifts)
    people = tuple(sorted({ours[person] for person, *_rest in shifts}))
    return Rehearsal(tuple(sorted(shifts)), tuple(problems), people)


class _Wrong(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _wrong(row: Row, column: str, message: str, remedy: str) -> _Wrong:
    return _Wrong(Problem(row.place(column), Weight.STOPS, message, remedy, values.shortened(row[column])))


def _person(row: Row, known: Mapping[str, list[int]], ours: Mapping[int, str]) -> int:
    found = [person for person in known.get(row["number"].strip(), ()) if person in ours]
    if len(set(found)) == 1:
        return found[0]
    if found:
        raise _wrong(row, "number", _("Two people here have this number."), _("Tell whoever runs the system."))
    raise _wrong(
        row,
        "number",
        _("None of those whose hours you keep here has this number."),
        _("Correct the number, or take the row out."),
    )


def _shifts(row: Row, person: int) -> list[Shift]:
    """One shift, two where it goes past midnight, or a free day when neither from nor to is written."""
    try:
        day = values.day(row["day"])
    except ValueProblem as problem:
        raise _Wrong(problem.at(row.place("day"), row["day"], Weight.STOPS)) from None
    if not row.has("start") and not row.has("end"):
        return [(person, day, 0, 0)]
    start, end = _minute(row, "start"), _minute(row, "end")
    if start == end:
        raise _wrong(
            row, "end", _("From and to are the same time."), _("Correct the times, or leave both empty for a free day.")
        )
    if start < end:
        return [(person, day, start, end)]
    morning = [(person, day + timedelta(days=1), 0, end)] if end else []
    return [(person, day, start, DAY_MINUTES), *morning]


def _minute(row: Row, column: str) -> int:
    hour, _sign, minute = row[column].strip().replace(".", ":").partition(":")
    parts = hour, minute[:2] or "00"
    seconds = minute[2:].strip(":0")
    if all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in parts) and not seconds:
        found = int(parts[0]) * 60 + int(parts[1])
        if int(parts[1]) < 60 and (found < DAY_MINUTES or (found == DAY_MINUTES and column == "end")):
            return found
    raise _wrong(row, column, _("This is not a time of day we can read."), _("Write the time as 08:00."))


def _overlapping(shifts: Mapping[Shift, Place]) -> list[Problem]:
    found = []
    listed = sorted(shifts)
    for before, after in zip(listed, listed[1:], strict=False):
        free_and_at_work = before[2] == before[3]
        if before[:2] == after[:2] and (free_and_at_work or after[2] < before[3]):
            message = _("The same person has two shifts here that overlap, or is both free and at work.")
            found.append(Problem(shifts[after], Weight.STOPS, message, _("Keep one of them.")))
    return found


def sealed(viewer: Viewer, source: CalendarSource, rehearsal: Rehearsal) -> str:
    """What was rehearsed, for the page to send back: signed, for this viewer and this source, for an hour."""
    rows = [(person, day.toordinal(), start, end) for person, day, start, end in rehearsal.shifts]
    return signing.dumps([viewer.me, source.pk, rows], salt=SALT, compress=True)


def opened(viewer: Viewer, source: CalendarSource, seal: str) -> list[Shift]:
    """Raises BadSignature for what was not sealed for this viewer and source, or too long ago."""
    who, where, rows = signing.loads(seal, salt=SALT, max_age=KEPT_SECONDS)
    if (who, where) != (viewer.me, source.pk):
        raise signing.BadSignature("sealed for another page")
    return [(person, date.fromordinal(day), start, end) for person, day, start, end in rows]


def keep(viewer: Viewer, source: CalendarSource, shifts: list[Shift]) -> int:
    """Put the roster in the place of what this source said of the same people in the same days."""
    people, days = {shift[0] for shift in shifts}, {shift[1] for shift in shifts}
    with transaction.atomic():
        earlier = RosterShift.objects.for_viewer(viewer, EDIT)
        earlier.filter(source=source, person__in=people, day__gte=min(days), day__lte=max(days)).delete()
        rows = [RosterShift(person_id=p, source=source, day=day, start=start, end=end) for p, day, start, end in shifts]
        save_many_as(viewer, RosterShift, rows, EDIT)
        source.read_at = timezone.now()
        source.covers_to = max(days)
        save_as(viewer, source, EDIT)
        record(viewer, "roster.read", source, shifts=len(rows), people=len(people))
    return len(rows)
