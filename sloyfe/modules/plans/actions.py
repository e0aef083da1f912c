"""Making a plan: few priorities, the rest «not now» with a reason, measures, dates taken, the loop closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer, delete_as, save_as
from sloyfe.core.policy import number
from sloyfe.modules.people.public import below_any_line, staff_ids
from sloyfe.modules.plans.models import FollowUp, Measure, NotNow, Participant, Plan, Priority, Seat, Session
from sloyfe.modules.staffing.public import (
    Ask,
    Proposal,
    find_time,
    proposed_sessions,
    take,
)
from sloyfe.modules.time.public import Entry, settle_ledger, write_ledger

EDIT = "plan.edit"
OWN = "own.page"
LEDGER = "plans.session"


def begin_plan(viewer: Viewer, *, unit_id: int, title: str, first_day: date, last_day: date) -> Plan:
    plan = Plan(unit_id=unit_id, title=title, valid_from=first_day, valid_to=last_day + timedelta(days=1))
    return save_as(viewer, plan, EDIT)


def choose(viewer: Viewer, plan: Plan, *, competence_id: int, requirement_id: int | None, way: str) -> Priority:
    """Take a need into the plan. Over the limit, something must go first."""
    limit = number("plan.priorities_at_most", viewer.day)
    with transaction.atomic():
        chosen = Priority.objects.for_viewer(viewer, EDIT).filter(plan=plan)
        if chosen.count() >= limit:
            raise ValidationError(
                _("The plan has %(limit)s priorities already. Put one of them on «not now» first."),
                params={"limit": limit},
            )
        NotNow.objects.for_viewer(viewer, EDIT).filter(plan=plan, competence=competence_id).delete()
        last = chosen.aggregate(last=Max("place"))["last"] or 0
        row = Priority(
            plan=plan,
            unit_id=plan.unit_id,
            competence_id=competence_id,
            requirement_id=requirement_id,
            way=way,
            place=last + 1,
        )
        return save_as(viewer, row, EDIT)


def not_now(viewer: Viewer, plan: Plan, *, competence_id: int, requirement_id: int | None, reason: str) -> NotNow:
    """Leave a need for later, with a reason. A priority on it, and dates it had, go with it."""
    with transaction.atomic():
        for priority in Priority.objects.for_viewer(viewer, EDIT).filter(plan=plan, competence=competence_id):
            _release_dates(viewer, Session.objects.for_viewer(viewer, EDIT).filter(measure__priority=priority))
            delete_as(viewer, priority, EDIT)
        row = NotNow.objects.for_viewer(viewer, EDIT).filter(plan=plan, competence=competence_id).first()
        row = row or NotNow(plan=plan, unit_id=plan.unit_id, competence_id=competence_id)
        row.requirement_id, row.reason = requirement_id, reason
        return save_as(viewer, row, EDIT)


def undo_not_now(viewer: Viewer, row: NotNow) -> None:
    delete_as(viewer, row, EDIT)


def write_measure(viewer: Viewer, measure: Measure, *, people: list[int]) -> Measure:
    """Save a measure and who takes part. Only people who work in the unit can be asked."""
    allowed = set(staff_ids(below_any_line(measure.unit_id), viewer.day))
    if not set(people) <= allowed:
        raise ValidationError(_("Only people who work in the office can take part."))
    with transaction.atomic():
        save_as(viewer, measure, EDIT)
        rows = Participant.objects.for_viewer(viewer, EDIT).filter(measure=measure)
        now = set(rows.values_list("person", flat=True))
        rows.filter(person__in=now - set(people)).delete()
        Participant.objects.bulk_create(
            Participant(measure=measure, unit_id=measure.unit_id, person_id=person) for person in set(people) - now
        )
    return measure


def drop_measure(viewer: Viewer, measure: Measure) -> None:
    with transaction.atomic():
        _release_dates(viewer, Session.objects.for_viewer(viewer, EDIT).filter(measure=measure))
        delete_as(viewer, measure, EDIT)


def look_for_time(viewer: Viewer, plan: Plan) -> Proposal:
    """Order dates for every measure of the plan that asks for sessions."""
    staff = _staff(viewer, plan)
    asks = [_ask(measure, staff) for measure in _measures(viewer, plan)]
    return find_time(viewer, unit_id=plan.unit_id, origin="plan", origin_id=plan.pk, asks=asks)


def _staff(viewer: Viewer, plan: Plan) -> frozenset[int]:
    """Who works here today. The hours of those who have moved are not this office's to plan with."""
    return frozenset(staff_ids(below_any_line(plan.unit_id), viewer.day))


def _measures(viewer: Viewer, plan: Plan) -> Any:
    rows = Measure.objects.for_viewer(viewer, EDIT).filter(priority__plan=plan, closed_on=None)
    return rows.order_by("priority__place", "pk")


def _ask(measure: Measure, staff: frozenset[int]) -> Ask:
    rows = Participant.objects.for_system("the planner needs to know who takes part").filter(measure=measure)
    people = rows.order_by("person").values_list("person", flat=True)
    return Ask(
        key=measure.pk,
        title=measure.title,
        binding=measure.binding,
        participants=tuple(person for person in people if person in staff),
        minutes=measure.minutes,
        sessions=measure.sessions_count,
        gap_weeks=measure.gap_weeks,
        group_size=measure.group_size,
        first_day=measure.window_from,
        last_day=measure.window_to,
        facilitator=measure.facilitator_id if measure.facilitator_id in staff else None,
    )


def take_dates(viewer: Viewer, plan: Plan, proposal: Proposal) -> int:
    """Make the proposal's dates the plan's. Earlier planned dates are given back. Returns how many sessions."""
    if proposal.state != Proposal.State.READY:
        raise ValidationError(_("This proposal is no longer open. Look for time again."))
    with transaction.atomic():
        measures = {str(measure.pk): measure for measure in _measures(viewer, plan)}
        earlier = Session.objects.for_viewer(viewer, EDIT).filter(measure__in=list(measures.values()))
        _release_dates(viewer, earlier.filter(state=Session.State.PLANNED, starts_at__gt=timezone.now()))
        found = [s for s in proposed_sessions(viewer, proposal) if s.key in measures]
        staff = _staff(viewer, plan)
        for proposed in found:
            _book(measures[proposed.key], proposed, [person for person in proposed.people if person in staff])
        take(viewer, proposal)
        plan.state = Plan.State.ADOPTED
        save_as(viewer, plan, EDIT)
    return len(found)


def _book(measure: Measure, proposed: Any, people: list[int]) -> None:
    session = Session.objects.create(
        measure=measure,
        unit_id=measure.unit_id,
        number=proposed.number,
        cohort=proposed.cohort,
        starts_at=proposed.starts_at,
        ends_at=proposed.ends_at,
    )
    Seat.objects.bulk_create(Seat(session=session, unit_id=measure.unit_id, person_id=person) for person in people)
    write_ledger(
        LEDGER,
        (Entry(person, session.starts_at, session.ends_at, measure.title, session.pk) for person in people),
        "booked",
    )


def _release_dates(viewer: Viewer, sessions: Any) -> None:
    keys = list(sessions.values_list("pk", flat=True))
    settle_ledger(LEDGER, keys, "cancelled")
    Session.objects.for_viewer(viewer, EDIT).filter(pk__in=keys).delete()


def mark_held(viewer: Viewer, session: Session) -> None:
    """The session was held: the ledger says done, and each participant will be asked twice how it went."""
    if session.starts_at > timezone.now():
        raise ValidationError(_("The session has not been held yet."))
    held_on = timezone.localtime(session.starts_at).date()
    with transaction.atomic():
        session.state = Session.State.HELD
        save_as(viewer, session, EDIT)
        settle_ledger(LEDGER, [session.pk], "done")
        seats = Seat.objects.for_viewer(viewer, EDIT).filter(session=session).values_list("person", flat=True)
        waits = [number(f"plan.follow_up_{which}_days", viewer.day) for which in ("first", "second")]
        last = session.number == session.measure.sessions_count
        FollowUp.objects.for_system("ask those who took part, once per measure and time").bulk_create(
            (
                FollowUp(measure_id=session.measure_id, person_id=person, due_on=held_on + timedelta(days=wait))
                for person in seats
                for wait in (waits if last else ())
            ),
            ignore_conflicts=True,
        )


def answer_follow_up(viewer: Viewer, row: FollowUp, *, answer: str, words: str, counts: bool) -> None:
    """«Har du brukt det?» Hers alone; counted only when she says so."""
    row.answer, row.words, row.counts, row.answered_on = answer, words, counts, viewer.day
    save_as(viewer, row, OWN)


def say_named(viewer: Viewer, row: Participant, *, named: bool) -> None:
    """Whether colleagues may see that I take part. Mine to say."""
    row.named = named
    save_as(viewer, row, OWN)


def propose_closing(viewer: Viewer, measure: Measure, *, closing: str) -> None:
    """A sentence about the work. It stands only when everybody who took part has agreed; a new one starts over."""
    with transaction.atomic():
        measure.closing, measure.closed_on = closing, None
        save_as(viewer, measure, EDIT)
        Participant.objects.for_viewer(viewer, EDIT).filter(measure=measure).update(agreed_closing_on=None)


def agree_closing(viewer: Viewer, row: Participant) -> bool:
    """One participant agrees. Returns whether that closed the loop."""
    with transaction.atomic():
        row.agreed_closing_on = viewer.day
        save_as(viewer, row, OWN)
        rows = Participant.objects.for_system("has everybody agreed on the sentence").filter(measure=row.measure_id)
        if rows.filter(agreed_closing_on=None).exists():
            return False
        open_one = Measure.objects.for_system("close the loop when all have agreed").filter(pk=row.measure_id)
        return bool(open_one.exclude(closing="").update(closed_on=viewer.day))
