"""Every office beneath a node beside every competence: thousands of cells, so the rows are written as text here.

Everything that goes into a cell is a number of ours or a translated word; names are escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer
from sloyfe.core.release import Reason
from sloyfe.reporting.picture.models import Publication, PublishedNode
from sloyfe.reporting.picture.portrait import Question, chosen
from sloyfe.reporting.picture.reads import Topic, areas_of, nodes_of, publications, topics, with_figures
from sloyfe.reporting.picture.words import short_name

Kind = PublishedNode.Kind


@dataclass(frozen=True, slots=True)
class Grid:
    """`body` is the rows of the table, ready."""

    node: PublishedNode
    name: str
    publication: Publication
    topics: list[Topic]
    areas: dict[int, str]
    many: int
    body: SafeString


def grid(viewer: Viewer, key: int, asked: Question) -> Grid | None:
    """None where there is no such node or it does not concern the viewer. Offices stand by name."""
    publication = chosen(publications(viewer), asked)
    nodes = nodes_of(viewer, publication) if publication else []
    top = next((node for node in nodes if node.key == key), None)
    if publication is None or top is None:
        return None
    under = beneath(key, nodes)
    keys = {node.key for node in nodes if node.key in under and node.kind in (Kind.OFFICE, Kind.POOL)}
    offices = with_figures(viewer, publication, keys)
    found = topics(publication, viewer.language)
    areas = areas_of(found)
    within = [topic for topic in found if asked.area not in areas or asked.area in topic.areas]
    offices.sort(key=lambda node: node.name.casefold())
    body = _rows(offices, within)
    return Grid(top, short_name(top), publication, within, areas, len(offices), body)


def beneath(key: int, nodes: Sequence[PublishedNode]) -> set[int]:
    found = {key}
    for node in nodes:  # those above come before those beneath
        if node.parent_key in found:
            found.add(node.key)
    return found


def _rows(offices: Sequence[PublishedNode], found: Sequence[Topic]) -> SafeString:
    """What is safe stays so when it is put together, and costs less than to look at every cell again."""
    places = [topic.place for topic in found]
    words = _("%(n)s of %(of)s")
    hidden, empty = format_html('<td class="hidden">{}</td>', _("not shown")), format_html("<td>{}</td>", "")
    begin, end = format_html("<tr>{}", ""), format_html("{}</tr>", "")
    rows = []
    for node in offices:
        told = node.figures["meets"]
        numbers, groups, why = told["n"], told["of"], told["why"]
        if all(why[place] == Reason.NOBODY for place in places):
            continue
        row = begin + _head(node.key, node.name, node.people)
        for place in places:
            if numbers[place] is None:
                row += empty if why[place] == Reason.NOBODY else hidden
            else:
                row += _cell(words, numbers[place], groups[place])
        rows.append((row + end,))
    return format_html_join("", "{}", rows)


@lru_cache(maxsize=1 << 16)
def _cell(words: str, n: int, of: int) -> SafeString:
    """The same few things are said thousands of times."""
    return format_html("<td>{}</td>", words % {"n": n, "of": of})


@lru_cache(maxsize=1 << 12)
def _head(key: int, name: str, people: int) -> SafeString:
    url = reverse("picture-node", args=[key])
    return format_html('<th scope="row"><a class="ds-link" href="{}">{}</a> ({})</th>', url, name, people)
