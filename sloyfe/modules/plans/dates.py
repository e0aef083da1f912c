"""Dates of a plan: sought for what lacks them, taken from a proposal, given back, and marked as held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer, save_as
from sloyfe.core.policy import number
from sloyfe.modules.people.public import below_any_line, staff_ids
from sloyfe.modules.plans.lacking import asks_for
from sloyfe.modules.plans.models import FollowUp, Measure, Participant, Plan, Seat, Session
from sloyfe.modules.staffing.public import (
    SESSIONS,
    Ask,
    Proposal,
    Replaced,
    earliest_day,
    find_time,
    proposed_sessions,
    replaced_by,
    take,
)
from sloyfe.modules.time.public import Entry, settle_ledger, write_ledger

EDIT = "plan.edit"


def look_for_time(viewer: Viewer, plan: Plan) -> Proposal:
    """Order dates for what lacks them. What has dates stands, and counts as time that is taken."""
    measures = list(_measures(viewer, plan))
    asks = _asks(viewer, plan, measures, without=())
    if measures and not asks:
        raise ValidationError(
            _("Everything in the plan has dates. To move something, choose «Find new dates» at the measure.")
        )
    return _order(viewer, plan, measures, asks)


def look_for_new_time(viewer: Viewer, measure: Measure) -> Proposal:
    """Order other dates for one measure, instead of those ahead. What has been held stands."""
    plan = measure.priority.plan
    replaced = list(_ahead(viewer, [measure]))
    asks = _asks(viewer, plan, [measure], without=[session.pk for session in replaced])
    if not asks:
        raise ValidationError(_("Every session of this measure has been held. There is nothing to move."))
    instead = [Replaced(s.pk, measure.title, s.cohort, s.starts_at, s.ends_at) for s in replaced]
    return _order(viewer, plan, [measure], asks, instead)


def _order(
    viewer: Viewer, plan: Plan, measures: Sequence[Measure], asks: Sequence[Ask], replaces: Sequence[Replaced] = ()
) -> Proposal:
    _refuse_nobody(measures, asks, viewer.day)
    return find_time(viewer, unit_id=plan.unit_id, origin="plan", origin_id=plan.pk, asks=asks, replaces=replaces)


def _refuse_nobody(measures: Sequence[Measure], asks: Sequence[Ask], today: date) -> None:
    """What cannot be sought, said before anything is."""
    wanted = {ask.key for ask in asks}
    for measure in measures:
        if measure.pk in wanted and measure.window_to < earliest_day(today):
            raise ValidationError(
                _("«%(title)s» may not be placed after a day that is too near. Give it a later «not after» first."),
                params={"title": measure.title},
            )


def _staff(viewer: Viewer, plan: Plan) -> frozenset[int]:
    """Who works here today. The hours of those who have moved are not this office's to plan with."""
    return frozenset(staff_ids(below_any_line(plan.unit_id), viewer.day))


def _measures(viewer: Viewer, plan: Plan) -> Any:
    rows = Measure.objects.for_viewer(viewer, EDIT).filter(priority__plan=plan, closed_on=None)
    return rows.order_by("priority__place", "pk")


def _asks(viewer: Viewer, plan: Plan, measures: Sequence[Measure], without: Sequence[int]) -> list[Ask]:
    """What lacks dates in these measures, as if the sessions in `without` had none."""
    staff = _staff(viewer, plan)
    taking_part: dict[int, list[int]] = defaultdict(list)
    rows = Participant.objects.for_system("the planner needs to know who takes part").filter(measure__in=measures)
    for key, person in rows.values_list("measure", "person"):
        if person in staff:
            taking_part[key].append(person)
    dated: dict[int, list[tuple[int, int, date, int]]] = defaultdict(list)
    seats = Seat.objects.for_system("what has dates is not sought again").filter(session__measure__in=measures)
    standing = seats.exclude(session__state=Session.State.CANCELLED).exclude(session__in=list(without))
    of_session = ("session__measure", "session__cohort", "session__number", "session__starts_at", "person")
    for key, cohort, place, starts_at, person in standing.values_list(*of_session):
        dated[key].append((cohort, place, timezone.localtime(starts_at).date(), person))
    if any(measure.pk not in taking_part for measure in measures):
        raise ValidationError(_("Choose who takes part before you look for time."))
    asks = [ask for m in measures for ask in asks_for(m, taking_part[m.pk], dated[m.pk])]
    return [ask if ask.facilitator in staff else replace(ask, facilitator=None) for ask in asks]


def _ahead(viewer: Viewer, measures: Sequence[Measure]) -> Any:
    """Sessions that have dates and have not begun."""
    rows = Session.objects.for_viewer(viewer, EDIT).filter(measure__in=measures, state=Session.State.PLANNED)
    return rows.filter(starts_at__gt=timezone.now()).order_by("starts_at", "pk")


def take_dates(viewer: Viewer, plan: Plan, proposal: Proposal) -> int:
    """Make the proposal's dates the plan's; those they replace are given back. Returns how many sessions."""
    if proposal.state != Proposal.State.READY:
        raise ValidationError(_("This proposal is no longer open. Look for time again."))
    with transaction.atomic():
        measures = {str(measure.pk): measure for measure in _measures(viewer, plan)}
        found = [s for s in proposed_sessions(viewer, proposal) if s.key in measures]
        dated = [measures[key] for key in {s.key for s in found}]
        replaced = [one.session for one in replaced_by(proposal)]
        release_dates(viewer, _ahead(viewer, dated).filter(pk__in=replaced))
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
        SESSIONS,
        (Entry(person, session.starts_at, session.ends_at, measure.title, session.pk) for person in people),
        "booked",
    )


def release_dates(viewer: Viewer, sessions: Any) -> None:
    """Give the time back, and forget the sessions."""
    keys = list(sessions.values_list("pk", flat=True))
    settle_ledger(SESSIONS, keys, "cancelled")
    Session.objects.for_viewer(viewer, EDIT).filter(pk__in=keys).delete()


def give_back_seats(viewer: Viewer, measure: Measure, people: Collection[int]) -> int:
    """Those who no longer take part get their time back; a session nobody is left in is forgotten. Gives how many."""
    keys = list(_ahead(viewer, [measure]).values_list("pk", flat=True))
    settle_ledger(SESSIONS, keys, "cancelled", people)
    seats = Seat.objects.for_viewer(viewer, EDIT).filter(session__in=keys)
    theirs = seats.filter(person__in=list(people))
    touched = set(theirs.values_list("session", flat=True))
    given, _each = theirs.delete()
    empty = touched - set(seats.values_list("session", flat=True))
    release_dates(viewer, _ahead(viewer, [measure]).filter(pk__in=empty))
    return int(given)


def mark_held(viewer: Viewer, session: Session) -> None:
    """The session was held: the ledger says done, and each participant will be asked twice how it went."""
    if session.starts_at > timezone.now():
        raise ValidationError(_("The session has not been held yet."))
    held_on = timezone.localtime(session.starts_at).date()
    with transaction.atomic():
        session.state = Session.State.HELD
        save_as(viewer, session, EDIT)
        settle_ledger(SESSIONS, [session.pk], "done")
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
