"""One node over time, from what was published and nothing else; and, where it is asked for, how nodes like it stand.

Those like it are of the same kind and between half and twice as large. They are told as the middle half of at least
five, without names: something to hold one's own number against, never a list to be placed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sloyfe.core.access import Viewer
from sloyfe.reporting.picture.models import Publication, PublishedNode
from sloyfe.reporting.picture.portrait import Question, name_for
from sloyfe.reporting.picture.reads import NOTHING, Cell, Topic, areas_of, cell, publications, topics

FEWEST_LIKE = 5
REASON = "the middle of nodes like this one, without names; published numbers are safe for anybody"


@dataclass(frozen=True, slots=True)
class Like:
    """The middle half of `many` nodes like this one, in per cent."""

    low: int
    high: int
    many: int


@dataclass(frozen=True, slots=True)
class Line:
    """One competence, a cell for each picture; None where this node was not in it. `share` is per cent, now."""

    topic: Topic
    cells: tuple[Cell | None, ...]
    like: Like | None

    @property
    def share(self) -> int | None:
        now = self.cells[-1]
        return round(100 * now.n / now.of) if now is not None and now.n is not None and now.of else None


@dataclass(frozen=True, slots=True)
class Trend:
    """Pictures stand oldest first. `like` tells whether those like it were asked for."""

    node: PublishedNode
    name: str
    publications: list[Publication]
    areas: dict[int, str]
    lines: list[Line]
    like: bool


def trend(viewer: Viewer, key: int, asked: Question, *, like: bool) -> Trend | None:
    """None where the latest picture has no such node, or it does not concern the viewer."""
    pictures = publications(viewer)[::-1]
    nodes = _nodes(viewer, key, pictures)
    now = nodes.get(pictures[-1].pk) if pictures else None
    if now is None:
        return None
    found = topics(pictures[-1], viewer.language)
    areas = areas_of(found)
    within = [topic for topic in found if asked.area not in areas or asked.area in topic.areas]
    others = _like(now) if like else []
    lines = [_line(topic, pictures, nodes, others) for topic in within]
    shown = [line for line in lines if any(one is not None and one.shown for one in line.cells)]
    return Trend(now, name_for(viewer, now), pictures, areas, shown, like)


def _nodes(viewer: Viewer, key: int, pictures: Sequence[Publication]) -> dict[int, PublishedNode]:
    rows = PublishedNode.objects.for_viewer(viewer, "picture.view").filter(key=key, publication__in=pictures)
    return {row.publication_id: row for row in rows}


def _line(
    topic: Topic, pictures: Sequence[Publication], nodes: dict[int, PublishedNode], others: Sequence[PublishedNode]
) -> Line:
    cells = tuple(_cell(topic, picture, nodes.get(picture.pk)) for picture in pictures)
    return Line(topic, cells, _middle([cell(node, "meets", topic.place) for node in others]))


def _cell(topic: Topic, picture: Publication, node: PublishedNode | None) -> Cell | None:
    """None where it was not published then: no such node, or nobody was asked for this."""
    if node is None or topic.pk not in picture.competences:
        return None
    found = cell(node, "meets", picture.competences.index(topic.pk))
    return found if found is not NOTHING else None


def _like(node: PublishedNode) -> list[PublishedNode]:
    rows = PublishedNode.objects.for_system(REASON).filter(publication=node.publication_id, kind=node.kind)
    return list(rows.filter(people__gte=node.people / 2, people__lte=node.people * 2).exclude(pk=node.pk))


def _middle(cells: Sequence[Cell]) -> Like | None:
    shares = [100 * one.n / one.of for one in cells if one.n is not None and one.of]
    if len(shares) < FEWEST_LIKE:
        return None
    low, high = np.percentile(shares, (25, 75))
    return Like(round(low), round(high), len(shares))
