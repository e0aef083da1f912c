"""Ways in to a plan that were tried: by somebody who has left or moved, from outside the office, by odd ids."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sloyfe.core.jobs.models import Job
from sloyfe.modules.people import letting_in
from sloyfe.modules.people.models import Affiliation
from sloyfe.modules.plans import actions, closing, feed, reads
from sloyfe.modules.plans import dates as planning
from sloyfe.modules.plans.models import Participant, Seat
from sloyfe.modules.staffing.models import Proposal, ProposedSeat, ProposedSession


def moves(cast, role, unit) -> None:
    """This morning she works elsewhere."""
    today = timezone.localdate()
    work = Affiliation.objects.for_system("test").filter(person=cast.person[role])
    employer = work.first().employer
    work.update(valid_to=today)
    if unit:
        Affiliation.objects.create(
            person=cast.person[role],
            unit=cast.unit[unit],
            employer=employer,
            line=employer.line,
            valid_from=today,
        )


def test_the_calendar_of_somebody_who_has_left_is_shut(cast, as_role):
    address = reverse("my-feed", args=[feed.renew(cast.viewer("employee")).token])
    assert as_role("anonymous").get(address).status_code == 200
    moves(cast, "employee", None)
    assert as_role("anonymous").get(address).status_code == 404


def test_the_calendar_of_somebody_shut_out_is_shut(cast, as_role):
    address = reverse("my-feed", args=[feed.renew(cast.viewer("employee")).token])
    cast.user("employee")
    letting_in.shut_out(cast.viewer("hr_admin"), cast.person["employee"])
    assert as_role("anonymous").get(address).status_code == 404


def test_nobody_plans_for_somebody_who_has_moved(cast, plan, measure):
    """Her hours are no longer her former leader's to plan with, nor her ledger to write in."""
    moves(cast, "employee", "vik")
    leader = cast.viewer("leader", timezone.localdate())
    planning.look_for_time(leader, plan)
    [asked] = Job.objects.for_system("test").get().payload["asks"]
    assert cast.person["employee"].pk not in asked["participants"] and len(asked["participants"]) == 3


def test_dates_found_before_she_moved_do_not_bind_her(cast, plan, measure):
    begins = timezone.now() + timedelta(days=7)
    proposal = Proposal.objects.create(
        unit_id=plan.unit_id,
        origin="plan",
        origin_id=plan.pk,
        state="ready",
        first_day=begins.date(),
        last_day=begins.date(),
    )
    session = ProposedSession.objects.create(
        proposal=proposal,
        unit_id=plan.unit_id,
        key=str(measure.pk),
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
    )
    for role in ("employee", "deputy"):
        ProposedSeat.objects.create(session=session, unit_id=plan.unit_id, person=cast.person[role])
    moves(cast, "employee", "vik")
    planning.take_dates(cast.viewer("leader", timezone.localdate()), plan, proposal)
    assert Seat.objects.for_system("test").get().person == cast.person["deputy"]


def test_named_to_colleagues_is_not_named_to_county_and_directorate(cast, plan, measure):
    for part in Participant.objects.for_viewer(cast.viewer("employee"), "own.page"):
        actions.say_named(cast.viewer("employee"), part, named=True)

    def named(role):
        whole = reads.overview(cast.viewer(role), plan)
        return whole.priorities[0].measures[0].people

    assert named("state_employee") == ("Eli Elvestad",)
    assert named("county_adviser") == named("directorate_adviser") == ()
    assert len(named("leader")) == 4


def test_a_sentence_nobody_has_agreed_on_is_not_read_by_others(cast, measure, as_role):
    closing.propose_closing(cast.viewer("leader"), measure, closing="Vi tar nå gjeldssaker sammen")
    address = reverse("plan", args=[measure.priority.plan_id])
    for role in ("safety_rep", "directorate_adviser"):
        assert "Vi tar nå gjeldssaker" not in as_role(role).get(address).content.decode()
    assert "Vi tar nå gjeldssaker" in as_role("leader").get(address).content.decode()
    assert "Vi tar nå gjeldssaker" in as_role("employee").get(reverse("my-weeks")).content.decode()


def test_how_many_of_few_have_agreed_is_not_told(cast, plan, measure):
    """Of four, «three have agreed» points at the fourth."""
    closing.propose_closing(cast.viewer("leader"), measure, closing="Vi tar nå gjeldssaker sammen")
    mine = Participant.objects.for_viewer(cast.viewer("employee"), "own.page").get()
    closing.agree_closing(cast.viewer("employee"), mine)

    def agreed():
        return reads.overview(cast.viewer("leader"), plan).priorities[0].measures[0].agreed

    assert agreed() is None
    Participant.objects.create(measure=measure, unit_id=plan.unit_id, person=cast.person["safety_rep"])
    assert agreed() == 1


@pytest.mark.parametrize("number", ["999999", "9" * 5000, "²", "-1", ""])
def test_odd_numbers_are_not_found(as_role, plan, number):
    client = as_role("leader")
    if number:
        assert client.get(reverse("need-list"), {"unit": number}).status_code == 404
    address = reverse("plan-not-now", args=[plan.pk])
    assert client.post(address, {"competence": number, "reason": "Etter jul"}).status_code == 404
    assert client.post(reverse("plan-choose", args=[plan.pk]), {"requirement": number}).status_code == 404
