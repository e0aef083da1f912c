"""Agreements by which a neighbour covers: those a leader's offices have asked for, been asked for, and stand by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.lang import label
from sloyfe.modules.catalogue.models import CoverAgreement
from sloyfe.modules.catalogue.required import Asked, asked_of_unit
from sloyfe.modules.people.public import around, unit_names, workplace_names

EDIT = "plan.edit"


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreement. `answers` and `ends` tell whether the viewer may answer it, and end it or take it back."""

    pk: int
    what: str
    unit: str
    by_unit: str
    people: int
    words: str
    valid_from: date
    valid_to: date | None
    agreed_on: date | None
    answers: bool
    ours: bool


def led_offices(viewer: Viewer) -> dict[int, str]:
    """The workplaces the viewer makes plans and agreements for, by name."""
    roots = {grant.unit_id for grant in viewer.grants_for(EDIT) if grant.unit_id is not None}
    return workplace_names(roots, viewer.day)


def agreements_of(viewer: Viewer) -> list[Agreed]:
    """All that stand or wait today or later, those that wait for the viewer first."""
    mine = set(led_offices(viewer))
    rows = _open(viewer, mine).select_related("requirement__competence", "unit", "by_unit")
    found = [_agreed(row, mine, viewer.language) for row in rows.order_by("unit__name", "valid_from", "pk")]
    return sorted(found, key=lambda one: (not one.answers, one.agreed_on is not None))


def open_agreements(viewer: Viewer) -> GuardedQuerySet:
    """Those not over yet, where one of the two offices is the viewer's to speak for."""
    return _open(viewer, set(led_offices(viewer)))


def _open(viewer: Viewer, mine: set[int]) -> GuardedQuerySet:
    rows = CoverAgreement.objects.for_viewer(viewer, EDIT).filter(Q(unit__among=mine) | Q(by_unit__among=mine))
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=viewer.day))


def waiting_agreements(viewer: Viewer) -> int:
    """How many wait for an answer from an office of the viewer's."""
    mine = set(led_offices(viewer))
    return _open(viewer, mine).filter(agreed_on=None, by_unit__among=mine).count()


def to_cover(viewer: Viewer, unit_id: int) -> list[Asked]:
    """What the unit itself is asked for, and a neighbour may cover."""
    of_unit, _of_each = asked_of_unit(viewer, unit_id, {})
    return of_unit


def neighbours_of(viewer: Viewer, unit_id: int) -> dict[int, str]:
    """Offices that can be asked, by name: those of the area and the county."""
    near = workplace_names(_near(unit_id), viewer.day)
    return dict(sorted(near.items(), key=lambda one: one[1]))


def _near(unit_id: int) -> Iterable[int]:
    return (around([unit_id], "area") | around([unit_id], "county")) - {unit_id}


def office_name(unit_id: int) -> str:
    return unit_names([unit_id])[unit_id]


def _agreed(row: CoverAgreement, mine: set[int], language: str) -> Agreed:
    return Agreed(
        pk=row.pk,
        what=label(row.requirement.competence, language),
        unit=row.unit.name,
        by_unit=row.by_unit.name,
        people=row.people,
        words=row.agreed,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        agreed_on=row.agreed_on,
        answers=row.agreed_on is None and row.by_unit_id in mine,
        ours=row.unit_id in mine,
    )
