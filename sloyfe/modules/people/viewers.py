"""Makes the viewer of a request or a job from dated affiliations and roles held."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sloyfe.core.access import Grant, Line, Post, Scope, Viewer
from sloyfe.core.access.roles import matrix
from sloyfe.core.access.viewer import LEADER
from sloyfe.modules.people.models import Affiliation, Person, RoleHolding, RoleKind, Unit, User


def viewer_for(user: User, day: date, language: str) -> Viewer:
    """What this user may do on a day. A user without a person, or without work today, holds nothing."""
    if user.person_id is None:
        return Viewer(person_id=None, day=day, language=language, name=user.username, user_id=user.pk)
    return viewer_for_person(user.person_id, day, language, user_id=user.pk)


def viewer_for_person(person_id: int, day: date, language: str, *, user_id: int | None = None) -> Viewer:
    work = Affiliation.objects.for_system("make the viewer").on(day).filter(person=person_id)
    rows = list(
        work.order_by("-percentage", "pk").values_list("unit", "line", "position", "valid_from", "person__name")
    )
    posts = tuple(Post(unit, Line(line), position) for unit, line, position, _since, _name in rows)
    name = rows[0][4] if rows else _name_of(person_id)
    held = _held(person_id, day) if rows else []
    grants = _grants("employee", posts, rows[0][3]) + _role_grants(person_id, held) if rows else ()
    return Viewer(
        person_id=person_id,
        day=day,
        language=language,
        name=name,
        user_id=user_id,
        posts=posts,
        grants=grants,
        roles=frozenset(row.kind for row in held if row.person == person_id),
    )


def _name_of(person_id: int) -> str:
    return str(Person.objects.for_system("make the viewer").values_list("name", flat=True).get(pk=person_id))


def _grants(role: str, posts: tuple[Post, ...], since: date) -> tuple[Grant, ...]:
    """What work itself gives. Colleagues are colleagues on both lines; only a role is bound to its own."""
    return tuple(
        Grant(allowed.capability, allowed.scope, role, post.unit_id, tuple(Line), since)
        for allowed in matrix()[role]
        for post in (posts[:1] if allowed.scope in (Scope.OWN, Scope.EVERYWHERE) else posts)
    )


class _Holding(NamedTuple):
    """A role held by her, or by somebody she is the deputy of."""

    person: int
    kind: int
    code: str
    unit: int
    line: str
    since: date


def _held(person_id: int, day: date) -> list[_Holding]:
    rows = RoleHolding.objects.for_system("make the viewer").on(day)
    rows = rows.filter(Q(person=person_id) | Q(deputy=person_id)).order_by("pk")
    return [_Holding(*row) for row in rows.values_list("person", "kind", "kind__code", "unit", "line", "valid_from")]


def _role_grants(person_id: int, held: list[_Holding]) -> tuple[Grant, ...]:
    found: list[Grant] = []
    for row in held:
        deputy = row.person != person_id
        role = "deputy_leader" if deputy and row.code == LEADER else row.code
        lines = (Line(row.line),) if row.line else tuple(Line)
        found += [
            Grant(allowed.capability, allowed.scope, role, row.unit, lines, row.since, deputy)
            for allowed in matrix().get(role, ())
        ]
    return tuple(found)


def explain(grant: Grant) -> str:
    """Why a viewer holds a grant, in a sentence to herself.

    A grant without a capability comes from the log of looks, and is told to the one who was looked at.
    """
    unit = Unit.objects.filter(pk=grant.unit_id or 0).values_list("name", flat=True).first() or ""
    words = {"unit": unit, "day": date_format(grant.since, "j. F Y") if grant.since else ""}
    if grant.role != "employee":
        words["role"] = role_name(grant.role)
    return _sentence(grant) % words


def _sentence(grant: Grant) -> str:
    to_herself = bool(grant.capability)
    if grant.role == "employee":
        since = _("You work in %(unit)s, since %(day)s.")
        return since if to_herself else _("Works in %(unit)s, since %(day)s.")
    if grant.deputy:
        since = _("You are deputy for a %(role)s in %(unit)s, since %(day)s.")
        return since if to_herself else _("Is deputy for a %(role)s in %(unit)s, since %(day)s.")
    since = _("You are %(role)s in %(unit)s, since %(day)s.")
    return since if to_herself else _("Is %(role)s in %(unit)s, since %(day)s.")


def role_name(code: str) -> str:
    language = (get_language() or "nb")[:2]
    kind = RoleKind.objects.filter(code=LEADER if code == "deputy_leader" else code).first()
    return str(getattr(kind, f"name_{language}", None) or kind or code)
