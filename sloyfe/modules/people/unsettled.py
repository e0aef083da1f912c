"""What is not settled yet: roles without mandate, time or deputy, and what was held by people who have left.

Said to those concerned only: whoever follows the roles of the unit, and the holder herself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.lang import in_language
from sloyfe.modules.people.models import Handover, RoleHolding

FOLLOW = "role.follow"
MANDATE_FROM_ELSEWHERE = ("leader", "union_rep", "safety_rep")
"""Roles whose tasks, time and anchoring follow from a position, an agreement or the law. Only the deputy is asked."""

NO_DEPUTY = Q(deputy=None)
NOT_SETTLED = NO_DEPUTY | (
    (Q(tasks="") | Q(hours_week=None) | Q(anchored_by="")) & ~Q(kind__code__in=MANDATE_FROM_ELSEWHERE)
)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A role held with something left to agree on. `open` is a whole sentence about the role, not the person."""

    pk: int
    who: str
    what: str
    where: str
    open: str


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """Something somebody held when she left, that nobody has taken over."""

    pk: int
    what: str
    unit: str
    who: str
    left_on: date


def unsettled_roles(viewer: Viewer, most: int = 50) -> list[Unsettled]:
    """Roles with something left to settle where the viewer follows roles, and her own first."""
    own = _not_settled(viewer, "role.view").filter(person=viewer.person_id)
    own_first = Case(When(person=viewer.person_id, then=0), default=1)
    rows = (own | _not_settled(viewer, FOLLOW)).order_by(own_first, "unit__name", "kind__code", "pk")[:most]
    return [
        Unsettled(
            row.pk,
            row.person.name,
            in_language(row.kind, "name", viewer.language),
            row.unit.name,
            open_sentence(row),
        )
        for row in rows
    ]


def _not_settled(viewer: Viewer, capability: str) -> GuardedQuerySet:
    rows = RoleHolding.objects.for_viewer(viewer, capability).on(viewer.day).filter(NOT_SETTLED)
    return rows.select_related("person", "kind", "unit")


def open_sentence(holding: RoleHolding) -> str:
    """What is left to agree on about a role, in a sentence; empty when all is settled."""
    left = open_points(holding)
    if not left:
        return ""
    if len(left) == 1:
        return _("Not settled yet: %(what)s.") % {"what": left[0]}
    return _("Not settled yet: %(some)s and %(last)s.") % {"some": ", ".join(left[:-1]), "last": left[-1]}


def open_points(holding: RoleHolding) -> list[str]:
    own_mandate = holding.kind.code not in MANDATE_FROM_ELSEWHERE
    points = (
        (own_mandate and not holding.tasks, _("what the role does")),
        (own_mandate and holding.hours_week is None, _("the time for it")),
        (holding.deputy_id is None, _("who is deputy")),
        (own_mandate and not holding.anchored_by, _("where it is anchored")),
    )
    return [words for missing, words in points if missing]


def unsettled_handovers(viewer: Viewer, most: int = 50) -> list[ToHandOver]:
    """What people who have left held, and nobody has taken over, where the viewer follows roles."""
    rows = Handover.objects.for_viewer(viewer, FOLLOW).filter(settled_on=None)
    return [
        ToHandOver(row.pk, what_was_held(row, viewer.language), row.unit.name, row.person.name, row.left_on)
        for row in rows.select_related("unit", "person", "holding__kind")[:most]
    ]


def what_was_held(handover: Handover, language: str) -> str:
    """The role, or the place as deputy for it, in the reader's language."""
    held = handover.holding
    if held is None:
        return handover.what
    role = in_language(held.kind, "name", language)
    return role if held.person_id == handover.person_id else _("deputy for %(role)s") % {"role": role}
