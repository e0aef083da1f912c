"""What pages and files show of a picture: only what was published, and only nodes that concern the viewer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sloyfe.core.access import GuardedQuerySet, Line, Viewer
from sloyfe.core.lang import label
from sloyfe.core.release import Reason
from sloyfe.modules.catalogue.models import Competence, Placement
from sloyfe.modules.people.public import office_of, unit_kinds
from sloyfe.reporting.picture.models import NodeOffice, Publication, PublishedNode

Kind = PublishedNode.Kind
FEW_AT_MOST = 5
"""A number that is told and is no higher than this is said to rest on few."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as it was told: `n` of `of`, or why not. `as_of` where an earlier picture's number still stands."""

    n: int | None = None
    of: int | None = None
    why: int = Reason.NOT_OFFERED
    as_of: date | None = None

    @property
    def shown(self) -> bool:
        return self.n is not None

    @property
    def width(self) -> str:
        """For the bar: how much of 60 is filled, as an SVG attribute."""
        return f"{60 * self.n / self.of:.1f}" if self.n is not None and self.of else "0"

    @property
    def few(self) -> bool:
        return self.n is not None and self.n <= FEW_AT_MOST

    @property
    def asked(self) -> bool:
        """Is anybody here asked for this at all?"""
        return self.why != Reason.NOBODY


NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Topic:
    """A competence with its place in the lists of the publication, and the areas it lies in, by name."""

    place: int
    pk: int
    name: str
    areas: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One competence at one node, in the picture before, and at the node above."""

    topic: Topic
    here: Cell
    before: Cell
    above: Cell
    spread: Spread | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How those who are asked divide: above, just at and below what is asked; not answered, or not counted."""

    above: int | None
    at: int | None
    below: int | None
    silent: int | None
    leaving: Cell


def publications(viewer: Viewer) -> list[Publication]:
    """All pictures there are, the newest first."""
    rows: GuardedQuerySet = Publication.objects.for_viewer(viewer, "picture.view").filter(day__lte=viewer.day)
    return list(rows)


def nodes_of(viewer: Viewer, publication: Publication) -> list[PublishedNode]:
    """The nodes that concern the viewer, those above first, then by name. Never by how they do."""
    rows = PublishedNode.objects.for_viewer(viewer, "picture.view").filter(publication=publication)
    return list(rows.defer("figures"))


def node_of(viewer: Viewer, publication: Publication | None, key: int | None) -> PublishedNode | None:
    """One node with its figures, if it concerns the viewer."""
    if publication is None or key is None:
        return None
    rows = PublishedNode.objects.for_viewer(viewer, "picture.view").filter(publication=publication, key=key)
    found: PublishedNode | None = rows.first()
    return found


def with_figures(viewer: Viewer, publication: Publication, keys: Iterable[int]) -> list[PublishedNode]:
    rows = PublishedNode.objects.for_viewer(viewer, "picture.view")
    return list(rows.filter(publication=publication, key__in=list(keys)))


def own_node(viewer: Viewer, publication: Publication, nodes: Sequence[PublishedNode]) -> PublishedNode | None:
    """Where the viewer belongs: her own office's node. Who works above the offices comes to what hers is a part of, or
    to the whole where she follows the whole."""
    offices = set(office_of(post.unit_id for post in viewer.posts).values())
    smallest = [node.pk for node in nodes if node.kind in (Kind.OFFICE, Kind.POOL)]
    rows = NodeOffice.objects.for_viewer(viewer, "picture.view").filter(office__in=offices)
    mine = set(rows.filter(node__publication=publication).values_list("node", flat=True)) if offices else set()
    own = next((node for node in nodes if node.pk in mine and node.pk in smallest), None)
    if own is not None and "office" in unit_kinds(offices).values():
        return own
    if own is None or any(viewer.units("picture.view", line) is None for line in Line):
        return next(iter(nodes), None)
    return next((node for node in nodes if node.key == own.parent_key), own)


def neighbours_of(viewer: Viewer, node: PublishedNode) -> list[int]:
    """The offices that are shown together in a node, by id."""
    rows = NodeOffice.objects.for_viewer(viewer, "picture.view").filter(node=node)
    return list(rows.values_list("office", flat=True))


def topics(publication: Publication, language: str) -> list[Topic]:
    """The competences of a picture by name."""
    rows = {row.pk: row for row in Competence.objects.filter(pk__in=publication.competences)}
    areas: dict[int, dict[int, str]] = {}
    lies = Placement.objects.filter(competence__in=publication.competences, area__isnull=False)
    for row in lies.select_related("area"):
        areas.setdefault(row.competence_id, {})[row.area_id] = label(row.area, language)
    found = [
        Topic(place, pk, label(rows[pk], language), areas.get(pk, {}))
        for place, pk in enumerate(publication.competences)
        if pk in rows
    ]
    return sorted(found, key=lambda topic: topic.name.casefold())


def areas_of(found: Iterable[Topic]) -> dict[int, str]:
    """The areas that these competences lie in, by name."""
    names = {area: name for topic in found for area, name in topic.areas.items()}
    return dict(sorted(names.items(), key=lambda one: one[1].casefold()))


def cell(node: PublishedNode | None, table: str, place: int | None) -> Cell:
    entry = node.figures.get(table) if node is not None else None
    if entry is None or place is None:
        return NOTHING
    as_of = entry["as_of"][place]
    return Cell(
        entry["n"][place], entry["of"][place], entry["why"][place], date.fromisoformat(as_of) if as_of else None
    )


def rows_of(
    node: PublishedNode,
    before: PublishedNode | None,
    above: PublishedNode | None,
    found: Sequence[Topic],
    table: str = "meets",
) -> list[Row]:
    """What is told of each competence that anybody here is asked for."""
    earlier = {pk: place for place, pk in enumerate(before.publication.competences)} if before is not None else {}
    rows = [
        Row(
            topic,
            cell(node, table, topic.place),
            _unless_same(cell(before, table, earlier.get(topic.pk))),
            cell(above, table, topic.place),
            spread(node, topic.place) if "below" in node.figures else None,
        )
        for topic in found
    ]
    return [row for row in rows if row.here.asked]


def _unless_same(before: Cell) -> Cell:
    """What an earlier picture carried from one still earlier is not told as its own."""
    return replace(before, as_of=None) if before.shown else before


def spread(node: PublishedNode, place: int) -> Spread:
    """What can be said of how people divide, each number by itself; what cannot is None."""
    meets, below = cell(node, "meets", place), cell(node, "below", place)
    above = cell(node, "above", place)
    now = [one for one in (meets, below, above) if one.as_of is not None]
    both = meets.shown and below.shown and not now
    return Spread(
        above=above.n,
        at=meets.n - above.n if meets.n is not None and above.n is not None and not now else None,
        below=below.n,
        silent=meets.of - meets.n - below.n
        if both and meets.of and meets.n is not None and below.n is not None
        else None,
        leaving=cell(node, "leaving", place),
    )


def wishes(node: PublishedNode, found: Iterable[Topic]) -> list[str]:
    """What five or more wish to practise, by name. Never how many, never who."""
    return [topic.name for topic in found if cell(node, "wish", topic.place).n]
