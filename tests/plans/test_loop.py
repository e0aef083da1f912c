"""The loop once around: few priorities, dates that hold, carried out, and closed by those who took part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sloyfe.core.access import OutOfReach
from sloyfe.modules.plans import actions, feed, reads
from sloyfe.modules.plans import dates as planning
from sloyfe.modules.plans.models import FollowUp, NotNow, Participant, Plan, Priority, Seat, Session
from sloyfe.modules.staffing.models import Proposal
from sloyfe.modules.staffing.reasons import left_out
from sloyfe.modules.time.models import Commitment


def seat_of(cast, role):
    return Seat.objects.for_viewer(cast.viewer(role), "own.page").filter(person=cast.person[role])


def test_few_priorities_and_a_reason_for_the_rest(cast, office, plan):
    leader = cast.viewer("leader")
    for key in ("debt", "interpreter", "youth"):
        actions.choose(leader, plan, competence_id=office.topic[key].pk, requirement_id=None, way="learn")
    with pytest.raises(ValidationError):
        actions.choose(leader, plan, competence_id=office.topic["cv"].pk, requirement_id=None, way="learn")
    actions.not_now(leader, plan, competence_id=office.topic["youth"].pk, requirement_id=None, reason="Etter jul")
    actions.choose(leader, plan, competence_id=office.topic["cv"].pk, requirement_id=None, way="learn")
    whole = reads.overview(cast.viewer("employee"), plan)
    assert [line.competence for line in whole.priorities] == ["Gjeldsrådgivning", "Tolk", "CV"]
    assert [(row.reason, topic) for row, topic in whole.not_now] == [("Etter jul", "Ungdom")]
    actions.undo_not_now(leader, NotNow.objects.for_viewer(leader, "plan.edit").get())
    assert reads.overview(leader, plan).not_now == ()


def test_only_the_plans_own_office_can_be_planned_for(cast, office, plan, measure):
    for stranger in ("neighbour_leader", "employee", "county_adviser", "hr_admin"):
        with pytest.raises(OutOfReach):
            actions.choose(
                cast.viewer(stranger), plan, competence_id=office.topic["cv"].pk, requirement_id=None, way="learn"
            )
        with pytest.raises(OutOfReach):
            actions.write_measure(cast.viewer(stranger), measure, people=[])
    with pytest.raises(ValidationError):
        actions.write_measure(cast.viewer("leader"), measure, people=[cast.person["neighbour_employee"].pk])
    assert Priority.objects.for_system("test").count() == 1


def test_the_sum_is_said_first(cast, plan, measure):
    whole = reads.overview(cast.viewer("leader"), plan)
    assert whole.people == 7
    assert whole.minutes_week == 7 * 45
    assert whole.minutes_asked == 4 * 60 * 2
    assert whole.minutes_there == 7 * 45 * 26


@pytest.mark.django_db(transaction=True)
def test_dates_are_found_taken_and_seen_each_by_her_own(cast, plan, measure, dates):
    leader = cast.viewer("leader")
    assert dates.state == Proposal.State.READY
    assert left_out(dates.answer) == []
    assert dates.answer["hours"]["placed"] == 4 * 60 * 2
    assert "person" not in str(dates.answer)
    assert planning.take_dates(leader, plan, dates) >= 4
    assert Plan.objects.for_viewer(leader).get(pk=plan.pk).state == Plan.State.ADOPTED
    assert len(reads.my_sessions(cast.viewer("employee"))) == 2
    assert reads.my_sessions(cast.viewer("leader")) == []
    assert (
        not Seat.objects.for_viewer(cast.viewer("employee"), "own.page")
        .exclude(person=cast.person["employee"])
        .exists()
    )
    assert Commitment.objects.for_viewer(cast.viewer("employee"), "own.page").count() == 2
    with pytest.raises(ValidationError):
        planning.take_dates(leader, plan, Proposal.objects.for_viewer(leader, "plan.edit").get(pk=dates.pk))


def held(cast, measure):
    """The last session was held three weeks ago."""
    leader = cast.viewer("leader")
    begins = timezone.now() - timedelta(weeks=3)
    session = Session.objects.create(
        measure=measure, unit_id=measure.unit_id, number=2, starts_at=begins, ends_at=begins + timedelta(hours=1)
    )
    people = reads.participants(leader, measure)
    Seat.objects.bulk_create(Seat(session=session, unit_id=measure.unit_id, person_id=p) for p in people)
    planning.mark_held(leader, session)
    return session


def test_a_session_ahead_cannot_have_been_held(cast, measure):
    begins = timezone.now() + timedelta(days=2)
    row = Session.objects.create(
        measure=measure, unit_id=measure.unit_id, starts_at=begins, ends_at=begins + timedelta(hours=1)
    )
    with pytest.raises(ValidationError):
        planning.mark_held(cast.viewer("leader"), row)


def test_have_you_used_it_is_asked_twice_and_answered_by_her_alone(cast, plan, measure):
    held(cast, measure)
    due = FollowUp.objects.for_system("test").filter(person=cast.person["employee"]).order_by("due_on")
    assert [(row.due_on - due[0].due_on).days for row in due] == [0, 77]
    day = due[0].due_on
    waits = reads.waiting_for(cast.viewer("employee", day=day))
    assert [(one.kind, one.title) for one in waits] == [("follow_up", measure.title)]
    actions.answer_follow_up(cast.viewer("employee"), due[0], answer="some", words="Prøvde på tirsdag", counts=False)
    assert reads.waiting_for(cast.viewer("employee", day=day)) == []
    for other in ("leader", "state_leader", "hr_admin", "deputy", "union_rep"):
        mine = FollowUp.objects.for_viewer(cast.viewer(other), "own.page")
        assert not mine.filter(person=cast.person["employee"]).exists()
        with pytest.raises(OutOfReach):
            actions.answer_follow_up(cast.viewer(other), due[1], answer="yes", words="", counts=True)


def test_colleagues_see_a_participant_only_when_she_says_so(cast, plan, measure):
    def named(role):
        return reads.overview(cast.viewer(role), plan).priorities[0].measures[0].people

    assert named("safety_rep") == ()
    viewer = cast.viewer("employee")
    part = Participant.objects.for_viewer(viewer, "own.page").get(person=viewer.person_id)
    actions.say_named(viewer, part, named=True)
    assert named("safety_rep") == ("Eli Elvestad",)
    assert len(named("leader")) == 4


def test_the_calendar_feed_is_opened_by_its_address_until_it_is_renewed(cast, measure, client):
    held(cast, measure)
    first = feed.renew(cast.viewer("employee")).token
    response = client.get(f"/feed/{first}.ics")
    assert b"BEGIN:VEVENT" in response.content
    assert "Øve på gjeldssaker" in response.content.decode().replace("\r\n ", "")
    second = feed.renew(cast.viewer("employee")).token
    assert client.get(f"/feed/{first}.ics").status_code == 404
    assert client.get(f"/feed/{second}.ics").status_code == 200
