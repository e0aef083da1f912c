"""One node as its page shows it: its own numbers beside the picture before and the node above, and the ways on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from sloyfe.core.access import Line, Viewer
from sloyfe.core.ui.dates import number_in_words
from sloyfe.modules.people.public import office_of
from sloyfe.reporting.picture.models import Publication, PublishedNode
from sloyfe.reporting.picture.reads import (
    Cell,
    Row,
    areas_of,
    cell,
    neighbours_of,
    node_of,
    nodes_of,
    publications,
    rows_of,
    topics,
    wishes,
    with_figures,
)
from sloyfe.reporting.picture.words import hidden_reasons, short_name

Kind = PublishedNode.Kind
LINES = tuple(line.value for line in Line)
WISHES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Question:
    """What is chosen on the page; whatever makes no sense is left out."""

    on: int | None = None
    area: int | None = None
    line: str = ""
    figure: bool = False


def read_question(given: Mapping[str, str]) -> Question:
    line = given.get("line", "")
    return Question(
        _number(given.get("on")), _number(given.get("area")), line if line in LINES else "", "figure" in given
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


@dataclass(frozen=True, slots=True)
class Portrait:
    """`others` are nodes one can go to: above, beside and beneath. `answered` is how many have, of how many."""

    node: PublishedNode
    name: str
    publication: Publication
    publications: list[Publication]
    before: Publication | None
    above: PublishedNode | None
    above_name: str
    up: list[PublishedNode]
    beneath: list[PublishedNode]
    beside: list[PublishedNode]
    rows: list[Row]
    areas: dict[int, str]
    reasons: list[str]
    wishes: list[str]
    answered: Cell
    answered_in: str
    has_spread: bool
    has_lines: bool

    @property
    def older(self) -> bool:
        """Does an earlier number stand here, with its own date?"""
        return any(row.here.as_of for row in self.rows)

    @property
    def told(self) -> list[Row]:
        """Competences with a number to show, here or in another column."""
        return [row for row in self.rows if row.here.shown or row.before.shown or row.above.shown]

    @property
    def untold(self) -> list[Row]:
        return [row for row in self.rows if not (row.here.shown or row.before.shown or row.above.shown)]

    @property
    def hidden(self) -> int:
        return sum(not row.here.shown for row in self.rows)

    @property
    def nearest(self) -> Row | None:
        """A hidden number that the node above can tell instead."""
        return next((row for row in self.rows if not row.here.shown and row.above.shown), None)


def portrait(viewer: Viewer, key: int, asked: Question) -> Portrait | None:
    """None where there is no such node, no such picture, or it does not concern the viewer."""
    all_of_them = publications(viewer)
    publication = chosen(all_of_them, asked)
    node = node_of(viewer, publication, key)
    if node is None or publication is None:
        return None
    later = all_of_them.index(publication)
    before = all_of_them[later + 1] if later + 1 < len(all_of_them) else None
    nodes = nodes_of(viewer, publication)
    found = topics(publication, viewer.language)
    areas = areas_of(found)
    within = [topic for topic in found if asked.area not in areas or asked.area in topic.areas]
    above = _above(viewer, publication, node)
    table = f"lines.{asked.line}" if asked.line and f"lines.{asked.line}" in node.figures else "meets"
    rows = rows_of(node, node_of(viewer, before, key), above, within, table)
    counted = above if above and "responded" not in node.figures else node
    return Portrait(
        node=node,
        name=name_for(viewer, node),
        publication=publication,
        publications=all_of_them,
        before=before,
        above=above,
        above_name=short_name(above) if above else "",
        up=_up(node, nodes),
        beneath=[one for one in nodes if one.parent_key == key],
        beside=[one for one in nodes if one.parent_key == node.parent_key and one.key != key],
        rows=rows,
        areas=areas,
        reasons=hidden_reasons(row.here for row in rows),
        wishes=wishes(node, found)[:WISHES_SHOWN],
        answered=cell(counted, "responded", 0),
        answered_in=name_for(viewer, node) if counted is node else short_name(counted),
        has_spread="below" in node.figures and not asked.line,
        has_lines=any(f"lines.{line}" in node.figures for line in LINES),
    )


def chosen(found: Sequence[Publication], asked: Question) -> Publication | None:
    """The picture asked for, else the latest."""
    if asked.on is None:
        return next(iter(found), None)
    return next((one for one in found if one.pk == asked.on), None)


def _above(viewer: Viewer, publication: Publication, node: PublishedNode) -> PublishedNode | None:
    return next(iter(with_figures(viewer, publication, [node.parent_key])), None) if node.parent_key else None


def _up(node: PublishedNode, nodes: Sequence[PublishedNode]) -> list[PublishedNode]:
    """From the top down to the one above."""
    at = {one.key: one for one in nodes}
    found: list[PublishedNode] = []
    key = node.parent_key
    while key is not None and key in at:
        found.insert(0, at[key])
        key = at[key].parent_key
    return found


def name_for(viewer: Viewer, node: PublishedNode) -> str:
    """«You and two neighbour offices» for those who work in one of them."""
    if node.kind != Kind.POOL:
        return short_name(node)
    mine = set(office_of(post.unit_id for post in viewer.posts).values())
    offices = neighbours_of(viewer, node)
    if not mine & set(offices):
        return node.name
    others = len(offices) - 1
    return ngettext("You and one neighbour office", "You and %(n)s neighbour offices", others) % {
        "n": number_in_words(others)
    }
