"""«Finn tid»: only what lacks dates is sought, in good time, and what is agreed stands until it is asked to move."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.worker import do_waiting
from sloyfe.modules.plans import actions, reads
from sloyfe.modules.plans import dates as planning
from sloyfe.modules.plans.lacking import asks_for
from sloyfe.modules.plans.models import Measure, Seat, Session
from sloyfe.modules.staffing.gather import gather
from sloyfe.modules.staffing.models import Proposal
from sloyfe.modules.staffing.public import proposed_sessions
from sloyfe.modules.time.models import Commitment
from sloyfe.modules.time.public import Entry, write_ledger

MONDAY = date(2026, 11, 23)
PLANNED = pytest.mark.django_db(transaction=True)


def found(cast, proposal) -> Proposal:
    do_waiting()
    return Proposal.objects.for_viewer(cast.viewer("leader"), "plan.edit").get(pk=proposal.pk)


def sessions(cast, measure) -> list[Session]:
    return list(Session.objects.for_viewer(cast.viewer("leader")).filter(measure=measure).order_by("pk"))


def another(cast, plan, measure) -> Measure:
    row = Measure(
        priority=measure.priority,
        unit_id=plan.unit_id,
        title="Lese sammen",
        goal="Kjenne rutinen",
        shows="Færre spørsmål",
        responsible=cast.person["leader"],
        sessions_count=1,
        minutes=45,
        group_size=8,
        window_from=measure.window_from,
        window_to=measure.window_to,
    )
    people = [cast.person[role].pk for role in ("employee", "deputy")]
    return actions.write_measure(cast.viewer("leader"), row, people=people)


@PLANNED
def test_nothing_is_placed_before_the_notice_is_out(cast, plan, measure, dates):
    days = {s.starts_at.date() for s in proposed_sessions(cast.viewer("leader"), dates)}
    assert days and min(days) >= timezone.localdate() + timedelta(days=7)


@PLANNED
def test_what_has_dates_is_not_sought_again(cast, plan, measure, dates):
    leader = cast.viewer("leader")
    planning.take_dates(leader, plan, dates)
    with pytest.raises(ValidationError, match=r"har tid|has dates"):
        planning.look_for_time(leader, plan)
    before = [(s.pk, s.starts_at) for s in sessions(cast, measure)]
    new = another(cast, plan, measure)
    again = found(cast, planning.look_for_time(leader, plan))
    assert {s.key for s in proposed_sessions(leader, again)} == {str(new.pk)}
    planning.take_dates(leader, plan, again)
    assert [(s.pk, s.starts_at) for s in sessions(cast, measure)] == before
    mine = reads.my_sessions(cast.viewer("employee"))
    assert len(mine) == 3
    assert all(one.ends_at <= other.starts_at for one, other in zip(mine, mine[1:], strict=False))


@PLANNED
def test_who_is_taken_out_gets_her_time_back_and_the_others_keep_theirs(cast, plan, measure, dates):
    """Sessions that have been stand; one that nobody is left in is forgotten."""
    leader, eli = cast.viewer("leader"), cast.person["employee"]
    planning.take_dates(leader, plan, dates)
    first, *ahead = Session.objects.for_system("test").filter(measure=measure, seats__person=eli).order_by("starts_at")
    first.starts_at -= timedelta(days=90)
    first.ends_at -= timedelta(days=90)
    first.save()
    booked = Commitment.objects.for_system("test").filter(firmness="booked")
    others = set(booked.exclude(person=eli).values_list("person", "origin_id"))
    people = [cast.person[role].pk for role in ("state_employee", "deputy", "union_rep")]
    actions.write_measure(leader, measure, people=people)
    assert list(Seat.objects.for_system("test").filter(person=eli).values_list("session", flat=True)) == [first.pk]
    assert ahead and set(booked.filter(person=eli).values_list("origin_id", flat=True)) == {first.pk}
    assert set(booked.exclude(person=eli).values_list("person", "origin_id")) == others
    actions.write_measure(leader, measure, people=people[:1])
    standing = Session.objects.for_system("test").filter(measure=measure).exclude(pk=first.pk)
    assert standing.exists() and not standing.filter(seats=None).exists()


@PLANNED
def test_new_dates_replace_the_old_ones_of_that_measure_only_and_it_is_said(cast, as_role, plan, measure, dates):
    leader = cast.viewer("leader")
    planning.take_dates(leader, plan, dates)
    new = another(cast, plan, measure)
    planning.take_dates(leader, plan, found(cast, planning.look_for_time(leader, plan)))
    kept = [s.pk for s in sessions(cast, new)]
    before = {s.pk: s.starts_at for s in sessions(cast, measure)}
    moved = found(cast, planning.look_for_new_time(leader, Measure.objects.for_viewer(leader).get(pk=measure.pk)))
    assert {one["session"] for one in moved.answer["replaces"]} == set(before)
    assert {s.pk for s in sessions(cast, measure)} == set(before), "nothing moves before it is taken"
    page = as_role("leader").get(reverse("time-proposal", args=[moved.pk])).content.decode()
    assert "gis tilbake når du tar inn de nye" in page and page.count(measure.title) >= 2 * len(before)
    planning.take_dates(leader, plan, moved)
    after = {s.pk: s.starts_at for s in sessions(cast, measure)}
    assert not set(after) & set(before) and not set(after.values()) & set(before.values())
    assert [s.pk for s in sessions(cast, new)] == kept
    live = Commitment.objects.for_viewer(cast.viewer("employee"), "own.page").exclude(firmness="cancelled")
    assert live.count() == 3


def test_only_the_plans_own_may_send_a_measure_for_new_dates(as_role, measure):
    address = reverse("measure-new-dates", args=[measure.pk])
    assert as_role("leader").get(address).status_code == 405
    assert as_role("employee").post(address).status_code == 403
    assert as_role("neighbour_leader").post(address).status_code == 404
    assert not Job.objects.for_system("test").exists()


def test_a_window_that_ends_too_soon_is_said_at_once(cast, plan, measure):
    measure.window_to = measure.window_from
    measure.save()
    with pytest.raises(ValidationError) as refused:
        planning.look_for_time(cast.viewer("leader"), plan)
    assert measure.title in refused.value.messages[0]


# What lacks dates in one measure: (group, number, day, person) of each seat that stands.


def asked(measure, *dated, people=(1, 2, 3)):
    return [
        (one.participants, one.first_number, one.sessions, one.first_cohort, one.first_day)
        for one in asks_for(measure, people, dated)
    ]


@pytest.fixture
def series() -> Measure:
    return Measure(
        pk=9,
        title="Øve",
        sessions_count=3,
        gap_weeks=2,
        group_size=4,
        window_from=MONDAY,
        window_to=MONDAY + timedelta(weeks=10),
    )


def test_all_of_it_where_nothing_has_dates(series):
    assert asked(series) == [((1, 2, 3), 1, 3, 1, MONDAY)]


def test_a_group_that_stopped_goes_on_where_it_stopped_with_its_own_people(series):
    thursday = MONDAY + timedelta(days=3)
    seats = [
        (1, number, thursday + timedelta(weeks=2 * (number - 1)), person) for number in (1, 2) for person in (1, 2)
    ]
    assert asked(series, *seats) == [
        ((1, 2), 3, 1, 1, MONDAY + timedelta(weeks=4)),
        ((3,), 1, 3, 2, MONDAY),
    ]


def test_who_has_left_the_measure_is_not_sought_for(series):
    assert asked(series, (1, 1, MONDAY, 7), people=(1,)) == [((1,), 1, 3, 2, MONDAY)]


def test_nothing_where_everybody_has_all_of_it(series):
    seats = [(1, number, MONDAY, person) for number in (1, 2, 3) for person in (1, 2, 3)]
    assert asked(series, *seats) == []


def test_learning_time_that_is_promised_is_not_there_to_plan_with(cast, plan, measure):
    leader = cast.viewer("leader")
    begins = timezone.make_aware(datetime.combine(MONDAY + timedelta(weeks=2), time(9)))
    row = Session.objects.create(
        measure=measure, unit_id=plan.unit_id, starts_at=begins, ends_at=begins + timedelta(minutes=50)
    )
    mine = cast.person["employee"].pk
    write_ledger(planning.SESSIONS, [Entry(mine, row.starts_at, row.ends_at, "Øve", row.pk)], "booked")
    asks = list(asks_for(measure, [mine, cast.person["deputy"].pk], []))

    def learning(*given_back):
        problem = gather(plan.unit_id, asks, leader.day, given_back).problem
        return {one.id: one.learning[0] for one in problem.people}

    assert learning()[cast.person["deputy"].pk] - learning()[mine] == 50
    assert learning(row.pk)[cast.person["deputy"].pk] == learning(row.pk)[mine]
