"""Changing the organisation and keeping its history: open, rename, move, merge, split, close.

Every action needs «org.edit», runs in one transaction and raises ValidationError with a sentence when the
history would not hold together; then nothing has changed. A wrong day is put right in `corrections`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sloyfe.core.access import OutOfReach, Viewer, save_many_as
from sloyfe.core.audit.actions import record
from sloyfe.modules.people.consequences import ahead
from sloyfe.modules.people.models import Affiliation, Bond, Edge, RoleHolding, Succession, Unit, UnitName
from sloyfe.modules.people.tree import CyclicTree, edges_from, rebuild_closure, refuse_cycles

EDIT = "org.edit"


def require(viewer: Viewer, capability: str) -> None:
    """The guard of changes to public tables, which every gate lets everybody read. Raises OutOfReach."""
    if not viewer.may(capability):
        raise OutOfReach(f"outside what this viewer may change ({capability})")


def open_unit(viewer: Viewer, *, number: str, name: str, kind: str, first_day: date, language: str = "nb") -> Unit:
    require(viewer, EDIT)
    unit = Unit(number=number, name=name, kind=kind, language=language, valid_from=first_day)
    with transaction.atomic():
        unit.full_clean()
        unit.save()
        UnitName.objects.create(unit=unit, name=name, valid_from=first_day)
        record(viewer, "unit.opened", unit, number=number, name=name, day=first_day)
    return unit


def rename(viewer: Viewer, unit: Unit, *, name: str, from_day: date) -> None:
    """A new name from a day; the earlier one keeps its period. On the day a name began, it is put right."""
    require(viewer, EDIT)
    _must_exist(unit, from_day)
    with transaction.atomic():
        if unit.names.filter(valid_from__gt=from_day).exists():
            raise ValidationError(_("The unit got its present name after that day. Choose a later day."))
        unit.names.filter(valid_from=from_day).delete()
        unit.names.filter(ahead(from_day)).update(valid_to=from_day)
        new = UnitName(unit=unit, name=name, valid_from=from_day, valid_to=unit.valid_to)
        new.full_clean()
        new.save()
        record(viewer, "unit.renamed", unit, before=unit.name, after=name, day=from_day)
        if from_day <= viewer.day:
            unit.name = name
            unit.save(update_fields=["name"])


def place(viewer: Viewer, unit: Unit, *, under: Sequence[Unit], bond: str, from_day: date) -> None:
    """Stand under these parents in a bond from a day; earlier parents end the day before."""
    require(viewer, EDIT)
    for each in (unit, *under):
        _must_exist(each, from_day)
    with transaction.atomic():
        wanted = {parent.pk for parent in under}
        ahead = Q(valid_to=None) | Q(valid_to__gt=from_day)
        for edge in Edge.objects.filter(ahead, child=unit, bond=bond).order_by("valid_from"):
            wanted -= _carry_on(edge, from_day, stays=edge.parent_id in wanted)
        for parent in under:
            if parent.pk in wanted:
                edge = Edge(child=unit, parent=parent, bond=bond, valid_from=from_day)
                edge.full_clean()
                edge.save()
        derive(viewer.day, [bond], from_day)
        numbers = [parent.number for parent in under]
        record(viewer, "unit.placed", unit, bond=bond, under=numbers, day=from_day)


def _carry_on(edge: Edge, from_day: date, *, stays: bool) -> set[int]:
    """Let an edge go on from the day, or end it there; gives the parent if it went on."""
    if stays:
        edge.valid_from, edge.valid_to = min(edge.valid_from, from_day), None
        edge.save()
        return {edge.parent_id}
    if edge.valid_from >= from_day:
        edge.delete()
    else:
        edge.valid_to = from_day
        edge.save()
    return set()


def pass_on(
    viewer: Viewer,
    before: Unit,
    *,
    after: Mapping[int, Decimal],
    day: date,
    note: str = "",
    close: bool = True,
    bring_along: bool = False,
) -> None:
    """A merge or a split: `before` goes on as one or several units, with the share each takes (0–1).

    `bring_along` moves its people, its roles and the units under it, to the one unit that comes after.
    """
    require(viewer, EDIT)
    _must_add_up(before, after)
    units = Unit.objects.in_bulk(list(after))
    heirs = [units[pk] for pk in after]
    for heir in heirs:
        _must_exist(heir, day)
    if bring_along and len(heirs) != 1:
        raise ValidationError(_("People can only be moved along to one unit. In a split they are moved one by one."))
    with transaction.atomic():
        for heir in heirs:
            row = Succession(before=before, after=heir, day=day, share=after[heir.pk], note=note)
            row.full_clean()
            row.save()
        if bring_along:
            move_contents(viewer, before, heirs[0], day)
        if close:
            close_unit(viewer, before, from_day=day)
        derive(viewer.day, Bond.values, day)
        record(viewer, "unit.passed_on", before, to=sorted(heir.number for heir in heirs), day=day)


def _must_add_up(before: Unit, after: Mapping[int, Decimal]) -> None:
    if not after:
        raise ValidationError(_("Say which unit comes after. To close a unit for good, use «Close»."))
    if before.pk in after:
        raise ValidationError(_("A unit cannot go on as itself."))
    if min(after.values()) <= 0:
        raise ValidationError(_("Each unit that comes after must take a share."))
    if sum(after.values()) > 1:
        raise ValidationError(_("The shares add up to more than the whole unit."))


def move_contents(viewer: Viewer, before: Unit, after: Unit, day: date) -> None:
    """What stands in `before` stands in `after` from a day: units under it, people who work there, roles held."""
    with transaction.atomic():
        _move_edges(before, after, day)
        _move_rows(viewer, Affiliation, "person.edit", before, after, day)
        _move_rows(viewer, RoleHolding, "role.edit", before, after, day)


def _move_edges(before: Unit, after: Unit, day: date) -> None:
    moved = list(Edge.objects.filter(ahead(day), parent=before).exclude(child=after))
    there = set(Edge.objects.filter(ahead(day), parent=after).values_list("child", "bond"))
    for edge in moved:
        if (edge.child_id, edge.bond) not in there:
            begins = max(edge.valid_from, day)
            Edge(child_id=edge.child_id, parent=after, bond=edge.bond, valid_from=begins, valid_to=edge.valid_to).save()
        _carry_on(edge, day, stays=False)


def _move_rows(
    viewer: Viewer, model: type[Affiliation | RoleHolding], capability: str, before: Unit, after: Unit, day: date
) -> None:
    everybody = model.objects.for_system("a unit goes on as another").filter(ahead(day), unit=before)
    mine = model.objects.for_viewer(viewer, capability).filter(ahead(day), unit=before)
    if mine.count() != everybody.count():
        raise OutOfReach(f"{model.__name__}: some rows are outside what this viewer may change ({capability})")
    copies = []
    for row in mine.filter(valid_from__lt=day):
        row.pk, row.unit, row.valid_from = None, after, day
        copies.append(row)
    mine.filter(valid_from__gte=day).update(unit=after)
    mine.filter(valid_from__lt=day).update(valid_to=day)
    save_many_as(viewer, model, copies, capability)


def close_unit(viewer: Viewer, unit: Unit, *, from_day: date) -> None:
    """The unit is no more from that day. Its edges and its name end with it; people must be moved first."""
    require(viewer, EDIT)
    if unit.valid_to is not None:
        raise ValidationError(_("%(unit)s is closed already."), params={"unit": unit.name})
    if unit.valid_from >= from_day:
        raise ValidationError(_("The unit cannot close before it has opened."))
    _must_be_empty(unit, from_day)
    with transaction.atomic():
        unit.valid_to = from_day
        unit.save(update_fields=["valid_to"])
        for rows in (
            UnitName.objects.filter(unit=unit),
            Edge.objects.filter(Q(child=unit) | Q(parent=unit)),
        ):
            rows.filter(valid_from__gte=from_day).delete()
            rows.filter(ahead(from_day)).update(valid_to=from_day)
        derive(viewer.day)
        record(viewer, "unit.closed", unit, day=from_day)


def _must_be_empty(unit: Unit, day: date) -> None:
    work = Affiliation.objects.for_system("may the unit close?").filter(ahead(day), unit=unit)
    people = work.values("person").distinct().count()
    if people:
        told = ngettext(
            "%(n)s person still works in %(unit)s after that day. Move that person first.",
            "%(n)s people still work in %(unit)s after that day. Move them first.",
            people,
        )
        raise ValidationError(told, params={"unit": unit.name, "n": people})
    held = RoleHolding.objects.for_system("may the unit close?").filter(ahead(day), unit=unit).count()
    if held:
        told = ngettext(
            "%(n)s role is still held in %(unit)s after that day. End or move it first.",
            "%(n)s roles are still held in %(unit)s after that day. End or move them first.",
            held,
        )
        raise ValidationError(told, params={"unit": unit.name, "n": held})


def _must_exist(unit: Unit, day: date) -> None:
    if not unit.holds_on(day):
        raise ValidationError(
            _("%(unit)s does not exist on that day. Choose a day when it does."), params={"unit": unit.name}
        )


def derive(today: date, bonds: Iterable[str] = (), from_day: date = date.max) -> None:
    """Today's closure, and no circle in these bonds on that day or later. ValidationError names the circle."""
    try:
        for bond in bonds:
            for children in edges_from(from_day, bond):
                refuse_cycles(children)
        rebuild_closure(today)
    except CyclicTree as circle:
        names = dict(Unit.objects.filter(pk__in=circle.units).values_list("pk", "name"))
        text = " → ".join(names.get(pk, str(pk)) for pk in circle.units)
        raise ValidationError(_("A unit would stand above itself: %(circle)s."), params={"circle": text}) from None
