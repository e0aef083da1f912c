"""What is said about persons: who works and holds roles where, and all the viewer may read about one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.lang import in_language
from sloyfe.modules.people.models import Affiliation, LineChoice, Person, RoleHolding, Unit
from sloyfe.modules.people.reads import below_any_line
from sloyfe.modules.people.roles import EDIT
from sloyfe.modules.people.unsettled import FOLLOW, open_sentence

SEE = "person.view"
PAGE, AT_MOST = 30, 200


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role held, as the viewer may read it. `open` is empty when all is settled, or is none of her business."""

    pk: int
    person_id: int
    who: str
    role: str
    about: str
    unit_id: int
    unit: str
    line: str
    tasks: str
    minutes_week: int | None
    deputy: str
    anchored_by: str
    valid_from: date
    valid_to: date | None
    open: str
    may_edit: bool


def role_page(viewer: Viewer, units: Iterable[int], number: str) -> Page[HeldRole]:
    """Roles held today in these units, a page at a time; a number that is no page gives the nearest one."""
    rows = _roles(viewer).on(viewer.day).filter(unit__in=list(units)).order_by("unit__name", "kind__code", "pk")
    page: Page[Any] = Paginator(rows, PAGE).get_page(number)
    page.object_list = _told(viewer, list(page.object_list))
    return page


def roles_here(viewer: Viewer, unit: Unit) -> list[HeldRole]:
    """Roles held today in this very unit."""
    rows = _roles(viewer).on(viewer.day).filter(unit=unit).order_by("kind__code", "pk")
    return _told(viewer, list(rows[:AT_MOST]))


def roles_of(viewer: Viewer, person: Person) -> list[HeldRole]:
    """All a person holds and has held, the newest first."""
    return _told(viewer, list(_roles(viewer).filter(person=person).order_by("-valid_from", "-pk")[:AT_MOST]))


def _roles(viewer: Viewer) -> GuardedQuerySet:
    rows: GuardedQuerySet = RoleHolding.objects.for_viewer(viewer, "role.view").select_related(
        "person", "kind", "unit", "deputy"
    )
    return rows


def _told(viewer: Viewer, rows: list[RoleHolding]) -> list[HeldRole]:
    concerned, editable = _among(viewer, FOLLOW, rows), _among(viewer, EDIT, rows)
    return [
        HeldRole(
            pk=row.pk,
            person_id=row.person_id,
            who=row.person.name,
            role=in_language(row.kind, "name", viewer.language),
            about=in_language(row.kind, "about", viewer.language),
            unit_id=row.unit_id,
            unit=row.unit.name,
            line=str(LineChoice(row.line).label) if row.line else "",
            tasks=row.tasks,
            minutes_week=None if row.hours_week is None else int(row.hours_week * 60),
            deputy=row.deputy.name if row.deputy else "",
            anchored_by=row.anchored_by,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            open=_left_open(viewer, row, concerned),
            may_edit=row.pk in editable,
        )
        for row in rows
    ]


def _left_open(viewer: Viewer, row: RoleHolding, concerned: set[int]) -> str:
    hers = row.person_id == viewer.person_id or row.pk in concerned
    return open_sentence(row) if hers and row.holds_on(viewer.day) else ""


def _among(viewer: Viewer, capability: str, rows: list[RoleHolding]) -> set[int]:
    if not rows or not viewer.may(capability):
        return set()
    reach = RoleHolding.objects.for_viewer(viewer, capability).filter(pk__in=[row.pk for row in rows])
    return set(reach.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Circle:
    """Which units a list of roles is about: the viewer's own office, area or county, or one unit and all below."""

    code: str
    units: frozenset[int]
    unit: Unit | None = None


def circle(viewer: Viewer, asked: str, unit: Unit | None) -> Circle:
    if unit is not None:
        return Circle("unit", below_any_line(unit.pk), unit)
    code = asked if asked in ("office", "area", "county") else "office"
    return Circle(code, viewer.around(code))


def people_here(viewer: Viewer, unit: Unit) -> list[tuple[Person, str]] | None:
    """Those who work in this very unit today with their positions; None when the viewer may not open their pages."""
    if not viewer.may(SEE):
        return None
    rows = Affiliation.objects.for_viewer(viewer, SEE).on(viewer.day).filter(unit=unit).select_related("person")
    return [(row.person, row.position) for row in rows.order_by("person__sort_key", "pk")] or None


@dataclass(frozen=True, slots=True)
class Work:
    """One affiliation on a person's page."""

    pk: int
    unit_id: int
    unit: str
    employer: str
    line: str
    position: str
    percentage: Any
    valid_from: date
    valid_to: date | None
    may_end: bool


def work_of(viewer: Viewer, person: Person) -> list[Work]:
    """Where somebody works and has worked, as far as the viewer may read, the newest first."""
    rows = Affiliation.objects.for_viewer(viewer, SEE).filter(person=person).select_related("unit", "employer")
    mine = Affiliation.objects.for_viewer(viewer, "person.edit").filter(person=person)
    editable = set(mine.values_list("pk", flat=True)) if viewer.may("person.edit") else set()
    return [
        Work(
            row.pk,
            row.unit_id,
            row.unit.name,
            row.employer.name,
            str(LineChoice(row.line).label),
            row.position,
            row.percentage,
            row.valid_from,
            row.valid_to,
            row.pk in editable and (row.valid_to is None or row.valid_to > viewer.day),
        )
        for row in rows.order_by("-valid_from", "-pk")
    ]
