"""«Hva om»: an office merges, posts fall vacant, some get a course; the picture before and after. Nothing is stored.

Two answers, never added up. One from the published figures, as ranges where something is hidden or cannot be known.
One from what people have shared with the one who asks, for who leads them: what rests on so few that it could go with
those who leave. Nobody is pointed out: who leaves is never chosen here. Who has shared with her is not who is counted,
so neither says anything of the other. The raw table is never read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer
from sloyfe.engines.rollup.whatif import Cell as Possible
from sloyfe.engines.rollup.whatif import Change, Course, Figure, Merge, Picture, Range, Vacant, what_if
from sloyfe.engines.rollup.whatif import Node as Counted
from sloyfe.modules.people.public import below_any_line
from sloyfe.modules.plans.public import Known, known_in
from sloyfe.reporting.picture.models import Publication, PublishedNode
from sloyfe.reporting.picture.portrait import name_for
from sloyfe.reporting.picture.reads import (
    Cell,
    Topic,
    cell,
    neighbours_of,
    node_of,
    nodes_of,
    publications,
    topics,
    with_figures,
)
from sloyfe.reporting.picture.words import short_name

Kind = PublishedNode.Kind
SMALLEST = (Kind.OFFICE, Kind.POOL)


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is to be imagined."""

    into: int | None = None
    posts: int = 0
    competence: int | None = None
    learners: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """Where it is imagined. `beside` are those it can merge with, `known` what her own people share with the viewer."""

    node: PublishedNode
    name: str
    publication: Publication
    topics: list[Topic]
    beside: dict[int, str]
    known: list[Known]

    @property
    def asked_here(self) -> list[Topic]:
        return [topic for topic in self.topics if cell(self.node, "meets", topic.place).asked]


@dataclass(frozen=True, slots=True)
class Line:
    """One competence: what is told here, at the one it merges with, and what it can be afterwards."""

    name: str
    now: str
    other: str
    after: str


@dataclass(frozen=True, slots=True)
class Resting:
    """What so many of her people are known to have, and how few of them may be left."""

    names: list[str]
    before: int
    least: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """`people` before and after. `untold` are competences of which nothing can be said."""

    name: str
    other: str
    people: tuple[int, int]
    lines: list[Line]
    untold: list[str]
    resting: list[Resting]


def scene(viewer: Viewer, key: int) -> Scene | None:
    """None where the latest picture has no such node, or it does not concern the viewer."""
    latest = next(iter(publications(viewer)), None)
    node = node_of(viewer, latest, key)
    if node is None or latest is None:
        return None
    nodes = nodes_of(viewer, latest) if node.kind in SMALLEST else []
    beside = [one for one in nodes if one.kind in SMALLEST and one.key != key and one.parent_key == node.parent_key]
    found = topics(latest, viewer.language)
    names = {one.key: short_name(one) for one in sorted(beside, key=lambda one: one.name.casefold())}
    return Scene(node, name_for(viewer, node), latest, found, names, _known(viewer, node))


def _known(viewer: Viewer, node: PublishedNode) -> list[Known]:
    """What those the viewer leads in one of the node's offices have shared with her."""
    if node.kind not in SMALLEST:
        return []
    offices = set(neighbours_of(viewer, node))
    led = sorted({post.unit_id for post in viewer.led if below_any_line(post.unit_id) & offices})
    return [one for unit in led for one in known_in(viewer, unit)]


def imagine(viewer: Viewer, where: Scene, supposed: Supposed) -> Outcome:
    """The picture before and after."""
    into = next(iter(with_figures(viewer, where.publication, [supposed.into])), None) if supposed.into else None
    nodes = [where.node] if into is None else [where.node, into]
    asked_of = [topic for topic in where.topics if any(cell(one, "meets", topic.place).asked for one in nodes)]
    answer = what_if([_counted(one, asked_of) for one in nodes], _changes(where, supposed, asked_of))
    lines, untold = _lines(asked_of, answer.before, answer.after[-1])
    return Outcome(
        name=where.name,
        other=short_name(into) if into else "",
        people=(where.node.people, answer.after[-1].people),
        lines=lines,
        untold=untold,
        resting=_resting(where.known, supposed.posts),
    )


def _changes(where: Scene, supposed: Supposed, found: Sequence[Topic]) -> list[Change]:
    """In this order: the merger, then what happens in what has become of it."""
    changes: list[Change] = []
    at = where.node.key
    if supposed.into is not None:
        changes.append(Merge(at, supposed.into))
        at = supposed.into
    if supposed.posts:
        changes.append(Vacant(at, supposed.posts))
    place = next((n for n, topic in enumerate(found) if topic.pk == supposed.competence), None)
    if place is not None:
        changes.append(Course(at, place, supposed.learners))
    return changes


def _counted(node: PublishedNode, found: Sequence[Topic]) -> Counted:
    return Counted(
        node.key, node.people, tuple(_figure(cell(node, "meets", topic.place), node.people) for topic in found)
    )


def _figure(told: Cell, people: int) -> Figure:
    """A number that still stands from when more worked here says nothing of today."""
    if told.of is None or told.of > people:
        return Figure()
    return Figure(told.of, told.n)


def _lines(found: Sequence[Topic], before: Sequence[Picture], after: Picture) -> tuple[list[Line], list[str]]:
    lines, untold = [], []
    for place, topic in enumerate(found):
        words = [_in_words(one.cells[place]) for one in (*before, after)]
        if any(words):
            lines.append(Line(topic.name, words[0], words[1] if len(before) > 1 else "", words[-1]))
        else:
            untold.append(topic.name)
    return lines, untold


def _in_words(possible: Possible) -> str:
    """«10–12 of 20»; nothing where it can be anything."""
    if possible.meets.low == 0 and possible.meets.high == possible.asked.high:
        return ""
    return _("%(n)s of %(of)s") % {"n": _span(possible.meets), "of": _span(possible.asked)}


def _span(one: Range) -> str:
    return str(one.low) if one.low == one.high else f"{one.low}–{one.high}"


def _resting(known: Sequence[Known], posts: int) -> list[Resting]:
    """What so few are known to have that at most one may be left, the fewest first."""
    by_many: dict[int, list[str]] = {}
    for one in sorted(known, key=lambda one: one.many):
        if posts and one.many - posts <= 1:
            by_many.setdefault(one.many, []).append(one.asked.competence)
    return [Resting(names, many, max(0, many - posts)) for many, names in by_many.items()]
