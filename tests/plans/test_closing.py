"""The sentence about what changed: who writes it agrees, more than half close it, and one may see it otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sloyfe.core.access import OutOfReach
from sloyfe.modules.plans import actions, closing, reads
from sloyfe.modules.plans.models import Measure, OtherView, Participant, Seat, Session
from sloyfe.modules.plans.session_list import session_list

FOUR = ("employee", "state_employee", "deputy", "union_rep")
SENTENCE = "Gjeldssaker blir ikke liggende lenger."


def part(cast, role) -> Participant:
    viewer = cast.viewer(role)
    return Participant.objects.for_viewer(viewer, "own.page").get(person=viewer.person_id)


def agree(cast, role) -> bool:
    return closing.agree_closing(cast.viewer(role), part(cast, role))


def line(cast, plan, role="leader"):
    return reads.overview(cast.viewer(role), plan).priorities[0].measures[0]


def test_more_than_half_close_it_and_nobody_absent_holds_it_up(cast, plan, measure):
    closing.propose_closing(cast.viewer("leader"), measure, closing=SENTENCE)
    assert [agree(cast, role) for role in FOUR[:3]] == [False, False, True]
    assert line(cast, plan, "employee").measure.closed_on == cast.viewer("employee").day
    assert reads.waiting_for(cast.viewer("union_rep")) == [], "what stands is asked of nobody"


def test_who_writes_it_agrees_by_writing(cast, measure):
    people = [cast.person[role].pk for role in ("leader", "employee", "deputy")]
    actions.write_measure(cast.viewer("leader"), measure, people=people)
    assert not closing.propose_closing(cast.viewer("leader"), measure, closing=SENTENCE)
    assert reads.waiting_for(cast.viewer("leader")) == []
    assert agree(cast, "employee"), "two of three"


def test_a_new_sentence_is_answered_anew(cast, plan, measure):
    closing.propose_closing(cast.viewer("leader"), measure, closing="Første")
    agree(cast, "employee")
    closing.see_otherwise(cast.viewer("deputy"), part(cast, "deputy"), words="Det er bare flyttet")
    closing.propose_closing(cast.viewer("leader"), measure, closing="Andre")
    assert not Participant.objects.for_system("test").exclude(agreed_closing_on=None).exists()
    assert line(cast, plan).other_views == ()
    assert [one.text for one in reads.waiting_for(cast.viewer("deputy"))] == ["Andre"]


def test_words_against_it_reach_who_makes_the_plan_without_a_name_and_nobody_else(cast, as_role, plan, measure):
    closing.propose_closing(cast.viewer("leader"), measure, closing=SENTENCE)
    address = reverse("my-otherwise", args=[part(cast, "employee").pk])
    told = as_role("employee").get(address).content.decode()
    assert "Den som lager planen, leser det du skriver" in told and SENTENCE in told
    assert as_role("employee").post(address, {"words": "  "}).status_code == 422
    assert as_role("employee").post(address, {"words": "Det er bare flyttet"}).status_code == 302
    assert line(cast, plan).other_views == ("Det er bare flyttet",)
    assert line(cast, plan, "deputy").other_views == ("Det er bare flyttet",), "she makes the plan too"
    assert line(cast, plan, "safety_rep").other_views == line(cast, plan, "county_adviser").other_views == ()
    page = as_role("leader").get(reverse("measure-closing", args=[measure.pk])).content.decode()
    assert "Det er bare flyttet" in page and "Eli Elvestad" not in page
    assert reads.waiting_for(cast.viewer("employee")) == []
    for other in ("leader", "state_employee", "hr_admin"):
        assert not OtherView.objects.for_viewer(cast.viewer(other), "own.page").exists()


def test_only_one_who_takes_part_and_only_while_it_is_open(cast, as_role, measure):
    mine = part(cast, "employee")
    address = reverse("my-otherwise", args=[mine.pk])
    assert as_role("employee").get(address).status_code == 404, "no sentence yet"
    closing.propose_closing(cast.viewer("leader"), measure, closing=SENTENCE)
    assert as_role("state_employee").get(address).status_code == 404
    with pytest.raises(OutOfReach):
        closing.see_otherwise(cast.viewer("state_employee"), mine, words="Ikke mitt")
    for role in FOUR[:3]:
        agree(cast, role)
    assert as_role("employee").post(address, {"words": "For sent"}).status_code == 404


def test_who_agrees_after_all_takes_her_words_back(cast, plan, measure):
    closing.propose_closing(cast.viewer("leader"), measure, closing=SENTENCE)
    closing.see_otherwise(cast.viewer("employee"), part(cast, "employee"), words="Nei")
    assert not agree(cast, "employee")
    assert line(cast, plan).other_views == ()


def test_of_few_it_is_only_said_that_some_have_agreed(cast, as_role, plan, measure):
    closing.propose_closing(cast.viewer("leader"), measure, closing=SENTENCE)
    agree(cast, "employee")
    page = as_role("leader").get(reverse("plan", args=[plan.pk])).content.decode()
    assert "Noen har sagt seg enig." in page and "av 4 har" not in page


def test_have_you_used_it_says_what_and_when(cast, as_role, measure):
    begins = timezone.now() - timedelta(weeks=3)
    row = Session.objects.create(
        measure=measure, unit_id=measure.unit_id, number=2, starts_at=begins, ends_at=begins, state="held"
    )
    Seat.objects.create(session=row, unit_id=measure.unit_id, person=cast.person["employee"])
    viewer = cast.viewer("employee", timezone.localdate())
    measure.follow_ups.create(person=cast.person["employee"], due_on=viewer.day)
    (one,) = reads.waiting_for(viewer)
    assert (one.title, one.text, one.held_on) == (measure.title, measure.goal, timezone.localtime(begins).date())
    for address in (reverse("my-weeks"), reverse("today"), reverse("my-follow-up", args=[one.pk])):
        page = as_role("employee").get(address).content.decode()
        assert measure.goal in page and "Økta var" in page


def at(number: int, days: int, state: str = "planned") -> Session:
    begins = timezone.now() + timedelta(days=days)
    return Session(pk=number, number=number, starts_at=begins, ends_at=begins, state=state)


def test_only_what_has_begun_can_be_marked_as_held_and_the_next_stand_first():
    sessions = [at(1, -40, "held"), at(2, -5), *(at(number, 10 * number) for number in range(3, 12))]
    listed = session_list(sessions, timezone.now())
    assert [(row.session.pk, row.due) for row in listed.first] == [(2, True), (3, False), (4, False), (5, False)]
    assert listed.folded and (listed.total, listed.ahead) == (11, 9)
    everything = [row.session.pk for _month, rows in listed.months for row in rows]
    assert everything == [*range(3, 12), 1, 2]


def test_few_sessions_are_not_folded():
    listed = session_list([at(1, -40, "held"), at(2, 5)], timezone.now())
    assert not listed.folded and [row.session.pk for row in listed.first] == [1, 2]


def test_a_page_has_no_button_for_a_session_ahead(cast, as_role, plan, measure):
    for days in (-1, 5):
        begins = timezone.now() + timedelta(days=days)
        Session.objects.create(measure=measure, unit_id=plan.unit_id, starts_at=begins, ends_at=begins)
    page = as_role("leader").get(reverse("plan", args=[plan.pk])).content.decode()
    assert page.count("/held/") == 1
    assert Measure.objects.for_system("test").get().closing == ""
