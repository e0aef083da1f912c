"""What comes from outside: which of it reaches a unit or the viewer herself, and what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sloyfe.core.access import GuardedQuerySet, Line, Viewer
from sloyfe.core.lang import label
from sloyfe.modules.catalogue.models import Cause, CauseTouches, Competence
from sloyfe.modules.catalogue.reads.profiles import SET, sets_everywhere, units_set
from sloyfe.modules.people.public import above_on, below


@dataclass(frozen=True, slots=True)
class Touched:
    competence_id: int
    competence: str
    level: int | None


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing from outside, in the words its page tells it. `unit` is empty where it holds for everybody."""

    pk: int
    kind: str
    kind_label: str
    title: str
    changes: str
    ordered_by: str
    source: str
    address: str
    mandatory: bool
    unit: str
    line: str
    first_day: date
    ends: date | None
    begun: bool
    touches: tuple[Touched, ...]


def causes_for(viewer: Viewer, unit_id: int) -> list[Coming]:
    """What reaches a unit and is not over, the next to come first, then what holds already, the latest first."""
    return comings(viewer, not_over(viewer).filter(_reaching((unit_id, line) for line in Line)))


def causes_for_me(viewer: Viewer) -> list[Coming]:
    """What reaches the viewer where she works herself, on her own line."""
    return comings(viewer, not_over(viewer).filter(_reaching((post.unit_id, post.line) for post in viewer.posts)))


def causes_around(viewer: Viewer) -> GuardedQuerySet:
    """What reaches the viewer, and all in the units she sets requirements for; also what is over."""
    rows = Cause.objects.all()
    if sets_everywhere(viewer):
        return rows
    return rows.filter(_reaching((post.unit_id, post.line) for post in viewer.posts) | Q(unit__in=units_set(viewer)))


def causes_set_by(viewer: Viewer) -> GuardedQuerySet:
    """Those not over that the viewer may change: all of them, or those of units she sets requirements for."""
    rows = not_over(viewer).select_related("unit")
    if sets_everywhere(viewer):
        return rows
    mine = Q(pk__in=())
    for line in ("", *Line):
        mine |= Q(line=line, unit__in=units_on(viewer, line))
    return rows.filter(mine)


def units_on(viewer: Viewer, line: str) -> frozenset[int]:
    """Units the viewer sets requirements for on a line; without one, on either, as for requirements."""
    return (viewer.units(SET, Line(line)) or frozenset()) if line else units_set(viewer)


def not_over(viewer: Viewer) -> GuardedQuerySet:
    return Cause.objects.filter(Q(valid_to=None) | Q(valid_to__gt=viewer.day))


def is_over(viewer: Viewer, row: Cause) -> bool:
    return row.valid_to is not None and row.valid_to <= viewer.day


def comings(viewer: Viewer, rows: GuardedQuerySet) -> list[Coming]:
    touches = CauseTouches.objects.filter(cause__in=rows.order_by()).select_related("cause__unit", "competence")
    found: dict[Cause, list[Touched]] = defaultdict(list)
    for row in touches.order_by("cause__valid_from", "cause", "pk"):
        found[row.cause].append(Touched(row.competence_id, label(row.competence, viewer.language), row.level))
    told = [coming(viewer, row, each) for row, each in found.items()]
    ahead = [one for one in told if not one.begun]
    return ahead + sorted((one for one in told if one.begun), key=lambda one: one.first_day, reverse=True)


def coming(viewer: Viewer, row: Cause, touches: Iterable[Touched]) -> Coming:
    """Also of a row that is not stored yet, to be looked at before it is."""
    return Coming(
        pk=row.pk or 0,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        title=row.title,
        changes=row.changes,
        ordered_by=row.get_ordered_by_display(),
        source=row.source,
        address=row.address,
        mandatory=row.mandatory,
        unit=row.unit.name if row.unit else "",
        line=row.get_line_display(),
        first_day=row.valid_from,
        ends=row.valid_to,
        begun=row.valid_from <= viewer.day,
        touches=tuple(touches),
    )


def told_of(viewer: Viewer, rows: Iterable[tuple[Competence, int | None]]) -> list[Touched]:
    return [Touched(one.pk, label(one, viewer.language), level) for one, level in rows]


def touches_of(row: Cause) -> list[tuple[Competence, int | None]]:
    rows = CauseTouches.objects.filter(cause=row).select_related("competence").order_by("pk")
    return [(each.competence, each.level) for each in rows]


def offices_reached(row: Cause, offices: Iterable[int]) -> int | None:
    """How many of these offices it reaches; None for all of them."""
    if row.unit_id is None:
        return None
    lines = [Line(row.line)] if row.line else list(Line)
    under = frozenset().union(*(below([row.unit_id], line) for line in lines))
    return len(under & set(offices))


def _reaching(places: Iterable[tuple[int, Line]]) -> Q:
    """What is set for everybody, or for one of these places or a unit above it, on the line of the place."""
    found = Q(pk__in=())
    for unit, line in places:
        above = above_on(unit, line)
        found |= (Q(unit=None) | Q(unit__in=above)) & Q(line__in=("", line.value))
    return found
