"""When somebody leaves: what she held ends that day, and is listed the same day until somebody has taken it over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer, save_as
from sloyfe.core.audit.actions import record
from sloyfe.modules.people.models import Affiliation, Handover, RoleHolding
from sloyfe.modules.people.roles import EDIT, Mandate, change, give

PERSON = "person.edit"
BY = "somebody has left"


def end_affiliation(viewer: Viewer, affiliation: Affiliation, last_day: date) -> int:
    """She works here to the end of this day. Gives how many things were listed to hand over, if that was the last."""
    if last_day < affiliation.valid_from:
        raise ValidationError(_("The work cannot end before it has begun."))
    if affiliation.valid_to is not None and affiliation.valid_to <= viewer.day:
        raise ValidationError(_("This has ended already."))
    with transaction.atomic():
        affiliation.valid_to = last_day + timedelta(days=1)
        save_as(viewer, affiliation, PERSON)
        record(viewer, "affiliation.ended", affiliation, subject_id=affiliation.person_id, last_day=last_day)
        return list_handovers(viewer.day, only=[affiliation.person_id])


def list_handovers(day: date, only: Iterable[int] | None = None) -> int:
    """End what is held by people whose last affiliation has ended by this day, and list it. Safe to repeat.

    A deputy who has left is taken off the role she stood in for, and that is listed too.
    """
    with transaction.atomic():
        left = _left_by(day, only)
        return sum(_hand_over(row, left) for row in _held_by(list(left), day))


def _left_by(day: date, only: Iterable[int] | None) -> dict[int, date]:
    """Who has left, and the first day without work. Whoever has work ahead has not left."""
    work = Affiliation.objects.for_system("who has left").values("person").order_by()
    if only is not None:
        work = work.filter(person__in=list(only))
    ended = work.annotate(last=Max("valid_to"), open=Count("pk", filter=Q(valid_to=None)))
    return dict(ended.filter(open=0, last__lte=day).values_list("person", "last"))


def _held_by(people: list[int], day: date) -> list[RoleHolding]:
    found: list[RoleHolding] = []
    held = RoleHolding.objects.for_system("what those who have left held").select_related("kind", "unit")
    rows = held.select_for_update(of=("self",))
    ahead = Q(valid_to=None) | Q(valid_to__gt=day)
    for start in range(0, len(people), 5000):
        some = people[start : start + 5000]
        found += rows.filter(ahead, Q(person__in=some) | Q(deputy__in=some)).order_by("pk")
    return found


def _hand_over(row: RoleHolding, left: dict[int, date]) -> int:
    """Lists one role, or the deputyship for it, or both; gives how many."""
    listed = 0
    if row.person_id in left:
        listed += _list(row, row.person_id, left[row.person_id])
        _end(row, left[row.person_id])
    elif row.deputy_id in left:
        listed += _list(row, row.deputy_id, left[row.deputy_id])
        row.deputy = None
        row.save(update_fields=["deputy"])
    return listed


def _list(row: RoleHolding, person_id: int, left_on: date) -> int:
    what = row.kind.name_nn if row.unit.language == "nn" else row.kind.name_nb
    handover = Handover.objects.create(
        unit=row.unit, person_id=person_id, what=what[:300], holding=row, left_on=left_on
    )
    record(BY, "handover.listed", handover, subject_id=person_id, role=row.kind.code)
    return 1


def _end(row: RoleHolding, left_on: date) -> None:
    if row.valid_from >= left_on:
        row.delete()  # it had not begun, and the list keeps its name
        return
    row.valid_to = left_on
    row.save(update_fields=["valid_to"])


def settle(viewer: Viewer, handover: Handover, *, taken_by: int | None, from_day: date, note: str) -> None:
    """Somebody takes it over, with the same mandate, or it is dropped for a reason that can be read later."""
    if handover.settled_on is not None:
        raise ValidationError(_("This has been settled already."))
    if taken_by is None and not note:
        raise ValidationError(_("Say who takes it over, or why nobody needs to."))
    with transaction.atomic():
        if taken_by is not None:
            _take_over(viewer, handover, taken_by, from_day)
        handover.taken_by_id, handover.settled_on, handover.note = taken_by, viewer.day, note
        save_as(viewer, handover, EDIT)
        record(viewer, "handover.settled", handover, subject_id=handover.person_id, dropped=taken_by is None)


def _take_over(viewer: Viewer, handover: Handover, taken_by: int, from_day: date) -> None:
    held = handover.holding
    if held is None:
        return
    if taken_by == handover.person_id:
        raise ValidationError({"taken_by": _("She has left. Choose somebody who works here.")})
    if held.person_id == handover.person_id:
        mandate = Mandate(held.tasks, held.hours_week, None, held.anchored_by)
        give(
            viewer,
            person_id=taken_by,
            kind=held.kind,
            unit=held.unit,
            line=held.line,
            first_day=from_day,
            mandate=mandate,
        )
    else:
        ends = None if held.valid_to is None else held.valid_to - timedelta(days=1)
        change(viewer, held, Mandate(held.tasks, held.hours_week, taken_by, held.anchored_by, ends))
