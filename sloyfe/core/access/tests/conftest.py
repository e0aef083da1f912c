"""Two places under one top, three persons, and viewers of each kind, for the attacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pytest

from sloyfe.core.access import Grant, Line, Scope, Viewer
from sloyfe.core.access import viewer as viewer_module
from tests.guarded.models import Assessment, Human, Place

DAY = date(2026, 11, 18)


@dataclass
class Body:
    top: Place
    north: Place
    south: Place
    ann: Human
    bo: Human
    cy: Human


def looker(person: Human | None, *grants: tuple[str, Place], line: Line | None = None) -> Viewer:
    lines = (line,) if line else tuple(Line)
    held = tuple(Grant(capability, Scope.UNIT, "leader", place.pk, lines, DAY) for capability, place in grants)
    return Viewer(person_id=person and person.pk, day=DAY, grants=held)


@pytest.fixture
def body(db, monkeypatch) -> Body:
    top = Place.objects.create(name="top")
    north = Place.objects.create(name="north", parent=top)
    south = Place.objects.create(name="south", parent=top)
    under = {top.pk: {top.pk, north.pk, south.pk}}

    def below(roots, line):
        return frozenset().union(*(under.get(root, {root}) for root in roots))

    monkeypatch.setattr(viewer_module, "organisation", lambda: SimpleNamespace(below=below))
    ann = Human.objects.create(name="ann", place=north)
    bo = Human.objects.create(name="bo", place=south)
    cy = Human.objects.create(name="cy", place=south)
    for human in (ann, bo, cy):
        Assessment.objects.create(human=human, level=3)
    return Body(top, north, south, ann, bo, cy)


@pytest.fixture
def boss(body) -> Viewer:
    return looker(body.ann, ("view", body.top), ("edit", body.top))


@pytest.fixture
def north_leader(body) -> Viewer:
    return looker(body.ann, ("view", body.north))


@pytest.fixture
def only_cy(body) -> Viewer:
    return looker(body.cy)


@pytest.fixture(autouse=True)
def edit_changes(monkeypatch):
    """The guarded tables of the tests know two capabilities: «view» reads, «edit» changes."""
    monkeypatch.setattr("sloyfe.core.access.guard.changing", lambda: frozenset({"edit"}))
