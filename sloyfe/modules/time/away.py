"""When people cannot take part, and by which rule: patterns, shifts, absence, duties, calendars, the ledger.

One answer for everybody at once, in minutes of a day, for whoever plans. The rule is kept so that a plan can
say what stands in the way without saying whose it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from sloyfe.modules.people.public import units_of
from sloyfe.modules.time.models import (
    Absence,
    Busy,
    Commitment,
    FacilitatorHours,
    FixedDuty,
    RosterShift,
    WorkingPattern,
)

DAY_MINUTES = 24 * 60
USUAL = (8 * 60, 15 * 60 + 45)
WORKDAYS = range(5)


class Rule(StrEnum):
    PATTERN = "pattern"
    SHIFT = "shift"
    ABSENCE = "absence"
    DUTY = "duty"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Away:
    """[start, end) in minutes after midnight. `present`: at work all the same, and counts in the staffing."""

    day: date
    start: int
    end: int
    rule: Rule
    present: bool = False


@dataclass(frozen=True, slots=True)
class Calendars:
    """`away` per person; `unknown` are those without a working pattern, taken to work usual hours."""

    away: dict[int, list[Away]]
    unknown: frozenset[int]


def calendars(people: Iterable[int], first: date, last: date) -> Calendars:
    """Everything known about when these people are away, first to last day included."""
    wanted = sorted(set(people))
    away: dict[int, list[Away]] = {person: [] for person in wanted}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    patterns, rosters = _patterns(wanted, first, last), _rosters(wanted, first, last)
    for person in wanted:
        for day in days:
            on_roster = rosters.get((person, day))
            outside = _outside_hours(patterns.get(person), day)
            away[person].extend(outside if on_roster is None else _gaps(on_roster, day, Rule.SHIFT))
    for source in (_absences, _duties, _taken):
        for person, block in source(wanted, first, last):
            away[person].append(block)
    return Calendars(away, frozenset(set(wanted) - set(patterns)))


def facilitator_away(people: Iterable[int], first: date, last: date) -> dict[int, list[Away]]:
    """Outside the hours somebody has set aside for leading sessions. Nobody without such hours is listed."""
    rows = FacilitatorHours.objects.for_system("plan sessions within facilitators' hours").filter(
        _overlaps(first, last), person__in=list(people)
    )
    by_person: dict[int, list[FacilitatorHours]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {
        person: [
            block
            for day in days
            for block in _gaps(
                [(_minutes(r.start), _minutes(r.end)) for r in held if r.weekday == day.weekday() and r.holds_on(day)],
                day,
                Rule.PATTERN,
            )
        ]
        for person, held in by_person.items()
    }


def _patterns(people: list[int], first: date, last: date) -> dict[int, list[WorkingPattern]]:
    rows = WorkingPattern.objects.for_system("plan sessions within working hours").filter(
        _overlaps(first, last), person__in=people
    )
    found: dict[int, list[WorkingPattern]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _rosters(people: list[int], first: date, last: date) -> dict[tuple[int, date], list[tuple[int, int]]]:
    """The shifts of each day a roster speaks of; a free day has one of no length."""
    rows = RosterShift.objects.for_system("plan sessions within rosters").filter(
        person__in=people, day__gte=first, day__lte=last
    )
    found: dict[tuple[int, date], list[tuple[int, int]]] = defaultdict(list)
    for person, day, start, end in rows.values_list("person", "day", "start", "end"):
        found[person, day].append((start, end))
    return found


def _overlaps(first: date, last: date) -> Q:
    return Q(valid_from__lte=last) & (Q(valid_to__isnull=True) | Q(valid_to__gt=first))


def _outside_hours(patterns: list[WorkingPattern] | None, day: date) -> Iterator[Away]:
    if patterns is None:
        at_work = [USUAL] if day.weekday() in WORKDAYS else []
        yield from _gaps(at_work, day, Rule.PATTERN)
        return
    rows = [row for row in patterns if row.weekday == day.weekday() and row.holds_on(day) and _in_turn(row, day)]
    rule = Rule.SHIFT if any(row.weeks > 1 for row in patterns) else Rule.PATTERN
    yield from _gaps([(_minutes(row.start), _minutes(row.end)) for row in rows], day, rule)


def _in_turn(row: WorkingPattern, day: date) -> bool:
    """Whether the row's week of the cycle falls on this day; the cycle begins on the Monday of `valid_from`."""
    begins = row.valid_from - timedelta(days=row.valid_from.weekday())
    return (day - begins).days // 7 % row.weeks == row.week - 1


def _gaps(at_work: list[tuple[int, int]], day: date, rule: Rule) -> Iterator[Away]:
    reached = 0
    for start, end in sorted(at_work):
        if end == start:
            continue
        if start > reached:
            yield Away(day, reached, start, rule)
        reached = max(reached, end)
    if reached < DAY_MINUTES:
        yield Away(day, reached, DAY_MINUTES, rule)


def _absences(people: list[int], first: date, last: date) -> Iterator[tuple[int, Away]]:
    rows = Absence.objects.for_system("plan sessions around absence").filter(
        person__in=people, first_day__lte=last, last_day__gte=first
    )
    for row in rows:
        day = max(row.first_day, first)
        while day <= min(row.last_day, last):
            yield row.person_id, Away(day, 0, DAY_MINUTES, Rule.ABSENCE)
            day += timedelta(days=1)


def _duties(people: list[int], first: date, last: date) -> Iterator[tuple[int, Away]]:
    members: dict[int, list[int]] = defaultdict(list)
    for person, units in units_of(people, first).items():
        for unit in units:
            members[unit].append(person)
    rows = FixedDuty.objects.for_system("plan sessions around fixed duties").filter(
        _overlaps(first, last), unit__in=list(members)
    )
    for row in rows:
        day = first + timedelta(days=(row.weekday - first.weekday()) % 7)
        while day <= last:
            if row.holds_on(day):
                block = Away(day, _minutes(row.start), _minutes(row.end), Rule.DUTY, present=True)
                yield from ((person, block) for person in members[row.unit_id])
            day += timedelta(days=7)


def _taken(people: list[int], first: date, last: date) -> Iterator[tuple[int, Away]]:
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    busy = Busy.objects.for_system("plan sessions around calendars that were read")
    ledger = Commitment.objects.for_system("plan sessions around what is already promised").exclude(
        firmness__in=(Commitment.Firmness.CANCELLED, Commitment.Firmness.PROPOSED)
    )
    for rows in (busy, ledger):
        within = rows.filter(person__in=people, starts_at__lt=end, ends_at__gt=begin)
        for person, starts_at, ends_at in within.values_list("person", "starts_at", "ends_at"):
            for block in _by_day(max(starts_at, begin), min(ends_at, end)):
                yield person, block


def _by_day(starts_at: datetime, ends_at: datetime) -> Iterator[Away]:
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    while start < end:
        midnight = _midnight(start.date() + timedelta(days=1))
        stop = min(end, midnight)
        until = DAY_MINUTES if stop == midnight else _minutes(stop.time())
        yield Away(start.date(), _minutes(start.time()), until, Rule.BUSY)
        start = timezone.localtime(midnight)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
