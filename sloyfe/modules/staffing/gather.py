"""From what the office is like to what the planner asks for: people, hours and rules become slots and numbers.

Who is included: everybody who takes part, everybody the minimum staffing counts on, and facilitators.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sloyfe.core.policy import number
from sloyfe.engines.planner import problem as engine
from sloyfe.modules.people.public import below_any_line, staff_ids
from sloyfe.modules.staffing.ask import Ask
from sloyfe.modules.time.public import (
    Away,
    MinimumStaffing,
    booked_minutes,
    calendars,
    facilitator_away,
    learning_minutes,
    minimum_staffing,
    public_holidays,
    quiet_days,
)

PERIOD_WEEKS = 4
GROUPS_MORE = 2
"""Groups the planner may use beyond the fewest that hold all, where not everybody can at the same times."""

SESSIONS = "plans.session"
"""Whose promises learning time is spent on."""
PRIORITY = {
    "statutory": engine.Priority.STATUTORY,
    "mandatory": engine.Priority.MANDATORY,
    "recommended": engine.Priority.RECOMMENDED,
    "voluntary": engine.Priority.VOLUNTARY,
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """The problem, the Monday its grid begins, and how many people's working hours we had to guess."""

    problem: engine.Problem
    monday: date
    hours_unknown: int
    staffing_names: dict[int, str]


def earliest_day(today: date) -> date:
    """The first day on which something may be placed, so that people know of it in time."""
    return today + timedelta(days=number("plan.notice_days", today))


def gather(unit_id: int, asks: Sequence[Ask], today: date, given_back: Iterable[int] = ()) -> Gathered:
    """The planner's problem for one unit; its measures are numbered as the asks are.

    Days too near are not used. What has been promised takes time, and learning time: not that of the sessions
    whose dates are given back, but their hours are not proposed again.
    """
    first = max(earliest_day(today), min(ask.first_day for ask in asks))
    monday = first - timedelta(days=first.weekday())
    last = max(first, max(ask.last_day for ask in asks))
    grid = engine.Grid(weeks=(last - monday).days // 7 + 1)
    sunday = monday + timedelta(days=7 * grid.weeks - 1)

    minima = minimum_staffing(below_any_line(unit_id), monday, sunday)
    counted_on = {rule.pk: tuple(staff_ids(below_any_line(rule.unit_id), today)) for rule in minima}
    people = sorted({p for ask in asks for p in ask.participants} | {p for ids in counted_on.values() for p in ids})
    leading = sorted({ask.facilitator for ask in asks if ask.facilitator is not None})
    known = calendars({*people, *leading}, monday, sunday)
    own_hours = facilitator_away(leading, monday, sunday)
    spent = booked_minutes(people, monday, sunday, but=(SESSIONS, given_back))
    learning = _learning(people, grid, monday, learning_minutes(people, unit_id, today), spent)

    return Gathered(
        problem=engine.Problem(
            grid=grid,
            people=tuple(
                engine.Person(person, learning[person], _removals(grid, monday, known.away[person]))
                for person in people
            ),
            measures=tuple(_measure(key, ask, monday, first, grid) for key, ask in enumerate(asks)),
            period_weeks=PERIOD_WEEKS,
            facilitators=_facilitators(leading, set(people), known.away, own_hours, grid, monday),
            staffing=tuple(
                engine.Staffing(rule.pk, counted_on[rule.pk], _slots_of(rule, grid, monday), rule.at_least)
                for rule in minima
                if counted_on[rule.pk]
            ),
            closed=_closed(grid, monday, first, public_holidays(monday, sunday) | quiet_days(monday, sunday)),
        ),
        monday=monday,
        hours_unknown=len(known.unknown & {p for ask in asks for p in ask.participants}),
        staffing_names={rule.pk: rule.what for rule in minima},
    )


def _measure(key: int, ask: Ask, monday: date, first: date, grid: engine.Grid) -> engine.Measure:
    begin = max(ask.first_day, first)
    group = len(ask.participants) if ask.goes_on else min(ask.group_size, len(ask.participants))
    fewest = -(-len(ask.participants) // max(group, 1))
    return engine.Measure(
        id=key,
        priority=PRIORITY[ask.binding],
        participants=ask.participants,
        minutes=ask.minutes,
        first_week=(begin - monday).days // 7,
        last_week=max((begin - monday).days // 7, min((ask.last_day - monday).days // 7, grid.weeks - 1)),
        sessions=ask.sessions,
        gap_weeks=ask.gap_weeks,
        cohorts=1 if ask.goes_on else min(len(ask.participants), fewest + GROUPS_MORE),
        group_max=group,
        facilitators=(ask.facilitator,) if ask.facilitator is not None else (),
    )


def _learning(
    people: Iterable[int],
    grid: engine.Grid,
    monday: date,
    minutes_week: Mapping[int, int],
    spent: Iterable[tuple[int, date, int]],
) -> dict[int, tuple[int, ...]]:
    """Learning minutes left in each period beside what is promised; the last period may be shorter."""
    weeks = [min(PERIOD_WEEKS, grid.weeks - begin) for begin in range(0, grid.weeks, PERIOD_WEEKS)]
    left = {person: [minutes_week[person] * length for length in weeks] for person in people}
    for person, day, minutes in spent:
        period = (day - monday).days // 7 // PERIOD_WEEKS
        left[person][period] = max(left[person][period] - minutes, 0)
    return {person: tuple(minutes) for person, minutes in left.items()}


def _removals(grid: engine.Grid, monday: date, blocks: Iterable[Away]) -> tuple[engine.Removal, ...]:
    slots: dict[tuple[engine.Why, bool], set[int]] = defaultdict(set)
    for block in blocks:
        since = (block.day - monday).days
        span = grid.span(since // 7, since % 7, block.start, block.end)
        slots[engine.Why(block.rule.value), block.present].update(span)
    return tuple(
        engine.Removal(why, tuple(sorted(taken)), present) for (why, present), taken in sorted(slots.items()) if taken
    )


def _facilitators(
    leading: Sequence[int],
    people: set[int],
    away: Mapping[int, list[Away]],
    own_hours: Mapping[int, list[Away]],
    grid: engine.Grid,
    monday: date,
) -> tuple[engine.Facilitator, ...]:
    return tuple(
        engine.Facilitator(
            id=person,
            person=person if person in people else None,
            removals=_removals(grid, monday, [*away[person], *own_hours.get(person, ())]),
        )
        for person in leading
    )


def _slots_of(rule: MinimumStaffing, grid: engine.Grid, monday: date) -> tuple[int, ...]:
    start, end = rule.start.hour * 60 + rule.start.minute, rule.end.hour * 60 + rule.end.minute
    return tuple(
        slot
        for week in range(grid.weeks)
        if rule.holds_on(monday + timedelta(days=7 * week + rule.weekday))
        for slot in grid.span(week, rule.weekday, start, end)
    )


def _closed(grid: engine.Grid, monday: date, first: date, off: Iterable[date]) -> tuple[int, ...]:
    """Holidays, quiet days, and the days of the first week that have been."""
    shut = set(off) | {monday + timedelta(days=n) for n in range((first - monday).days)}
    found: set[int] = set()
    for day in shut:
        since = (day - monday).days
        found.update(grid.span(since // 7, since % 7, 0, 24 * 60))
    return tuple(sorted(found))
