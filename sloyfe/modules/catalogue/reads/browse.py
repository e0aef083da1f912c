"""Walking through the catalogue: frameworks, their areas, and the competences that lie there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.lang import in_language, label
from sloyfe.core.search.ask import LIKELY, search
from sloyfe.modules.catalogue.index import KIND
from sloyfe.modules.catalogue.models import Area, AreaParent, Competence, Framework, Placement, Profile, Status
from sloyfe.modules.catalogue.reads.labels import by_label

FOUND_AT_MOST = 25


@dataclass(frozen=True, slots=True)
class Link:
    """Something with a page of its own."""

    pk: int
    label: str


@dataclass(frozen=True, slots=True)
class AreaLink:
    pk: int
    label: str
    areas: int
    competences: int


@dataclass(frozen=True, slots=True)
class Card:
    """A framework in short, with the areas at the top of it."""

    pk: int
    code: str
    label: str
    about: str
    publisher: str
    version: str
    licence: str
    url: str
    competences: int
    profiles: int
    areas: tuple[AreaLink, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Line:
    """A competence in a list."""

    pk: int
    label: str
    about: str
    kind: str
    status: str


def cards(viewer: Viewer) -> list[Card]:
    """All frameworks, the smallest first: that is most often our own."""
    competences = _counted(Competence.objects.filter(status=Status.PUBLISHED))
    profiles = _counted(Profile.objects.exclude(kind=Profile.Kind.GROUP))
    tops: dict[int, list[Area]] = {}
    for area in Area.objects.filter(parent_links=None).order_by(by_label(viewer.language), "pk"):
        tops.setdefault(area.framework_id, []).append(area)
    links = {link.pk: link for link in area_links(viewer, [area for areas in tops.values() for area in areas])}
    shown = {pk: [links[area.pk] for area in areas if area.pk in links] for pk, areas in tops.items()}
    found = [
        _card(row, viewer.language, competences, profiles, shown.get(row.pk, ()))
        for row in Framework.objects.order_by("pk")
    ]
    return sorted(found, key=lambda card: card.competences)


def card(viewer: Viewer, framework: Framework) -> Card:
    here = {"framework": framework.pk}
    competences = _counted(Competence.objects.filter(status=Status.PUBLISHED, **here))
    profiles = _counted(Profile.objects.exclude(kind=Profile.Kind.GROUP).filter(**here))
    tops = Area.objects.filter(parent_links=None, **here).order_by(by_label(viewer.language), "pk")
    return _card(framework, viewer.language, competences, profiles, area_links(viewer, tops))


def _counted(rows: GuardedQuerySet) -> dict[int, int]:
    return dict(rows.values_list("framework").annotate(Count("pk")).order_by())


def _card(
    row: Framework, language: str, competences: dict[int, int], profiles: dict[int, int], areas: Iterable[AreaLink]
) -> Card:
    return Card(
        pk=row.pk,
        code=row.code,
        label=label(row, language),
        about=in_language(row, "about", language),
        publisher=row.publisher,
        version=row.version,
        licence=row.licence,
        url=row.url if row.url.startswith(("https://", "http://")) else "",
        competences=competences.get(row.pk, 0),
        profiles=profiles.get(row.pk, 0),
        areas=tuple(areas),
    )


def area_links(viewer: Viewer, areas: Iterable[Area]) -> list[AreaLink]:
    """Areas with how much lies directly in each; those with nothing at all are left out."""
    rows = list(areas)
    pks = [area.pk for area in rows]
    below = dict(AreaParent.objects.filter(parent__in=pks).values_list("parent").annotate(Count("pk")).order_by())
    within = dict(
        Placement.objects.filter(area__in=pks, competence__status=Status.PUBLISHED)
        .values_list("area")
        .annotate(Count("pk"))
        .order_by()
    )
    links = [
        AreaLink(area.pk, label(area, viewer.language), below.get(area.pk, 0), within.get(area.pk, 0)) for area in rows
    ]
    return [link for link in links if link.areas or link.competences]


@dataclass(frozen=True, slots=True)
class AreaPage:
    pk: int
    label: str
    about: str
    framework: Link
    above: tuple[Link, ...]
    areas: tuple[AreaLink, ...]


def area_page(viewer: Viewer, area: Area) -> AreaPage:
    language = viewer.language
    above = Area.objects.filter(child_links__area=area).order_by(by_label(language), "pk")
    below = Area.objects.filter(parent_links__parent=area).order_by(by_label(language), "pk")
    return AreaPage(
        pk=area.pk,
        label=label(area, language),
        about=in_language(area, "about", language),
        framework=Link(area.framework_id, label(area.framework, language)),
        above=tuple(Link(row.pk, label(row, language)) for row in above),
        areas=tuple(area_links(viewer, below)),
    )


def competences_in(viewer: Viewer, area: Area) -> GuardedQuerySet:
    """What lies directly in an area, published first."""
    return _ordered(viewer, Competence.objects.filter(placements__area=area))


def competences_outside_areas(viewer: Viewer, framework: Framework) -> GuardedQuerySet:
    """What lies in no area and under no other competence."""
    return _ordered(viewer, Competence.objects.filter(framework=framework, placements=None))


def _ordered(viewer: Viewer, rows: GuardedQuerySet) -> GuardedQuerySet:
    draft = ~Q(status=Status.DRAFT) if not viewer.may("catalogue.edit") else Q()
    found: GuardedQuerySet = rows.filter(draft).order_by("-status", by_label(viewer.language), "pk")
    return found


def lines(viewer: Viewer, rows: Iterable[Competence]) -> list[Line]:
    language = viewer.language
    return [
        Line(row.pk, label(row, language), in_language(row, "about", language), row.get_kind_display(), row.status)
        for row in rows
    ]


def found(viewer: Viewer, text: str) -> list[Line]:
    """Competences near what somebody types, best first, whatever language, misspelled or not."""
    keys = [int(hit.key) for hit in search(text, kinds=(KIND,), limit=FOUND_AT_MOST, at_least=LIKELY)]
    rows = Competence.objects.in_bulk(keys)
    return lines(viewer, [rows[key] for key in keys if key in rows])
