"""What holds for a whole unit: minimum staffing, fixed duties, learning time, and the calendars it uses."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sloyfe.core.access import Line, Viewer, delete_as, save_as
from sloyfe.core.audit.actions import record
from sloyfe.modules.people.public import unit_names
from sloyfe.modules.time.models import (
    Busy,
    CalendarSource,
    FixedDuty,
    LearningTime,
    MinimumStaffing,
    RosterShift,
)

EDIT = "time.edit"

Row = MinimumStaffing | FixedDuty | LearningTime | CalendarSource
MODELS: dict[str, type[Row]] = {
    "staffing": MinimumStaffing,
    "duty": FixedDuty,
    "learning": LearningTime,
    "source": CalendarSource,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything kept about a unit that holds now or later."""

    staffing: list[MinimumStaffing]
    duty: list[FixedDuty]
    learning: list[LearningTime]
    source: list[CalendarSource]


def unit_name(viewer: Viewer, unit_id: int) -> str | None:
    """The name of a unit whose hours the viewer keeps, on either line; None for any other."""
    reach = [viewer.units(EDIT, line) for line in Line]
    if any(units is None or unit_id in units for units in reach):
        return unit_names([unit_id]).get(unit_id)
    return None


def kept(viewer: Viewer, unit_id: int) -> Kept:
    found: dict[str, list[Row]] = {}
    for kind, model in MODELS.items():
        rows = model.objects.for_viewer(viewer, EDIT).filter(unit=unit_id)
        if model is CalendarSource:
            rows = rows.order_by("name", "pk")
        else:
            rows = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=viewer.day)).order_by("valid_from", "pk")
        found[kind] = list(rows)
    found["staffing"].sort(key=_by_week)
    found["duty"].sort(key=_by_week)
    return Kept(**found)  # type: ignore[arg-type]  # each list holds the model its name says


def _by_week(row: Row) -> tuple[object, ...]:
    return (row.weekday, row.start, row.pk) if isinstance(row, MinimumStaffing | FixedDuty) else ()


def add(viewer: Viewer, row: Row) -> None:
    """Raises ValidationError with a sentence where the new row and one that stands cannot both hold."""
    with transaction.atomic():
        if isinstance(row, LearningTime):
            _make_room(viewer, row)
        else:
            _refuse_twice(viewer, row)
        save_as(viewer, row, EDIT)
        record(viewer, f"{row._meta.model_name}.added", row)


def _make_room(viewer: Viewer, row: LearningTime) -> None:
    """One figure at a time: the new one follows the old."""
    rows = LearningTime.objects.for_viewer(viewer, EDIT).filter(unit=row.unit_id)
    rows.filter(valid_from__gte=row.valid_from).delete()
    for before in rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=row.valid_from)):
        before.valid_to = row.valid_from
        save_as(viewer, before, EDIT)


def _refuse_twice(viewer: Viewer, row: MinimumStaffing | FixedDuty | CalendarSource) -> None:
    others = type(row).objects.for_viewer(viewer, EDIT).filter(unit=row.unit_id)
    if isinstance(row, CalendarSource):
        if others.filter(name__iexact=row.name).exists():
            raise ValidationError(_("There is already a calendar with this name."))
        return
    same_time = others.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=row.valid_from),
        weekday=row.weekday,
        start__lt=row.end,
        end__gt=row.start,
    )
    if isinstance(row, FixedDuty) and same_time.exists():
        raise ValidationError(_("There is already a fixed duty at this time. Take it out first, or choose another."))
    if isinstance(row, MinimumStaffing) and same_time.filter(what__iexact=row.what).exists():
        raise ValidationError(_("There is already a minimum staffing here at this time. Take it out first."))


def remove(viewer: Viewer, row: Row) -> bool:
    """What has held until today ends today, so that earlier plans can still be understood; the rest goes.

    Of a calendar goes what it says of those whose hours the viewer keeps. Gives whether the row itself went: not
    while it still says something of others, such as those on the other line.
    """
    with transaction.atomic():
        record(viewer, f"{row._meta.model_name}.removed", row)
        if isinstance(row, CalendarSource) and not _emptied(viewer, row):
            return False
        if isinstance(row, CalendarSource) or row.valid_from >= viewer.day:
            delete_as(viewer, row, EDIT)
        else:
            row.valid_to = viewer.day
            save_as(viewer, row, EDIT)
    return True


def _emptied(viewer: Viewer, source: CalendarSource) -> bool:
    left = False
    for model in (RosterShift, Busy):
        model.objects.for_viewer(viewer, EDIT).filter(source=source).delete()
        left |= model.objects.for_system("does a calendar say something of others").filter(source=source).exists()
    return not left
