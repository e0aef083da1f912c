"""Every address that takes an id, asked for with the id of a real row by everybody whose row it is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from sloyfe.core.jobs.models import Job
from sloyfe.modules.people.models import Affiliation, Handover, RoleHolding
from sloyfe.modules.plans import actions
from sloyfe.modules.plans.models import FollowUp, Participant, Seat, Session
from sloyfe.modules.staffing.models import Proposal, ProposedSession
from sloyfe.modules.statements import actions as statements
from sloyfe.modules.time.models import Absence, CalendarSource, MinimumStaffing
from tests.cast import DAY, PEOPLE

BOTH_LEADERS = {"leader", "state_leader", "deputy"}
OWN = {"employee"}
TREE = {"hr_admin"}
FJORD_PLAN = {
    *("employee", "state_employee", "leader", "state_leader", "deputy", "union_rep", "safety_rep"),
    *("county_adviser", "directorate_adviser"),
}


@pytest.fixture
def rows(cast, office, plan, measure) -> dict[str, int]:
    """One row of each kind about Eli in Fjord."""
    me, unit = cast.viewer("employee"), cast.unit["fjord"]
    begins = timezone.now() - timedelta(days=30)
    session = Session.objects.create(measure=measure, unit=unit, starts_at=begins, ends_at=begins + timedelta(hours=1))
    Seat.objects.create(session=session, unit=unit, person=cast.person["employee"])
    proposal = Proposal.objects.create(
        unit=unit, origin="plan", origin_id=plan.pk, state="ready", first_day=DAY, last_day=DAY
    )
    ProposedSession.objects.create(
        proposal=proposal, unit=unit, key=str(measure.pk), starts_at=begins, ends_at=begins + timedelta(hours=1)
    )
    statement = statements.say(me, kind="offers", words="Tolk i samtalen")
    job = Job.objects.create(kind="staffing.find_time", owner_id=me.me, language="nb", input_hash="x")
    source = CalendarSource.objects.create(unit=unit, name="Turnus", kind="roster")
    staffing = MinimumStaffing.objects.create(
        unit=unit, weekday=0, start="09:00", end="10:00", what="mottaket", at_least=1, valid_from=DAY
    )
    work = Affiliation.objects.for_system("test").get(person=cast.person["employee"])
    resource = RoleHolding.objects.create(
        person=cast.person["employee"], kind=cast.kind["resource_person"], unit=unit, line="municipal", valid_from=DAY
    )
    handed = Handover.objects.create(
        unit=unit, person=cast.person["employee"], what="fadder", holding=resource, left_on=DAY
    )
    part = Participant.objects.for_viewer(me, "own.page").get()
    asked = FollowUp.objects.create(measure=measure, person=cast.person["employee"], due_on=date(2026, 1, 1))
    away = Absence.objects.create(person=cast.person["employee"], first_day=DAY, last_day=DAY)
    later = actions.not_now(
        cast.viewer("leader"), plan, competence_id=office.topic["cv"].pk, requirement_id=None, reason="Etter jul"
    )
    return {
        "plan": plan.pk,
        "priority": measure.priority_id,
        "measure": measure.pk,
        "session": session.pk,
        "proposal": proposal.pk,
        "statement": statement.pk,
        "share": statements.share(me, statement, audience="leader").pk,
        "need": statements.post_need(me, text="Noen som kan tolk?").pk,
        "job": job.pk,
        "source": source.pk,
        "staffing": staffing.pk,
        "work": work.pk,
        "role": resource.pk,
        "handover": handed.pk,
        "part": part.pk,
        "follow_up": asked.pk,
        "absence": away.pk,
        "not_now": later.pk,
        "person": cast.person["employee"].pk,
        "unit": unit.pk,
        "requirement": office.asked["debt"].pk,
        "profile": office.asked["debt"].profile_id,
    }


# route: what its ids are, and whom the row is for
ADDRESSES = {
    "plan": (("plan",), FJORD_PLAN),
    "plan-choose": (("plan",), BOTH_LEADERS),
    "plan-not-now": (("plan",), BOTH_LEADERS),
    "plan-not-now-undo": (("not_now",), BOTH_LEADERS),
    "plan-find-time": (("plan",), BOTH_LEADERS),
    "plan-take-dates": (("proposal",), BOTH_LEADERS),
    "time-proposal": (("proposal",), BOTH_LEADERS),
    "measure-new": (("priority",), BOTH_LEADERS),
    "measure": (("measure",), BOTH_LEADERS),
    "measure-drop": (("measure",), BOTH_LEADERS),
    "measure-closing": (("measure",), BOTH_LEADERS),
    "session-held": (("session",), BOTH_LEADERS),
    "my-follow-up": (("follow_up",), OWN),
    "my-agree": (("part",), OWN),
    "my-part": (("part",), OWN),
    "ask-turn-to": (("statement",), OWN | {"leader"}),
    "ask-did-not": (("statement",), OWN | {"leader"}),
    "ask-area-take-back": (("need",), OWN),
    "my-share": (("statement",), OWN),
    "my-revoke": (("share",), OWN),
    "my-confirm": (("statement",), OWN),
    "my-take-back": (("statement",), OWN),
    "my-bring-back": (("statement",), OWN),
    "my-hours-away-remove": (("absence",), OWN),
    "office-hours": (("unit",), BOTH_LEADERS | TREE),
    "office-roster": (("unit",), BOTH_LEADERS | TREE),
    "office-roster-keep": (("unit", "source"), BOTH_LEADERS | TREE),
    "office-hours-remove": (("unit", "=staffing", "staffing"), BOTH_LEADERS | TREE),
    "office-hours-add": (("unit", "=staffing"), BOTH_LEADERS | TREE),
    "job": (("job",), OWN),
    "job-stop": (("job",), OWN),
    "job-file": (("job",), OWN),
    "job-file-ready": (("job",), OWN),
    "person": (("person",), OWN | {"leader", "deputy"} | TREE),
    "work-end": (("work",), TREE),
    "let-in": (("person",), TREE),
    "shut-out": (("person",), TREE),
    "role": (("role",), {"leader"} | TREE),
    "role-end": (("role",), {"leader"} | TREE),
    "role-give": (("unit",), {"leader", "state_leader"} | TREE),
    "handover": (("handover",), {"leader"} | TREE),
    "unit-close": (("unit",), TREE),
    "unit-rename": (("unit",), TREE),
    "catalogue-requirement": (("requirement",), {"directorate_adviser"}),
    "catalogue-requirement-end": (("requirement",), {"directorate_adviser"}),
    "catalogue-profile-edit": (("profile",), {"directorate_adviser"}),
    "catalogue-ask": (("profile",), {"directorate_adviser"}),
}


NEEDS_MORE = ("plan-choose", "plan-not-now", "job-file", "job-file-ready")
"""What opens for its owner only with a choice posted, or a file written."""


def address(name, rows) -> str:
    return reverse(name, args=[kind[1:] if kind[0] == "=" else rows[kind] for kind in ADDRESSES[name][0]])


def test_a_real_id_opens_nothing_for_others(as_role, rows):
    opened = []
    for role in PEOPLE:
        client = as_role(role)
        for name in (name for name, (_kinds, whose) in ADDRESSES.items() if role not in whose):
            for answer in (client.get(address(name, rows)), client.post(address(name, rows))):
                named = role != "employee" and "Eli Elvestad" in answer.content.decode()
                if answer.status_code not in (403, 404, 405) or named:
                    opened.append((role, name, answer.status_code))
    assert opened == []


def test_and_it_opens_for_those_whose_it_is(as_role, rows):
    """Else the test above would prove nothing."""
    shut = []
    for name in ADDRESSES.keys() - set(NEEDS_MORE):
        for role in sorted(ADDRESSES[name][1])[:1]:
            client = as_role(role)
            before = transaction.savepoint()
            said = {client.get(address(name, rows)).status_code, client.post(address(name, rows)).status_code}
            transaction.savepoint_rollback(before)
            if not said & {200, 302, 422}:
                shut.append((role, name, said))
    assert shut == []
