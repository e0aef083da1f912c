"""Tell of something from outside that gives rise to a need, change it, and end it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sloyfe.core.access import OutOfReach, Viewer, delete_as, save_as
from sloyfe.core.audit.actions import record
from sloyfe.modules.catalogue.models import Cause, CauseTouches, Competence
from sloyfe.modules.catalogue.reads.causes import is_over, units_on
from sloyfe.modules.catalogue.reads.profiles import SET, sets_everywhere

Touches = Iterable[tuple[Competence, int | None]]


def tell(viewer: Viewer, row: Cause, touches: Touches) -> Cause:
    """Make or change one. It must hold within where the viewer sets requirements, before the change and after it."""
    made = row._state.adding
    if not made:
        _must_set(viewer, Cause.objects.get(pk=row.pk))
    _must_set(viewer, row)
    with transaction.atomic():
        save_as(viewer, row, SET)
        CauseTouches.objects.filter(cause=row).delete()
        CauseTouches.objects.bulk_create(
            CauseTouches(cause=row, competence=competence, level=level) for competence, level in touches
        )
        record(viewer, "cause.told" if made else "cause.changed", row, unit=row.unit_id, title=row.title)
    return row


def end(viewer: Viewer, row: Cause, *, last_day: date) -> None:
    """It holds no more after a day. What has not begun by then goes altogether."""
    _must_set(viewer, row)
    if last_day < viewer.day - timedelta(days=1):
        raise ValidationError({"last_day": _("Choose yesterday or a later day.")})
    with transaction.atomic():
        record(viewer, "cause.ended", row, unit=row.unit_id, title=row.title, last_day=last_day)
        if row.valid_from > last_day:
            delete_as(viewer, row, SET)
        else:
            row.valid_to = last_day + timedelta(days=1)
            save_as(viewer, row, SET)


def _must_set(viewer: Viewer, row: Cause) -> None:
    if is_over(viewer, row) and not row._state.adding:
        raise OutOfReach("what is over stands as it was")
    if not sets_everywhere(viewer) and (row.unit_id is None or row.unit_id not in units_on(viewer, row.line)):
        raise OutOfReach("it reaches further than where this viewer sets requirements")
