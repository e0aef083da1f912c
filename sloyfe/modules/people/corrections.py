"""A change of the organisation was written on the wrong day: history is told anew from the right one, and says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer
from sloyfe.core.audit.actions import record
from sloyfe.modules.people.models import Affiliation, Bond, Edge, RoleHolding, Succession, Unit, UnitName
from sloyfe.modules.people.restructure import EDIT, derive, require


def correct_day(viewer: Viewer, succession: Succession, *, day: date) -> None:
    """The whole change this succession is part of happened on another day than we wrote.

    All that was written on the wrong day about the units in it moves with it: their periods, names and
    places, and the people and roles that went from one of them to another. Raises ValidationError when
    something would then end before it began.
    """
    require(viewer, EDIT)
    wrong = succession.day
    if day == wrong:
        raise ValidationError(_("That is the day we have already."))
    rows = same_change(succession)
    before, after = {row.before_id for row in rows}, {row.after_id for row in rows}
    with transaction.atomic():
        for row, field in list(_dated(before, after, wrong)):
            setattr(row, field, day)
            _must_hold(row)
            row.save(update_fields=[field])
        Succession.objects.filter(pk__in=[row.pk for row in rows]).update(day=day, corrected_on=viewer.day)
        derive(viewer.day, Bond.values, min(day, wrong))
        record(viewer, "unit.day_corrected", succession.before, was=wrong, now=day)


def same_change(succession: Succession) -> list[Succession]:
    """Every succession of the same day that hangs together with this one, by the units it shares."""
    that_day = list(Succession.objects.filter(day=succession.day).select_related("before", "after").order_by("pk"))
    units = {succession.before_id, succession.after_id}
    while True:
        rows = [row for row in that_day if row.before_id in units or row.after_id in units]
        grown = {pk for row in rows for pk in (row.before_id, row.after_id)}
        if grown == units:
            return rows
        units = grown


def _dated(before: set[int], after: set[int], wrong: date) -> Iterable[tuple[Any, str]]:
    """Rows about the units of a change with the field that holds its day."""
    units = before | after
    ends, begins = Q(valid_to=wrong), Q(valid_from=wrong)
    for rows in (
        Unit.objects.filter(pk__in=units),
        UnitName.objects.filter(unit__in=units),
        Edge.objects.filter(Q(child__in=units) | Q(parent__in=units)),
    ):
        yield from ((row, "valid_to") for row in rows.filter(ends))
        yield from ((row, "valid_from") for row in rows.filter(begins))
    for model in (Affiliation, RoleHolding):
        rows = model.objects.for_system("the day a unit went on as another is put right")
        left, came = rows.filter(ends, unit__in=before), rows.filter(begins, unit__in=after)
        went = set(left.values_list("person", flat=True)) & set(came.values_list("person", flat=True))
        yield from ((row, "valid_to") for row in left.filter(person__in=went))
        yield from ((row, "valid_from") for row in came.filter(person__in=went))


def _must_hold(row: Any) -> None:
    if row.valid_to is not None and row.valid_to <= row.valid_from:
        unit = row if isinstance(row, Unit) else getattr(row, "unit", None) or row.child
        raise ValidationError(
            _("With that day, something about %(unit)s would end before it began. Choose a day in between."),
            params={"unit": unit.name},
        )
