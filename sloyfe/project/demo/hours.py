"""When people work and when they must: weeks, shifts, absence without a cause, duties, minimum staffing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cache
from typing import Any

import numpy as np
from numpy.random import Generator

from sloyfe.project.demo.content import content, words
from sloyfe.project.demo.draw import days_from, generator, monday, months_from
from sloyfe.project.demo.places import STATE, Office, Places
from sloyfe.project.demo.shapes import (
    Absence,
    CalendarSource,
    FacilitatorHours,
    FixedDuty,
    LearningTime,
    MinimumStaffing,
    RoleHolding,
    WorkingDay,
)
from sloyfe.project.demo.workers import Worker

WEEKDAYS = range(5)
HORIZON_WEEKS = 26
"""How far ahead time off is known; a plan for a quarter or half a year has to reckon with it."""

LONG_ABSENCE, WEEKS_OFF_MEAN = 0.05, 1.6
RECEPTION_AT_LEAST, WEDNESDAY_AT_LEAST, PHONE_AT_LEAST, OPEN_AT_LEAST, WHOLE_AT_LEAST = (
    0.4,
    0.5,
    0.12,
    0.34,
    0.3,
)
SOURCE_READ = {STATE: 0.7, "municipal": 0.35, "reception": 0.5}
OTHER_LEARNING_TIME = 0.15


@dataclass(slots=True)
class Hours:
    working_days: list[WorkingDay] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    duties: list[FixedDuty] = field(default_factory=list)
    staffing: list[MinimumStaffing] = field(default_factory=list)
    facilitator_hours: list[FacilitatorHours] = field(default_factory=list)
    learning_time: list[LearningTime] = field(default_factory=list)
    sources: list[CalendarSource] = field(default_factory=list)


def hours(seed: int, everybody: Sequence[Worker], roles: Sequence[RoleHolding], places: Places, day: date) -> Hours:
    rng = generator(seed, "hours")
    found = Hours()
    here = [worker for worker in everybody if worker.until is None or worker.until > day]
    for worker in here:
        found.working_days += _week(rng, worker, day)
        found.absences += _away(rng, worker, day)
    begun = months_from(day, -12)
    for office in places.offices:
        found.duties += _duties(office, begun)
        found.staffing += _staffing(office, begun)
        found.sources += _sources(rng, office, day)
        if rng.random() < OTHER_LEARNING_TIME:
            found.learning_time.append(LearningTime(office.key, int(rng.choice([30, 60])), months_from(day, -4)))
    for holding in roles:
        if holding.role == "process_facilitator" and holding.valid_to is None:
            found.facilitator_hours += _half_days(rng, holding.person, begun)
    return found


def _week(rng: Generator, worker: Worker, day: date) -> Iterator[WorkingDay]:
    """Her pattern, from a Monday; people in shifts begin in different weeks of the cycle."""
    shifts = worker.seat.kind == "reception" and worker.percentage == 100 and not worker.seat.leads
    found, until = _patterns(worker.percentage, shifts)
    weeks = found[min(int(np.searchsorted(until, rng.random())), len(found) - 1)]
    turn = int(rng.integers(len(weeks)))
    since = monday(max(worker.since, months_from(day, -12)))
    for number, week in enumerate(weeks):
        position = (number + turn) % len(weeks) + 1
        for weekdays, start, end in week:
            for weekday in weekdays:
                yield WorkingDay(worker.key, weekday, start, end, since, len(weeks), position)


@cache
def _patterns(percentage: int, shifts: bool) -> tuple[list[Any], np.ndarray]:
    file = content("positions")
    fitting = file["shifts"] if shifts else [one for one in file["patterns"] if one["percent"] == percentage]
    weights = np.array([one["weight"] for one in fitting], dtype=float)
    weeks = [[[(days, _clock(a), _clock(b)) for days, a, b in week] for week in one["weeks"]] for one in fitting]
    return weeks, np.cumsum(weights / weights.sum())


def _clock(text: str) -> time:
    return time.fromisoformat(text)


def _away(rng: Generator, worker: Worker, day: date) -> Iterator[Absence]:
    """Weeks off within the horizon and some behind, now and then a longer time. Never why."""
    cast = worker.seat.cast or {}
    if "away" in cast:
        first, last = cast["away"]
        yield Absence(worker.key, days_from(day, first), days_from(day, last))
        return
    begins = monday(day)
    weeks = np.unique(rng.integers(-8, HORIZON_WEEKS, size=int(rng.poisson(WEEKS_OFF_MEAN))))
    for week in weeks:
        first = begins + timedelta(weeks=int(week))
        yield Absence(worker.key, first, first + timedelta(days=4))
    if not cast and rng.random() < LONG_ABSENCE:
        first = day + timedelta(days=int(rng.integers(-60, 90)))
        yield Absence(worker.key, first, first + timedelta(days=int(rng.integers(14, 140))))


def _duties(office: Office, since: date) -> Iterator[FixedDuty]:
    for row in content("texts")["duties"]:
        what = words(row["what"], office.language)
        units = [office.key]
        if row["for"] == "team":
            units = [team.unit for team in office.teams]
        elif row["for"] != "office":
            units = [team.unit for team in office.teams if team.kind == row["for"]]
        for unit in units:
            yield FixedDuty(unit, what, row["weekday"], _clock(row["start"]), _clock(row["end"]), since)


def _staffing(office: Office, since: date) -> Iterator[MinimumStaffing]:
    """What must hold: the reception and the phone by team, and the house as a whole."""
    name = {kind: words(text, office.language) for kind, text in content("texts")["staffing"].items()}

    def rows(unit: str, what: str, people: int, share: float, start: str, end: str, days: Any) -> Iterator[Any]:
        for weekday in days:
            at_least = max(1, round(people * share))
            yield MinimumStaffing(unit, what, at_least, weekday, _clock(start), _clock(end), since)

    if not office.teams:
        yield from rows(office.key, name["open"], office.people, OPEN_AT_LEAST, "10:00", "14:00", WEEKDAYS)
        return
    yield from rows(office.key, name["open"], office.people, WHOLE_AT_LEAST, "09:00", "15:00", WEEKDAYS)
    for team in office.teams:
        if team.kind == "reception":
            others = [day for day in WEEKDAYS if day != 2]
            yield from rows(team.unit, name["reception"], team.people, RECEPTION_AT_LEAST, "09:00", "15:00", others)
            yield from rows(team.unit, name["reception"], team.people, WEDNESDAY_AT_LEAST, "09:00", "12:00", [2])
            yield from rows(team.unit, name["reception"], team.people, RECEPTION_AT_LEAST, "12:00", "15:00", [2])
        elif team.kind in ("follow-up", "social"):
            yield from rows(team.unit, name["phone"], team.people, PHONE_AT_LEAST, "10:00", "12:00", WEEKDAYS)


def _sources(rng: Generator, office: Office, day: date) -> Iterator[CalendarSource]:
    """The calendars an office has; many are not read yet, and every plan says which."""
    for row in content("texts")["sources"]:
        if row["line"] == "reception" and not office.teams:
            continue
        read = rng.random() < SOURCE_READ[row["line"]]
        read_on = day - timedelta(days=int(rng.integers(1, 20))) if read else None
        covers = months_from(day, int(rng.integers(2, 7))) if read else None
        yield CalendarSource(office.key, words(row["name"], office.language), row["kind"], read_on, covers)


def _half_days(rng: Generator, person: str, since: date) -> Iterator[FacilitatorHours]:
    for weekday in sorted(int(day) for day in rng.permutation(5)[:2]):
        start, end = ("09:00", "12:00") if rng.random() < 0.5 else ("12:00", "15:30")
        yield FacilitatorHours(person, weekday, _clock(start), _clock(end), since)
