"""A neighbour covers by agreement: one leader asks, the other says yes or no, and either can end it."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sloyfe.core.access import OutOfReach, Viewer, delete_as, save_as
from sloyfe.core.audit.actions import record
from sloyfe.modules.catalogue.models import CoverAgreement, Requirement
from sloyfe.modules.catalogue.reads.covers import EDIT, led_offices, neighbours_of, to_cover


def ask_neighbour(viewer: Viewer, row: CoverAgreement) -> CoverAgreement:
    """Ask a neighbour to cover. It counts when the neighbour has said yes, and from its first day."""
    if row.unit_id not in led_offices(viewer):
        raise OutOfReach("only who leads the office asks a neighbour to cover for it")
    if row.by_unit_id not in neighbours_of(viewer, row.unit_id):
        raise ValidationError(_("Choose an office nearby."))
    if row.requirement_id not in {asked.pk for asked in to_cover(viewer, row.unit_id)}:
        raise ValidationError(_("Choose something the office must offer."))
    row.agreed_on = None
    with transaction.atomic():
        Requirement.objects.select_for_update().get(
            pk=row.requirement_id
        )  # of two that ask at once, one sees the other
        _refuse_twice(viewer, row)
        save_as(viewer, row, EDIT)
        record(viewer, "agreement.asked", row, unit=row.unit_id, by_unit=row.by_unit_id)
    return row


def _refuse_twice(viewer: Viewer, row: CoverAgreement) -> None:
    same = CoverAgreement.objects.for_viewer(viewer, EDIT).filter(
        requirement=row.requirement_id, unit=row.unit_id, by_unit=row.by_unit_id
    )
    overlap = same.exclude(valid_to__lte=row.valid_from)
    if (overlap.exclude(valid_from__gte=row.valid_to) if row.valid_to else overlap).exists():
        raise ValidationError(_("You have an agreement with this office about the same thing in these days."))


def answer_neighbour(viewer: Viewer, row: CoverAgreement, *, yes: bool) -> None:
    """Said by whoever leads the office that is asked. A no leaves nothing behind but the line in the log."""
    if row.by_unit_id not in led_offices(viewer):
        raise OutOfReach("only who leads the office that is asked answers for it")
    with transaction.atomic():
        row = _as_it_stands(viewer, row)
        if row.agreed_on is not None:
            raise ValidationError(_("This has been answered already."))
        if yes and row.valid_to and row.valid_to <= viewer.day:
            raise ValidationError(_("The days they asked about have passed."))
        record(viewer, "agreement.made" if yes else "agreement.declined", row, unit=row.unit_id, by_unit=row.by_unit_id)
        if yes:
            row.agreed_on = viewer.day
            save_as(viewer, row, EDIT)
        else:
            delete_as(viewer, row, EDIT)


def end_agreement(viewer: Viewer, row: CoverAgreement, *, last_day: date) -> None:
    """End it on a day, by either office. One that was never answered, or has not begun by then, goes."""
    if not led_offices(viewer).keys() & {row.unit_id, row.by_unit_id}:
        raise OutOfReach("only who leads one of the two offices ends their agreement")
    end = last_day + timedelta(days=1)
    if last_day < viewer.day:
        raise ValidationError(_("Choose today or a later day."))
    with transaction.atomic():
        row = _as_it_stands(viewer, row)
        if row.valid_to and row.valid_to < end:
            raise ValidationError(_("It ends before that already."))
        record(viewer, "agreement.ended", row, unit=row.unit_id, by_unit=row.by_unit_id, last_day=last_day)
        if row.agreed_on is None or row.valid_from >= end:
            delete_as(viewer, row, EDIT)
        else:
            row.valid_to = end
            save_as(viewer, row, EDIT)


def _as_it_stands(viewer: Viewer, row: CoverAgreement) -> CoverAgreement:
    """Read again and held until the transaction ends: what a page read a while ago undoes nobody's answer."""
    rows = CoverAgreement.objects.for_viewer(viewer, EDIT).select_for_update(of=("self",))
    found: CoverAgreement | None = rows.filter(pk=row.pk).first()
    if found is None:
        raise ValidationError(_("It had been answered or taken back already. Nothing was changed."))
    return found
