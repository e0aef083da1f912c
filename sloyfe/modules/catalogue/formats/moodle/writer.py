"""Writes a draft as Moodle's competency CSV, byte for byte as Moodle itself would.

A cell that came from Moodle goes out as it came, as long as what it means has not been changed here. Areas
are written as competencies, since Moodle has one tree; of several parents the first is written. Profiles,
requirements and words for levels have no place in the format, nor has what is outdated, which Moodle would
go on using. How our own comes in again unchanged all the same: `echo`.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping

from sloyfe.modules.catalogue.formats.draft import (
    Draft,
    DraftArea,
    DraftCompetence,
    DraftScale,
    RelationKind,
    Status,
    Texts,
)
from sloyfe.modules.catalogue.formats.moodle.columns import (
    COLUMNS,
    HEADINGS,
    name_in,
    related_cell,
    related_in,
    words_in,
)
from sloyfe.modules.catalogue.formats.moodle.reader import HEADINGS_KEY

LONGEST_NAME = 100
"""Characters of a short name that Moodle keeps."""

_QUOTED = frozenset(', "\n\r\t\\')
_HTML = "1"
_TAXONOMIES = "competency,competency,competency,competency"
SEE_ALSO = (RelationKind.CROSS_REFERENCE, RelationKind.RELATED)
"""Relations that are written; Moodle has one word for both."""
Cells = Mapping[str, str]
Node = DraftArea | DraftCompetence


def write(draft: Draft, language: str = "nb") -> bytes:
    """The file, UTF-8, LF between records. Names are in `language`, or else in whichever there is."""
    file = draft.extras.get(HEADINGS_KEY, {})
    headings = json.loads(file.get("headings", "null")) or HEADINGS
    nodes = _nodes(draft)
    related = _related(draft, nodes)
    lines = [tuple(headings), _in_order(_framework_row(draft, file, language))]
    for node in nodes.values():
        before = draft.extras.get(node.key, {})
        parent = next((key for key in node.parents if key in nodes), "")
        lines.append(_in_order(_row(node, parent, before, language, related.get(node.key, ()))))
    return "".join(map(_record, lines)).encode()


def _nodes(draft: Draft) -> dict[str, Node]:
    """What is written, each key once."""
    current = (each for each in draft.competences if each.status is not Status.OUTDATED)
    nodes: tuple[Node, ...] = (*draft.areas, *current)
    return {each.key: each for each in nodes}


def _in_order(cells: Cells) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in COLUMNS)


def _record(cells: Iterable[str]) -> str:
    return ",".join(map(_cell, cells)) + "\n"


def _cell(value: str) -> str:
    """Quoted where PHP's fputcsv would quote it."""
    if _QUOTED.isdisjoint(value):
        return value
    return '"' + value.replace('"', '""') + '"'


def _related(draft: Draft, nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    related: dict[str, tuple[str, ...]] = {}
    for relation in draft.relations:
        if relation.kind in SEE_ALSO and relation.end in nodes:
            related[relation.start] = (*related.get(relation.start, ()), relation.end)
    return related


def _framework_row(draft: Draft, before: Cells, language: str) -> Cells:
    framework, scale = draft.framework, next(iter(draft.scales), None)
    fresh = {
        "idnumber": framework.code,
        "descriptionformat": _HTML,
        "isframework": "1",
        "taxonomies": _TAXONOMIES,
        **before,
        **_words(framework.names, framework.descriptions, before, language),
    }
    values = _scale_values(scale, language)
    if _parts(before.get("scalevalues", "")) == _parts(values):
        return fresh
    return {**fresh, "scalevalues": values, "scaleconfiguration": _scale_configuration(scale)}


def _row(node: Node, parent: str, before: Cells, language: str, related: tuple[str, ...]) -> Cells:
    kept = before.get("relatedidnumbers", "")
    return {
        "idnumber": node.key,
        "descriptionformat": _HTML,
        "ruleoutcome": "0",
        "ruleconfig": "null",
        **before,
        **_words(node.names, node.descriptions, before, language),
        "parentidnumber": parent,
        "relatedidnumbers": kept if related_in(kept) == related else related_cell(related),
    }


def _words(names: Texts, descriptions: Texts, before: Cells, language: str) -> dict[str, str]:
    """The words as they came where they still say the same.

    A name longer than Moodle keeps is shortened, and then stands whole first in the description.
    """
    name, about = said(names, language), said(descriptions, language)
    short, long = before.get("shortname", ""), before.get("description", "")
    if name != name_in(short):
        short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    if len(name) > len(short) and not about.startswith(name):
        about = f"{name}\n\n{about}".strip()
    return {"shortname": short, "description": long if about == words_in(long) else _paragraphs(about)}


def said(texts: Texts, language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _paragraphs(text: str) -> str:
    if not text:
        return ""
    parts = html.escape(text, quote=False).split("\n\n")
    return "".join(f"<p>{part.strip()}</p>" for part in parts).replace("\n", "<br>")


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _scale_values(scale: DraftScale | None, language: str) -> str:
    steps = scale.steps if scale else ()
    return ",".join(said(step.names, language).replace(",", " /") for step in steps)


def _scale_configuration(scale: DraftScale | None) -> str:
    """From the proficient step upwards is good enough; where none is said, only the last is."""
    if scale is None or not scale.steps:
        return ""
    levels = [step.level for step in scale.steps]
    first = scale.proficient if scale.proficient in levels else levels[-1]
    entries: list[dict[str, object]] = [{"scaleid": "1"}]
    for number, level in enumerate(levels, start=1):
        if first is not None and level >= first:
            entries.append({"id": number, "scaledefault": int(level == first), "proficient": 1})
    return json.dumps(entries, separators=(",", ":"))
