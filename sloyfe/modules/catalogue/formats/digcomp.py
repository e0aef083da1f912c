"""DigComp 3.0 from its JSON-LD: areas, competences with a wording for each level, typed learning outcomes.

The competence statements of a level become that level's wording of the competence. Each learning outcome
becomes a competence of its own below the one it belongs to, since only the outcomes are marked as knowledge,
skill or attitude. The four levels are the scale; the scales of eight and six steps come along, and the names
of the eight say which of the four and the six they are. The word list is counted, and is no part of a
catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.bundle import Member
from sloyfe.modules.catalogue.formats.checks import checked
from sloyfe.modules.catalogue.formats.draft import (
    Draft,
    DraftArea,
    DraftCompetence,
    DraftFramework,
    DraftScale,
    DraftStep,
    Kind,
    Texts,
)
from sloyfe.modules.catalogue.formats.ledger import Ledger, refuse
from sloyfe.modules.catalogue.formats.rows import content

FOUR_LEVELS = {"Basic": 1, "Intermediate": 2, "Advanced": 3, "Highly advanced": 4}
_KINDS = {"Knowledge": Kind.KNOWLEDGE, "Skill": Kind.SKILL, "Attitude": Kind.ATTITUDE}
_ABOUT = DraftFramework(
    code="digcomp-3",
    names={
        "nb": "DigComp 3.0 – europeisk rammeverk for digital kompetanse",
        "nn": "DigComp 3.0 – europeisk rammeverk for digital kompetanse",
        "en": "DigComp 3.0 – European Digital Competence Framework",
    },
    publisher="European Commission, Joint Research Centre",
    version="3.0",
    licence_line="DigComp 3.0, © European Union 2025, CC BY 4.0, https://data.europa.eu/doi/10.2760/0001149",
    url="https://data.europa.eu/doi/10.2760/0001149",
)

Entry = dict[str, Any]


@dataclass(slots=True)
class _Reading:
    ledger: Ledger
    areas: list[DraftArea] = field(default_factory=list)
    competences: list[DraftCompetence] = field(default_factory=list)
    wordings: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    eight: dict[int, Entry] = field(default_factory=dict)
    rows: dict[Place, dict[str, str]] = field(default_factory=dict)


def read(member: Member) -> Draft:
    """All that the file holds. Raises `FileRefused` where it is no JSON or holds no DigComp."""
    reading = _Reading(Ledger())
    for number, entry in enumerate(_graph(member), start=1):
        kind = str(entry.get("@type")) if isinstance(entry, dict) else ""
        place = Place(member.name, sheet=kind if kind in _TAKERS else "", row=number)
        reading.rows[place] = _as_row(entry)
        _take(place, entry, kind, reading)
    if not reading.ledger.counts["Competence"]:
        raise refuse(Place(member.name), messages.NOT_DIGCOMP)
    ledger = reading.ledger
    draft = Draft(
        framework=_ABOUT,
        scales=_scales(reading.eight),
        areas=tuple(reading.areas),
        competences=tuple(_worded(competence, reading) for competence in reading.competences),
        reported=tuple(ledger.reported),
        problems=ledger.gathered(),
        counts=ledger.counts,
    )
    return checked(draft, reading.rows)


def _graph(member: Member) -> list[Any]:
    try:
        whole = json.loads(content(member))
    except (ValueError, RecursionError) as error:
        raise refuse(Place(member.name), messages.NOT_JSON) from error
    graph = whole.get("@graph") if isinstance(whole, dict) else None
    if not isinstance(graph, list):
        raise refuse(Place(member.name), messages.NOT_DIGCOMP)
    return graph


def _take(place: Place, entry: Any, kind: str, reading: _Reading) -> None:
    take = _TAKERS.get(kind)
    try:
        if take is None:
            raise _WrongShape
        take(place, entry, reading)
    except _WrongShape:
        reading.ledger.leave_out(place, reading.rows[place], messages.WRONG_SHAPE, kind)
    else:
        reading.ledger.counts[kind] += 1


class _WrongShape(Exception):
    """An entry of an unknown type, or with a value that is not what the format says."""


def _text(entry: Entry, name: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str):
        raise _WrongShape
    return value


def _level(entry: Entry) -> int:
    name = _text(entry, "four_levels_proficiency_name").removeprefix("ProficiencyLevel/")
    if name not in FOUR_LEVELS:
        raise _WrongShape
    return FOUR_LEVELS[name]


def _area(place: Place, entry: Entry, reading: _Reading) -> None:
    names, about = {"en": _text(entry, "name")}, {"en": _text(entry, "description")}
    reading.areas.append(DraftArea(_text(entry, "@id"), names, descriptions=about, place=place))


def _competence(place: Place, entry: Entry, reading: _Reading) -> None:
    reading.competences.append(
        DraftCompetence(
            key=_text(entry, "@id"),
            kind=Kind.COMPETENCE,
            names={"en": _text(entry, "name")},
            descriptions={"en": _text(entry, "description")},
            parents=(_text(entry, "competence_area_id"),),
            place=place,
        )
    )


def _outcome(place: Place, entry: Entry, reading: _Reading) -> None:
    kind = _KINDS.get(_text(entry, "type"))
    if kind is None:
        raise _WrongShape
    level, text = _level(entry), _text(entry, "description")
    reading.ledger.counts[str(kind)] += 1
    reading.competences.append(
        DraftCompetence(
            key=_text(entry, "@id"),
            kind=kind,
            names={"en": text},
            parents=(_text(entry, "competence_id"),),
            level_wordings={level: {"en": text}},
            place=place,
        )
    )


def _statement(place: Place, entry: Entry, reading: _Reading) -> None:
    competence, level, text = _text(entry, "competence_id"), _level(entry), _text(entry, "description")
    reading.wordings.setdefault(competence, {}).setdefault(level, []).append(text)


def _proficiency(place: Place, entry: Entry, reading: _Reading) -> None:
    step = entry.get("eight_levels_mapping")
    if not isinstance(step, int) or _text(entry, "four_levels_name") not in FOUR_LEVELS:
        raise _WrongShape
    for name in ("four_levels_description", "eight_levels_description", "six_levels_mapping"):
        _text(entry, name)
    reading.eight[step] = entry


def _word(place: Place, entry: Entry, reading: _Reading) -> None:
    _text(entry, "explanation")
    reading.ledger.gather(place, messages.GLOSSARY_COUNTED)


_TAKERS: dict[str, Callable[[Place, Entry, _Reading], None]] = {
    "CompetenceArea": _area,
    "Competence": _competence,
    "LearningOutcome": _outcome,
    "CompetenceStatement": _statement,
    "ProficiencyLevel": _proficiency,
    "Glossary": _word,
}


def _worded(competence: DraftCompetence, reading: _Reading) -> DraftCompetence:
    """With the statements of each level as its wording, one to a line."""
    told = reading.wordings.get(competence.key)
    if not told:
        return competence
    wordings: dict[int, Texts] = {
        level: {"en": "\n".join(f"- {statement}" for statement in statements)}
        for level, statements in sorted(told.items())
    }
    return replace(competence, level_wordings=wordings)


def _scales(eight: dict[int, Entry]) -> tuple[DraftScale, ...]:
    """The scales of four, eight and six steps; the names of the eight say where they lie on the others."""
    abouts: dict[str, str] = {}
    for entry in eight.values():
        abouts.setdefault(entry["four_levels_name"], entry["four_levels_description"])
    four = tuple(DraftStep(level, {"en": name}, {"en": abouts.get(name, "")}) for name, level in FOUR_LEVELS.items())
    steps = sorted(eight.items())
    eights = tuple(
        DraftStep(
            step,
            {"en": f"{entry['four_levels_name']} {step} ({entry['six_levels_mapping']})"},
            {"en": entry["eight_levels_description"]},
        )
        for step, entry in steps
    )
    names = dict.fromkeys(entry["six_levels_mapping"] for _, entry in steps)
    six = tuple(DraftStep(level, {"en": name}) for level, name in enumerate(names, start=1))
    return (DraftScale("digcomp-4", four), DraftScale("digcomp-8", eights), DraftScale("digcomp-6", six))


def _as_row(entry: Any) -> dict[str, str]:
    if not isinstance(entry, dict):
        return {"": json.dumps(entry, ensure_ascii=False)}
    return {
        str(name): value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in entry.items()
    }
