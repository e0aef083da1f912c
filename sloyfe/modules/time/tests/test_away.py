"""What the planner is told about people's time, against an oracle that asks of every minute by itself."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sloyfe.modules.time.away import DAY_MINUTES, Rule, calendars, facilitator_away
from sloyfe.modules.time.holidays import public_holidays, quiet_days
from sloyfe.modules.time.models import (
    Absence,
    Busy,
    CalendarSource,
    Commitment,
    FacilitatorHours,
    FixedDuty,
    RosterShift,
    WorkingPattern,
)

MONDAY = date(2026, 10, 19)  # the clocks go back on Sunday the 25th
LAST = MONDAY + timedelta(days=13)
DAYS = st.integers(-3, 16).map(lambda n: MONDAY + timedelta(days=n))
MINUTES = st.integers(0, DAY_MINUTES - 1)
CLOCKS = st.tuples(MINUTES, MINUTES).filter(lambda two: two[0] != two[1]).map(sorted)
SPANS = st.tuples(st.integers(-2 * DAY_MINUTES, 14 * DAY_MINUTES), st.integers(1, 3 * DAY_MINUTES))
PERIOD = st.tuples(DAYS, st.one_of(st.none(), st.integers(1, 10)))


def clock(minute):
    return time(minute // 60, minute % 60)


def until(period):
    first, length = period
    return None if length is None else first + timedelta(days=length)


def instant(minutes):
    """So many minutes of real time after midnight on the Monday."""
    return timezone.make_aware(datetime.combine(MONDAY, time.min)) + timedelta(minutes=minutes)


def blocked(found, rules):
    return {(block.day, minute) for block in found if block.rule in rules for minute in range(block.start, block.end)}


def every_minute(of_day):
    return {
        (day, minute)
        for day in (MONDAY + timedelta(days=n) for n in range(14))
        for minute in range(DAY_MINUTES)
        if of_day(day, minute)
    }


def in_force(period, day):
    return period[0] <= day and (period[1] is None or day < until(period))


quick = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
PATTERN = st.tuples(PERIOD, st.integers(0, 6), CLOCKS, st.integers(1, 3), st.integers(0, 2))


@pytest.fixture
def person(cast):
    return cast.person["employee"]


def only(person, first=MONDAY, last=LAST):
    return calendars([person.pk], first, last).away[person.pk]


@quick
@given(rows=st.lists(PATTERN, min_size=1, max_size=4))
def test_patterns_and_shifts_in_a_cycle(person, rows):
    WorkingPattern.objects.for_system("begin anew").delete()
    rows = [(period, weekday, at, weeks, week % weeks) for period, weekday, at, weeks, week in rows]
    for period, weekday, (start, end), weeks, week in rows:
        WorkingPattern.objects.create(
            person=person, valid_from=period[0], valid_to=until(period), weekday=weekday,
            start=clock(start), end=clock(end), weeks=weeks, week=week + 1,
        )  # fmt: skip

    def at_work(day, minute):
        for period, weekday, (start, end), weeks, week in rows:
            begins = period[0] - timedelta(days=period[0].weekday())
            turn = ((day - begins) // timedelta(days=7)) % weeks
            if day.weekday() == weekday and in_force(period, day) and turn == week and start <= minute < end:
                return True
        return False

    known = any(period[0] <= LAST and (until(period) is None or until(period) > MONDAY) for period, *_ in rows)
    found = calendars([person.pk], MONDAY, LAST)
    assert (person.pk in found.unknown) is not known
    if known:
        expected = every_minute(lambda day, minute: not at_work(day, minute))
        assert blocked(found.away[person.pk], {Rule.PATTERN, Rule.SHIFT}) == expected


def test_without_a_pattern_we_take_it_that_she_works_usual_hours(person):
    found = calendars([person.pk], MONDAY, LAST)
    assert found.unknown == {person.pk}
    expected = every_minute(lambda day, minute: day.weekday() > 4 or not 480 <= minute < 945)
    assert blocked(found.away[person.pk], set(Rule)) == expected


@quick
@given(rows=st.lists(st.tuples(DAYS, st.integers(0, 9)), max_size=3))
def test_absence_is_whole_days_and_the_last_day_counts(person, rows):
    Absence.objects.for_system("begin anew").delete()
    for first, more in rows:
        Absence.objects.create(person=person, first_day=first, last_day=first + timedelta(days=more))
    expected = every_minute(lambda day, _: any(f <= day <= f + timedelta(days=more) for f, more in rows))
    assert blocked(only(person), {Rule.ABSENCE}) == expected


@quick
@given(rows=st.lists(st.tuples(PERIOD, st.integers(0, 6), CLOCKS, st.booleans()), max_size=3))
def test_duties_bind_those_who_belong_there_and_they_are_still_at_work(cast, person, rows):
    FixedDuty.objects.for_system("begin anew").delete()
    for period, weekday, (start, end), ours in rows:
        FixedDuty.objects.create(
            unit=cast.unit["fjord" if ours else "vik"], what="Møte", weekday=weekday,
            start=clock(start), end=clock(end), valid_from=period[0], valid_to=until(period),
        )  # fmt: skip
    expected = every_minute(
        lambda day, minute: any(
            ours and day.weekday() == weekday and in_force(period, day) and start <= minute < end
            for period, weekday, (start, end), ours in rows
        )
    )
    found = only(person)
    assert blocked(found, {Rule.DUTY}) == expected
    assert all(block.present is (block.rule is Rule.DUTY) for block in found)


@quick
@given(rows=st.lists(st.tuples(SPANS, st.sampled_from(["calendar", "booked", "done", "proposed", "cancelled"]))))
def test_calendars_and_the_ledger_across_midnight_and_the_night_the_clocks_change(person, rows):
    for model in (Busy, Commitment):
        model.objects.for_system("begin anew").delete()
    for number, ((start, length), kind) in enumerate(rows):
        span = {"person": person, "starts_at": instant(start), "ends_at": instant(start + length)}
        if kind == "calendar":
            Busy.objects.create(**span)
        else:
            Commitment.objects.create(**span, what="Økt", firmness=kind, origin="test", origin_id=number)
    taken = {
        timezone.localtime(instant(minute))
        for (start, length), kind in rows
        if kind in ("calendar", "booked", "done")
        for minute in range(start, start + length)
    }
    hours = {(at.date(), at.hour * 60 + at.minute) for at in taken if MONDAY <= at.date() <= LAST}
    # The hour that is lived twice cannot be told apart in minutes of a day. Nobody plans in it.
    twice = {(date(2026, 10, 25), minute) for minute in range(120, 180)}
    found = blocked(only(person), {Rule.BUSY})
    assert found - twice == hours - twice


def test_a_day_on_the_roster_is_known_from_it_alone(cast, person):
    source = CalendarSource.objects.create(unit=cast.unit["fjord"], name="Turnus", kind="roster")
    for day, start, end in ((MONDAY, 0, 360), (MONDAY, 1320, 1440), (MONDAY + timedelta(1), 0, 0)):
        RosterShift.objects.create(person=person, source=source, day=day, start=start, end=end)
    found = [(b.day, b.start, b.end) for b in only(person) if b.rule is Rule.SHIFT]
    assert found == [(MONDAY, 360, 1320), (MONDAY + timedelta(1), 0, DAY_MINUTES)]
    assert {b.day for b in only(person) if b.rule is Rule.PATTERN}.isdisjoint({MONDAY, MONDAY + timedelta(1)})


def test_hours_for_leading_bind_only_those_who_have_set_them(cast, person):
    FacilitatorHours.objects.create(person=person, weekday=1, start=time(9), end=time(11), valid_from=MONDAY)
    found = facilitator_away([person.pk, cast.person["leader"].pk], MONDAY, MONDAY + timedelta(6))
    assert list(found) == [person.pk]
    free = every_minute(lambda day, _: day <= MONDAY + timedelta(6)) - blocked(found[person.pk], set(Rule))
    assert free == {(MONDAY + timedelta(1), minute) for minute in range(540, 660)}


def test_public_holidays_of_2026_as_the_calendar_has_them():
    listed = [
        "01-01",
        "04-02",
        "04-03",
        "04-05",
        "04-06",
        "05-01",
        "05-14",
        "05-17",
        "05-24",
        "05-25",
        "12-25",
        "12-26",
    ]
    assert public_holidays(date(2026, 1, 1), date(2026, 12, 31)) == {date.fromisoformat(f"2026-{d}") for d in listed}
    assert public_holidays(date(2026, 12, 26), date(2027, 1, 1)) == {date(2026, 12, 26), date(2027, 1, 1)}


def test_quiet_days_are_christmas_the_days_before_easter_and_july():
    quiet = quiet_days(date(2026, 1, 1), date(2027, 1, 31))
    assert {date(2026, 12, 24), date(2026, 12, 31)} <= quiet
    assert not {date(2026, 12, 23), date(2027, 1, 4)} & quiet
    assert {day for day in quiet if day.month in (3, 4)} == {date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1)}
    assert {day.isocalendar().week for day in quiet if day.month in (7, 8)} == {28, 29, 30}
