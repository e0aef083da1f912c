"""Giving, changing and ending roles. Nobody gives away more than she has, and nobody deputises for herself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sloyfe.core.access import Line, Scope, Viewer, save_as
from sloyfe.core.access.roles import matrix
from sloyfe.core.audit.actions import record
from sloyfe.core.lang import in_language
from sloyfe.modules.people.models import RoleHolding, RoleKind, Unit

EDIT = "role.edit"
ALONE = ("leader", "deputy_leader")
"""Roles that usually one person holds in a unit at a time, on each line."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """What is agreed about a role. Everything may be empty: then it is not settled yet."""

    tasks: str = ""
    hours_week: Decimal | None = None
    deputy_id: int | None = None
    anchored_by: str = ""
    last_day: date | None = None


def kinds_to_give(viewer: Viewer) -> list[RoleKind]:
    """The kinds of role this viewer may give somewhere, by name in her language."""
    kinds = [kind for kind in RoleKind.objects.all() if may_give_kind(viewer, kind.code)]
    return sorted(kinds, key=lambda kind: in_language(kind, "name", viewer.language).casefold())


def may_give_kind(viewer: Viewer, code: str) -> bool:
    """A role that opens something in the whole body is given only by those who give roles in the whole body."""
    everywhere = all(viewer.units(EDIT, line) is None for line in Line)
    opens_everywhere = any(allowed.scope is Scope.EVERYWHERE for allowed in matrix().get(code, ()))
    return viewer.may(EDIT) and (everywhere or not opens_everywhere)


def give(
    viewer: Viewer,
    *,
    person_id: int,
    kind: RoleKind,
    unit: Unit,
    line: str,
    first_day: date,
    mandate: Mandate,
) -> RoleHolding:
    """A role for a person in a unit, on one line or both (empty). Raises ValidationError or OutOfReach."""
    _must_be_giveable(viewer, person_id, kind, mandate)
    if not unit.holds_on(first_day):
        raise ValidationError({"first_day": _("The unit does not exist on that day. Choose a day when it does.")})
    row = RoleHolding(person_id=person_id, kind=kind, unit=unit, line=line, valid_from=first_day)
    with transaction.atomic():
        _agree(row, mandate)
        save_as(viewer, row, EDIT)
        record(viewer, "role.given", row, subject_id=person_id, role=kind.code, unit=unit.number, day=first_day)
    return row


def change(viewer: Viewer, row: RoleHolding, mandate: Mandate) -> None:
    """Agree anew about a role that is held. Who, what and where stay; for those, end it and give a new one."""
    _must_be_giveable(viewer, row.person_id, row.kind, mandate)
    with transaction.atomic():
        changed = _agree(row, mandate)
        save_as(viewer, row, EDIT)
        record(viewer, "role.changed", row, subject_id=row.person_id, changed=changed)


def end(viewer: Viewer, row: RoleHolding, *, last_day: date) -> None:
    """The role is held to the end of this day. Who could not give it does not take it away."""
    _must_decide(viewer, row.kind)
    if last_day < row.valid_from:
        raise ValidationError({"last_day": _("The role cannot end before it has begun.")})
    with transaction.atomic():
        row.valid_to = last_day + timedelta(days=1)
        save_as(viewer, row, EDIT)
        record(viewer, "role.ended", row, subject_id=row.person_id, last_day=last_day)


def _must_decide(viewer: Viewer, kind: RoleKind) -> None:
    if not may_give_kind(viewer, kind.code):
        raise ValidationError(_("This role opens something in the whole body, so an administrator gives it."))


def _must_be_giveable(viewer: Viewer, person_id: int, kind: RoleKind, mandate: Mandate) -> None:
    _must_decide(viewer, kind)
    everywhere = all(viewer.units(EDIT, line) is None for line in Line)
    if viewer.person_id in (person_id, mandate.deputy_id) and kind.code in matrix() and not everywhere:
        raise ValidationError(_("This role opens something for you, so somebody else must decide about it."))


def _agree(row: RoleHolding, mandate: Mandate) -> list[str]:
    """Write the mandate into the row; gives the names of what changed."""
    if mandate.deputy_id is not None and mandate.deputy_id == row.person_id:
        raise ValidationError({"deputy": _("Nobody can be deputy for herself. Choose somebody else.")})
    if mandate.last_day is not None and mandate.last_day < row.valid_from:
        raise ValidationError({"last_day": _("The last day must not come before the first.")})
    agreed = {
        "tasks": mandate.tasks,
        "hours_week": mandate.hours_week,
        "deputy_id": mandate.deputy_id,
        "anchored_by": mandate.anchored_by,
        "valid_to": None if mandate.last_day is None else mandate.last_day + timedelta(days=1),
    }
    changed = [name for name, value in agreed.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, agreed[name])
    return changed


def already_held(
    viewer: Viewer, *, person_id: int, kind: RoleKind, unit: Unit, line: str, first_day: date, last_day: date | None
) -> list[str]:
    """Sentences about the same role in the same unit in the same period. They warn; they do not refuse."""
    same_line = Q(line="") | Q(line=line) if line else Q()
    rows = RoleHolding.objects.for_viewer(viewer, EDIT).filter(
        same_line, Q(valid_to=None) | Q(valid_to__gt=first_day), kind=kind, unit=unit
    )
    if last_day is not None:
        rows = rows.filter(valid_from__lte=last_day)
    if kind.code not in ALONE:
        rows = rows.filter(person=person_id)
    role = in_language(kind, "name", viewer.language)
    return [
        _("%(who)s holds the same role in %(unit)s in this period: %(role)s.")
        % {"who": row.person.name, "unit": unit.name, "role": role}
        for row in rows.select_related("person")[:3]
    ]
