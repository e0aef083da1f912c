"""Who is looking: one frozen value that reads, actions, jobs and tests all take as their first argument.

A viewer is made per request (or per job) and never changes. What she may do comes as grants, each with
where it holds and since when, so that every page can answer «why do I see this?».
Units are resolved at most once per viewer; the organisation module supplies the tree, by settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from importlib import import_module
from typing import Protocol, TypeAlias, cast

from django.conf import settings


class Line(StrEnum):
    """The two lines of authority that can meet in one office."""

    STATE = "state"
    MUNICIPAL = "municipal"


class Scope(StrEnum):
    """How far a grant reaches from where its role is held."""

    OWN = "own"
    UNIT = "unit"
    OFFICE = "office"
    AREA = "area"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Grant:
    """One capability held in one place: «may view persons in this office, municipal line, since 1 March»."""

    capability: str
    scope: Scope
    role: str
    unit_id: int | None = None
    lines: tuple[Line, ...] = tuple(Line)
    since: date | None = None
    deputy: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """Where a viewer herself works today. What she does there is told beside, and tells no two places apart."""

    unit_id: int
    line: Line
    position: str = field(default="", compare=False)


UnitIds: TypeAlias = frozenset[int]


class Organisation(Protocol):
    """What the gates ask of the organisation; the people module answers."""

    def below(self, roots: Iterable[int], line: Line) -> UnitIds: ...

    def around(self, unit_ids: Iterable[int], circle: str) -> UnitIds: ...

    def led_nearest(self, roots: Mapping[Line, set[int]], person_id: int, day: date) -> frozenset[Post]: ...

    def explain(self, grant: Grant) -> str: ...


def organisation() -> Organisation:
    return cast(Organisation, import_module(settings.SLOYFE_ORGANISATION))


LEADER = "leader"
EVERYWHERE: None = None
"""Stands in for a list of all units: the question is then asked without a list."""


@dataclass(frozen=True)
class Viewer:
    """One person looking, on one day, in one language."""

    person_id: int | None
    day: date
    language: str = "nb"
    name: str = ""
    user_id: int | None = None
    posts: tuple[Post, ...] = ()
    grants: tuple[Grant, ...] = field(default=(), repr=False)
    roles: frozenset[int] = field(default=frozenset(), repr=False)
    """Kinds of role she holds herself, also those that grant nothing."""

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None or self.person_id is not None

    @property
    def me(self) -> int:
        """The viewer's own id, where only a person can be looking. LookupError for nobody."""
        if self.person_id is None:
            raise LookupError("nobody has signed in")
        return self.person_id

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.strip() else ""

    def may(self, capability: str) -> bool:
        return any(grant.capability == capability for grant in self.grants)

    def grants_for(self, capability: str) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.capability == capability)

    def units(self, capability: str, line: Line) -> UnitIds | None:
        """Ids of the units where the capability holds on this line; `EVERYWHERE` (None) when all."""
        return self._reach.get((capability, line), frozenset())

    def around(self, circle: str) -> UnitIds:
        """Units in the viewer's own `office`, `area` or `county`."""
        if circle not in self._circles:
            mine = [post.unit_id for post in self.posts]
            self._circles[circle] = organisation().around(mine, circle)
        return self._circles[circle]

    @cached_property
    def led(self) -> frozenset[Post]:
        """Places (unit, line) whose staff have this viewer as their nearest leader today."""
        roots: dict[Line, set[int]] = {}
        for grant in self.grants:
            if grant.role == LEADER and not grant.deputy and grant.unit_id is not None:
                for line in grant.lines:
                    roots.setdefault(line, set()).add(grant.unit_id)
        if self.person_id is None or not roots:
            return frozenset()
        return organisation().led_nearest(roots, self.person_id, self.day)

    @cached_property
    def _reach(self) -> Mapping[tuple[str, Line], UnitIds | None]:
        below: dict[tuple[int, Scope, Line], UnitIds] = {}
        reach: dict[tuple[str, Line], UnitIds | None] = {}
        for grant in self.grants:
            for line in grant.lines:
                key = (grant.capability, line)
                if grant.scope is Scope.EVERYWHERE:
                    reach[key] = EVERYWHERE
                elif grant.scope is not Scope.OWN and reach.get(key, frozenset()) is not None:
                    found = reach.get(key, frozenset()) or frozenset()
                    reach[key] = found | _resolve(grant, line, below)
        return reach

    @cached_property
    def _circles(self) -> dict[str, UnitIds]:
        return {}


def _resolve(grant: Grant, line: Line, seen: dict[tuple[int, Scope, Line], UnitIds]) -> UnitIds:
    if grant.unit_id is None:
        return frozenset()
    key = (grant.unit_id, grant.scope, line)
    if key not in seen:
        org, here = organisation(), [grant.unit_id]
        circle = grant.scope in (Scope.AREA, Scope.OFFICE)
        seen[key] = org.around(here, grant.scope.value) if circle else org.below(here, line)
    return seen[key]


def nobody(day: date, language: str = "nb") -> Viewer:
    """Somebody who has not signed in: holds nothing, sees nothing."""
    return Viewer(person_id=None, day=day, language=language)
