"""Every route of the house, and what each role of the cast meets there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from sloyfe.core.access import PUBLIC, SIGNED_IN
from sloyfe.core.access.door import Open
from sloyfe.core.access.roles import matrix
from tests.cast import PEOPLE, Cast

ROLES = ("anonymous", *PEOPLE)
# What each of the cast is, written by hand: the matrix of routes must follow from this and access.yaml alone.
HOLDS = {
    "anonymous": (),
    "outsider": (),
    "employee": ("employee",),
    "state_employee": ("employee",),
    "neighbour_employee": ("employee",),
    "leader": ("employee", "leader"),
    "state_leader": ("employee", "leader"),
    "neighbour_leader": ("employee", "leader"),
    "deputy": ("employee", "deputy_leader"),
    "resource_person": ("employee", "resource_person"),
    "county_adviser": ("employee", "county_adviser"),
    "directorate_adviser": ("employee", "directorate_adviser"),
    "hr_admin": ("employee", "hr_admin"),
    "union_rep": ("employee", "union_rep"),
    "safety_rep": ("employee", "safety_rep"),
}
SAMPLE = {"int": "0", "str": "none", "slug": "none", "path": "none", "uuid": "00000000-0000-0000-0000-000000000000"}
ARGUMENT = re.compile(r"<(?:(\w+):)?\w+>")


@dataclass(frozen=True)
class Route:
    name: str
    route: str
    needs: str | Open | None

    @property
    def url(self) -> str:
        """An address on the route; its arguments point at nothing, so only the door answers."""
        return "/" + ARGUMENT.sub(lambda found: SAMPLE[found[1] or "str"], self.route)


def routes(patterns: Any = None) -> Iterator[Route]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield Route(pattern.name or "", str(pattern.pattern), getattr(pattern.callback, "needs", None))
        else:
            yield from routes(pattern.url_patterns)


def may_enter(role: str, needs: str | Open) -> bool:
    """Whether the hand-written matrix lets a role of the cast through a door."""
    if needs is PUBLIC:
        return True
    if needs is SIGNED_IN:
        return role != "anonymous"
    return any(right.capability == needs for held in HOLDS[role] for right in matrix().get(held, ()))


Table = dict[Route, dict[str, int]]


def table(cast: Cast) -> Table:
    """The status each role gets on each route. The row gate is not asked here: no argument points at a row."""
    clients = {role: _client(cast, role) for role in ROLES}
    rows = sorted(routes(), key=lambda route: route.name)
    with patch.multiple("sloyfe.project.urls", handler403=_bare(403), handler404=_bare(404)):
        return {route: {role: clients[role].get(route.url).status_code for role in ROLES} for route in rows}


def _bare(status: int) -> Callable[..., HttpResponse]:
    """A refusal without its page, which has tests of its own: a thousand of them are met here."""
    return lambda request, exception: HttpResponse(status=status)


def _client(cast: Cast, role: str) -> Client:
    client = Client()
    if role != "anonymous":
        client.force_login(cast.user(role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def as_text(found: Table) -> str:
    """The matrix as it lies in `access_matrix.txt`: one line a route, one column a role."""
    width = max(len(route.name) for route in found)
    needs = max(len(_needs(route)) for route in found)
    lines = [" " * (width + needs + 4) + " ".join(f"{role[:12]:>12}" for role in ROLES)]
    for route, row in found.items():
        cells = " ".join(f"{row[role]:>12}" for role in ROLES)
        lines.append(f"{route.name:<{width}}  {_needs(route):<{needs}}  {cells}")
    return "\n".join(lines) + "\n"


def _needs(route: Route) -> str:
    return route.needs.name if isinstance(route.needs, Open) else str(route.needs)
