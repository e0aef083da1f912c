"""Changing the organisation and keeping its history: open, rename, move, merge, split, close, correct a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer
from sloyfe.core.audit.actions import record
from sloyfe.modules.people.models import Edge, Succession, Unit, UnitName
from sloyfe.modules.people.tree import CyclicTree, rebuild_closure


def open_unit(
    viewer: Viewer, *, number: str, name: str, kind: str, first_day: date, language: str = "nb"
) -> Unit:
    unit = Unit(number=number, name=name, kind=kind, language=language, valid_from=first_day)
    with transaction.atomic():
        unit.full_clean()
        unit.save()
        UnitName.objects.create(unit=unit, name=name, valid_from=first_day)
        record(viewer, "opened", unit, number=number, name=name)
    return unit


def rename(viewer: Viewer, unit: Unit, *, name: str, from_day: date) -> None:
    """A new name from a day; the earlier one keeps its period."""
    with transaction.atomic():
        current = unit.names.filter(valid_to=None).order_by("-valid_from").first()
        if current is not None and current.valid_from >= from_day:
            raise ValidationError(_("The unit got its present name on that day or later. Choose a later day."))
        if current is not None:
            current.valid_to = from_day
            current.save()
        UnitName.objects.create(unit=unit, name=name, valid_from=from_day)
        record(viewer, "renamed", unit, before=unit.name, after=name, day=from_day.isoformat())
        unit.name = name
        unit.full_clean()
        unit.save()


def place(viewer: Viewer, unit: Unit, *, under: Sequence[Unit], bond: str, from_day: date) -> None:
    """Stand under these parents in a bond from a day; earlier parents end the day before."""
    with transaction.atomic():
        keep = {parent.pk for parent in under}
        for edge in Edge.objects.filter(child=unit, bond=bond, valid_to=None):
            if edge.parent_id in keep:
                keep.discard(edge.parent_id)
            elif edge.valid_from >= from_day:
                edge.delete()
            else:
                edge.valid_to = from_day
                edge.save()
        for parent in under:
            if parent.pk in keep:
                edge = Edge(child=unit, parent=parent, bond=bond, valid_from=from_day)
                edge.full_clean()
                edge.save()
        _derive(viewer.day)
        record(viewer, "placed", unit, bond=bond, under=[parent.number for parent in under], day=from_day.isoformat())


def pass_on(
    viewer: Viewer, before: Unit, *, after: Mapping[int, Decimal], day: date, note: str = "", close: bool = True
) -> None:
    """A merge or a split: `before` goes on as one or several units, with the share each takes (0–1)."""
    if before.pk in after:
        raise ValidationError(_("A unit cannot go on as itself."))
    if sum(after.values()) > 1:
        raise ValidationError(_("The shares add up to more than the whole unit."))
    with transaction.atomic():
        for pk, share in after.items():
            row = Succession(before=before, after_id=pk, day=day, share=share, note=note)
            row.full_clean()
            row.save()
        if close:
            close_unit(viewer, before, from_day=day)
        record(viewer, "passed on", before, to=sorted(after), day=day.isoformat())


def close_unit(viewer: Viewer, unit: Unit, *, from_day: date) -> None:
    """The unit is no more from that day. Its edges and its name end with it; people must be moved first."""
    with transaction.atomic():
        if unit.valid_from >= from_day:
            raise ValidationError(_("The unit cannot close before it has opened."))
        unit.valid_to = from_day
        unit.save()
        UnitName.objects.filter(unit=unit, valid_to=None, valid_from__lt=from_day).update(valid_to=from_day)
        for side in ("child", "parent"):
            Edge.objects.filter(**{side: unit}, valid_to=None, valid_from__lt=from_day).update(valid_to=from_day)
        _derive(viewer.day)
        record(viewer, "closed", unit, day=from_day.isoformat())


def correct_day(viewer: Viewer, succession: Succession, *, day: date) -> None:
    """The change happened on another day than we wrote. History is re-read from the right day, and says so."""
    wrong = succession.day
    with transaction.atomic():
        for model in (Unit, UnitName, Edge):
            for field in ("valid_from", "valid_to"):
                for row in _dated_on(model, succession, field, wrong):
                    setattr(row, field, day)
                    row.full_clean()
                    row.save()
        Succession.objects.filter(before=succession.before, day=wrong).update(day=day, corrected_on=viewer.day)
        _derive(viewer.day)
        record(viewer, "corrected", succession.before, was=wrong.isoformat(), now=day.isoformat())


def _dated_on(model: type[Unit | UnitName | Edge], succession: Succession, field: str, day: date) -> list[Unit]:
    units = [succession.before_id, *succession.before.successors.filter(day=day).values_list("after", flat=True)]
    key = {Unit: "pk", UnitName: "unit", Edge: "child"}[model]
    return list(model.objects.filter(**{f"{key}__in": units, field: day}))


def _derive(day: date) -> None:
    try:
        rebuild_closure(day)
    except CyclicTree as circle:
        names = dict(Unit.objects.filter(pk__in=circle.units).values_list("pk", "name"))
        text = " → ".join(names.get(pk, str(pk)) for pk in circle.units)
        raise ValidationError(_("A unit would stand above itself: %(circle)s."), params={"circle": text}) from None


