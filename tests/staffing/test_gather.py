"""From what the office is like to the planner's slots: part-time, shifts, absence, calendars, minima, closed days."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from sloyfe.engines.planner.problem import Why
from sloyfe.modules.staffing.actions import moment
from sloyfe.modules.staffing.ask import Ask
from sloyfe.modules.staffing.gather import gather
from sloyfe.modules.time.models import Absence, MinimumStaffing, WorkingPattern

MONDAY = date(2026, 11, 16)
WEDNESDAY = MONDAY + timedelta(days=2)
LOOKING = WEDNESDAY - timedelta(days=7)
MORNINGS = dict(start=time(8), end=time(12), valid_from=date(2026, 1, 1))


def ask(cast, *roles, **changes):
    told = dict(key=7, title="Øve", binding="recommended", minutes=60, sessions=2, gap_weeks=1, group_size=3)
    window = dict(first_day=WEDNESDAY, last_day=MONDAY + timedelta(weeks=3, days=4))
    return Ask(participants=tuple(cast.person[role].pk for role in roles), **told | window | changes)


def removed(gathered, person, why):
    found = next(one for one in gathered.problem.people if one.id == person.pk)
    return {slot for removal in found.removals if removal.rule == why for slot in removal.slots}


def days(gathered, slots):
    return {moment(gathered, slot).date() for slot in slots}


def test_the_grid_begins_on_a_monday_and_what_has_been_is_closed(cast):
    gathered = gather(cast.unit["fjord"].pk, [ask(cast, "employee")], LOOKING)
    assert gathered.monday == MONDAY and gathered.problem.grid.weeks == 4
    assert days(gathered, gathered.problem.closed) == {MONDAY, MONDAY + timedelta(days=1)}
    assert moment(gathered, 0).strftime("%H:%M") == "08:00"


def test_christmas_is_closed(cast):
    asked = ask(cast, "employee", first_day=date(2026, 12, 14), last_day=date(2027, 1, 8))
    gathered = gather(cast.unit["fjord"].pk, [asked], date(2026, 12, 14))
    assert days(gathered, gathered.problem.closed) == {
        *(date(2026, 12, day) for day in (24, 25, 28, 29, 30, 31)),
        date(2027, 1, 1),
    }


def test_part_time_and_absence_take_slots_and_give_no_cause(cast):
    person = cast.person["employee"]
    for weekday in (0, 2):
        WorkingPattern.objects.create(person=person, weekday=weekday, **MORNINGS)
    away = MONDAY + timedelta(weeks=1)
    Absence.objects.create(person=person, first_day=away, last_day=away + timedelta(days=1))
    gathered = gather(cast.unit["fjord"].pk, [ask(cast, "employee", "state_employee")], LOOKING)
    assert gathered.hours_unknown == 1, "of those who take part; hers are known"
    grid = gathered.problem.grid
    free = set(range(grid.slots)) - removed(gathered, person, Why.PATTERN)
    assert days(gathered, free) == {MONDAY + timedelta(weeks=week, days=day) for week in range(4) for day in (0, 2)}
    assert {moment(gathered, slot).hour for slot in free} == {8, 9, 10, 11}
    assert away in days(gathered, removed(gathered, person, Why.ABSENCE))
    assert removed(gathered, cast.person["state_employee"], Why.ABSENCE) == set()


def test_minimum_staffing_counts_those_who_work_there(cast):
    MinimumStaffing.objects.create(
        unit=cast.unit["fjord"], what="Mottak", weekday=1, start=time(10), end=time(12), at_least=2,
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    MinimumStaffing.objects.create(
        unit=cast.unit["vik"], what="Ikke vårt", weekday=1,
        start=time(10), end=time(12), at_least=2, valid_from=date(2026, 1, 1),
    )  # fmt: skip
    gathered = gather(cast.unit["fjord"].pk, [ask(cast, "employee")], LOOKING)
    (rule,) = gathered.problem.staffing
    assert rule.at_least == 2 and gathered.staffing_names == {rule.id: "Mottak"}
    assert cast.person["employee"].pk in rule.people and cast.person["neighbour_employee"].pk not in rule.people
    assert {moment(gathered, slot).weekday() for slot in rule.slots} == {1}
    assert len(rule.slots) == gathered.problem.grid.weeks * 4


@pytest.mark.parametrize(("people", "size", "cohorts"), [(1, 5, 1), (3, 3, 3), (3, 2, 3), (3, 1, 3)])
def test_groups_may_be_two_more_than_the_fewest_but_never_more_than_people(cast, people, size, cohorts):
    roles = ("employee", "state_employee", "leader")[:people]
    gathered = gather(cast.unit["fjord"].pk, [ask(cast, *roles, group_size=size)], LOOKING)
    (measure,) = gathered.problem.measures
    assert measure.cohorts == cohorts and measure.group_max == min(size, people)
    assert (measure.first_week, measure.last_week) == (0, 3)


def test_what_is_asked_travels_as_json(cast):
    asked = ask(cast, "employee", facilitator=cast.person["leader"].pk)
    assert Ask.from_json(asked.as_json()) == asked
