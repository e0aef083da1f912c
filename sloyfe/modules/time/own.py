"""Somebody's own hours, absence and calendar: what she reads and changes herself. Never why she is away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer, delete_as, save_as, save_many_as
from sloyfe.core.audit.actions import record
from sloyfe.modules.time.ics import read_busy
from sloyfe.modules.time.models import Absence, Busy, FacilitatorHours, WorkingPattern

OWN = "own.page"
WEEKS_AHEAD = 26

Week = Mapping[int, tuple[time, time]]
Weekly = type[WorkingPattern] | type[FacilitatorHours]
Hours = TypeVar("Hours", WorkingPattern, FacilitatorHours)


@dataclass(frozen=True, slots=True)
class Mine:
    """`week` is what holds now, one from–to a weekday; `beside` all that such a week cannot say."""

    week: dict[int, tuple[time, time]]
    beside: list[WorkingPattern]
    leading: dict[int, tuple[time, time]]
    absences: list[Absence]
    taken: int


def mine(viewer: Viewer) -> Mine:
    patterns = list(_held(viewer, WorkingPattern))
    week: dict[int, tuple[time, time]] = {}
    beside = []
    for row in patterns:
        if row.weeks == 1 and row.holds_on(viewer.day) and row.weekday not in week:
            week[row.weekday] = (row.start, row.end)
        else:
            beside.append(row)
    leading = {row.weekday: (row.start, row.end) for row in _held(viewer, FacilitatorHours) if row.holds_on(viewer.day)}
    absences = Absence.objects.for_viewer(viewer, OWN).filter(person=viewer.me, last_day__gte=viewer.day)
    return Mine(
        week,
        beside,
        leading,
        list(absences.order_by("first_day", "pk")),
        Busy.objects.for_viewer(viewer, OWN).filter(person=viewer.me, source=None).count(),
    )


def _held(viewer: Viewer, model: type[Hours]) -> list[Hours]:
    rows = model.objects.for_viewer(viewer, OWN).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=viewer.day), person=viewer.me
    )
    return list(rows.order_by("valid_from", "weekday", "start", "pk"))


def set_week(viewer: Viewer, model: Weekly, week: Week, first: date) -> None:
    """This week's hours hold from `first`; what held before ends there, and what was to come is taken out."""
    with transaction.atomic():
        rows = model.objects.for_viewer(viewer, OWN).filter(person=viewer.me)
        rows.filter(valid_from__gte=first).delete()
        for row in rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first)):
            row.valid_to = first
            save_as(viewer, row, OWN)
        for weekday, (start, end) in week.items():
            row = model(person_id=viewer.me, weekday=weekday, start=start, end=end, valid_from=first)
            save_as(viewer, row, OWN)
        record(viewer, f"{model._meta.model_name}.set", None, subject_id=viewer.me)


def add_absence(viewer: Viewer, first_day: date, last_day: date) -> Absence:
    with transaction.atomic():
        rows = Absence.objects.for_viewer(viewer, OWN).filter(person=viewer.me)
        if rows.filter(first_day__lte=last_day, last_day__gte=first_day).exists():
            raise ValidationError(_("You have already said that you are away on some of these days."))
        row = save_as(viewer, Absence(person_id=viewer.me, first_day=first_day, last_day=last_day), OWN)
        record(viewer, "absence.added", row, subject_id=viewer.me)
    return row


def remove_absence(viewer: Viewer, row: Absence) -> None:
    with transaction.atomic():
        record(viewer, "absence.removed", row, subject_id=viewer.me)
        delete_as(viewer, row, OWN)


def read_calendar(viewer: Viewer, data: bytes) -> int:
    """Put the calendar's coming half year in the place of what was read before. Raises Unreadable."""
    spans = read_busy(data, viewer.day, viewer.day + timedelta(weeks=WEEKS_AHEAD))
    with transaction.atomic():
        forget_calendar(viewer)
        rows = [Busy(person_id=viewer.me, starts_at=start, ends_at=end) for start, end in spans]
        save_many_as(viewer, Busy, rows, OWN)
        record(viewer, "calendar.read", None, subject_id=viewer.me)
    return len(spans)


def forget_calendar(viewer: Viewer) -> None:
    Busy.objects.for_viewer(viewer, OWN).filter(person=viewer.me, source=None).delete()
