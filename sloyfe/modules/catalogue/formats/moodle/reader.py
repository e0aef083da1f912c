"""Reads Moodle's competency CSV.

Every competency becomes a competence, since Moodle lets people be assessed on each, whatever its level in the
tree. Where Moodle itself loses rows in silence (no id number, no short name, unknown parent), they are said.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.bundle import Member
from sloyfe.modules.catalogue.formats.checks import checked
from sloyfe.modules.catalogue.formats.draft import (
    Draft,
    DraftCompetence,
    DraftFramework,
    DraftRelation,
    DraftScale,
    DraftStep,
    Kind,
    RelationKind,
)
from sloyfe.modules.catalogue.formats.ledger import Ledger, refuse
from sloyfe.modules.catalogue.formats.moodle.columns import COLUMNS, name_in, related_in, words_in
from sloyfe.modules.catalogue.formats.rows import Row, records

LONGEST_CODE = 60
HEADINGS_KEY = ""
"""Where `extras` keeps the headings as they were, a JSON list under «headings»."""


@dataclass(slots=True)
class _Reading:
    ledger: Ledger
    language: str
    framework: tuple[Place, Row] | None = None
    competences: list[DraftCompetence] = field(default_factory=list)
    relations: list[DraftRelation] = field(default_factory=list)
    rows: dict[Place, Row] = field(default_factory=dict)


def read(member: Member, language: str = "nb") -> Draft:
    """The framework in the file, its words taken to be in `language`, since the format does not say.

    Raises `FileRefused` where no row is the framework, as Moodle does.
    """
    reading = _Reading(Ledger(), language)
    told = records(member)
    _, headings = next(told, (0, []))
    if len(headings) < len(COLUMNS):
        raise refuse(Place(member.name), messages.NO_COLUMN, column=COLUMNS[len(headings)])
    for number, cells in told:
        _take(Place(member.name, row=number), dict(zip(COLUMNS, _padded(cells), strict=False)), reading)
    if reading.framework is None:
        raise refuse(Place(member.name), messages.NO_FRAMEWORK_ROW)
    return _draft(reading, headings)


def _padded(cells: list[str]) -> list[str]:
    return cells + [""] * (len(COLUMNS) - len(cells))


def _take(place: Place, row: Row, reading: _Reading) -> None:
    reading.ledger.counts["rows"] += 1
    reading.rows[place] = row
    if row["isframework"] not in ("", "0"):
        if reading.framework is None:
            reading.framework = (place, row)
        else:
            reading.ledger.stop(place, messages.TWO_FRAMEWORK_ROWS, row["idnumber"])
        return
    reading.ledger.counts["competencies"] += 1
    key = row["idnumber"]
    reading.competences.append(
        DraftCompetence(
            key=key,
            kind=Kind.UNSAID,
            names={reading.language: row["shortname"]},
            descriptions={reading.language: words_in(row["description"])},
            parents=(row["parentidnumber"],) if row["parentidnumber"] else (),
            place=place,
        )
    )
    for other in related_in(row["relatedidnumbers"]):
        reading.ledger.counts["cross references"] += 1
        reading.relations.append(DraftRelation(RelationKind.CROSS_REFERENCE, key, other, place))


def _draft(reading: _Reading, headings: list[str]) -> Draft:
    place, row = reading.framework or (Place(""), {})
    code = _code(row["idnumber"] or row["shortname"])
    extras: dict[str, dict[str, str]] = {line["idnumber"]: line for line in reading.rows.values()}
    extras[HEADINGS_KEY] = {**row, "headings": json.dumps(headings)}
    draft = Draft(
        framework=DraftFramework(
            code=code,
            names={reading.language: name_in(row["shortname"]) or code},
            descriptions={reading.language: words_in(row["description"])},
            place=place,
        ),
        scales=_scales(place, row, code, reading),
        competences=tuple(reading.competences),
        relations=tuple(reading.relations),
        reported=tuple(reading.ledger.reported),
        problems=reading.ledger.gathered(),
        counts=reading.ledger.counts,
        extras=extras,
    )
    return checked(draft, reading.rows)


def _code(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:LONGEST_CODE] or "moodle"


def _scales(place: Place, row: Row, code: str, reading: _Reading) -> tuple[DraftScale, ...]:
    names = [name.strip() for name in row["scalevalues"].split(",") if name.strip()]
    if not names:
        return ()
    steps = tuple(DraftStep(level, {reading.language: name}) for level, name in enumerate(names, start=1))
    try:
        proficient = _first_proficient(json.loads(row["scaleconfiguration"] or "[]"), len(steps))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        reading.ledger.note(place, messages.SCALE_UNREADABLE, row["scaleconfiguration"])
        proficient = None
    return (DraftScale(code, steps, proficient),)


def _first_proficient(configuration: Any, highest: int) -> int | None:
    """The lowest step that counts as good enough; the first entry only names Moodle's own scale."""
    if not isinstance(configuration, list):
        raise TypeError(configuration)
    levels = [int(entry["id"]) for entry in configuration[1:] if entry.get("proficient")]
    return min((level for level in levels if 1 <= level <= highest), default=None)
