"""Making a plan: few priorities, the rest «not now» with a reason, measures, answers."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer, delete_as, save_as
from sloyfe.core.policy import number
from sloyfe.modules.people.public import below_any_line, staff_ids
from sloyfe.modules.plans.dates import give_back_seats, release_dates
from sloyfe.modules.plans.models import FollowUp, Measure, NotNow, Participant, Plan, Priority, Session

EDIT = "plan.edit"
OWN = "own.page"


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
            release_dates(viewer, Session.objects.for_viewer(viewer, EDIT).filter(measure__priority=priority))
            delete_as(viewer, priority, EDIT)
        row = NotNow.objects.for_viewer(viewer, EDIT).filter(plan=plan, competence=competence_id).first()
        row = row or NotNow(plan=plan, unit_id=plan.unit_id, competence_id=competence_id)
        row.requirement_id, row.reason = requirement_id, reason
        return save_as(viewer, row, EDIT)


def undo_not_now(viewer: Viewer, row: NotNow) -> None:
    delete_as(viewer, row, EDIT)


def write_measure(viewer: Viewer, measure: Measure, *, people: list[int]) -> Measure:
    """Save a measure and who takes part: people who work in the unit. Who is taken out gets her time back."""
    allowed = set(staff_ids(below_any_line(measure.unit_id), viewer.day))
    if not set(people) <= allowed:
        raise ValidationError(_("Only people who work in the office can take part."))
    with transaction.atomic():
        save_as(viewer, measure, EDIT)
        rows = Participant.objects.for_viewer(viewer, EDIT).filter(measure=measure)
        now = set(rows.values_list("person", flat=True))
        gone = now - set(people)
        if gone:
            rows.filter(person__in=gone).delete()
            give_back_seats(viewer, measure, gone)
        Participant.objects.bulk_create(
            Participant(measure=measure, unit_id=measure.unit_id, person_id=person) for person in set(people) - now
        )
    return measure


def drop_measure(viewer: Viewer, measure: Measure) -> None:
    with transaction.atomic():
        release_dates(viewer, Session.objects.for_viewer(viewer, EDIT).filter(measure=measure))
        delete_as(viewer, measure, EDIT)


def answer_follow_up(viewer: Viewer, row: FollowUp, *, answer: str, words: str, counts: bool) -> None:
    """«Har du brukt det?» Hers alone; counted only when she says so."""
    row.answer, row.words, row.counts, row.answered_on = answer, words, counts, viewer.day
    save_as(viewer, row, OWN)


def say_named(viewer: Viewer, row: Participant, *, named: bool) -> None:
    """Whether colleagues may see that I take part. Mine to say."""
    row.named = named
    save_as(viewer, row, OWN)
