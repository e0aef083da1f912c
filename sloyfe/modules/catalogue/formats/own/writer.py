"""Writes a draft in our own format, so that reading it again gives the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from sloyfe.core.imports import sheets
from sloyfe.core.imports.sheets import Cell
from sloyfe.modules.catalogue.formats.draft import (
    Draft,
    DraftArea,
    DraftCompetence,
    DraftFramework,
    DraftProfile,
    DraftRelation,
    DraftRequirement,
    DraftStep,
    DraftTerm,
    Reach,
    Texts,
    Words,
)
from sloyfe.modules.catalogue.formats.own.cells import BETWEEN_NAMES
from sloyfe.modules.catalogue.formats.own.vocabulary import CHOICES, LANGUAGES, SHEETS, Column, Sheet

Values = Mapping[str, Cell]

_LEVELS_IN_TEMPLATE = range(1, 6)
_HELP = ("Slik fyller du ut", "Slik fyller du ut", "How to fill it in")
_HELP_HEADINGS = (
    ("Ark", "Kolonne", "Ord som kan stå der"),
    ("Ark", "Kolonne", "Ord som kan stå der"),
    ("Sheet", "Column", "Words that may be written"),
)


def workbook(draft: Draft, language: str = "nb") -> bytes:
    """One XLSX with a sheet for each kind of thing the draft holds, headings in `language`."""
    return _xlsx(_tables(draft, language))


def csv_files(draft: Draft, language: str = "nb") -> dict[str, bytes]:
    """The same as one CSV file for each kind of thing, by file name."""
    return {
        f"{table.name.lower().replace(' ', '-')}.csv": b"".join(sheets.csv_chunks(table))
        for table in _tables(draft, language)
    }


def template(language: str = "nb") -> bytes:
    """An empty workbook with every heading, and a last sheet with the words that may be written."""
    empty = (_table(sheet, _columns(sheet, _LEVELS_IN_TEMPLATE), (), language) for sheet in _first_to_last())
    return _xlsx((*empty, _help(language)))


def _xlsx(tables: Iterable[sheets.Sheet]) -> bytes:
    out = BytesIO()
    sheets.write_xlsx(tables, out)
    return out.getvalue()


def _tables(draft: Draft, language: str) -> Iterator[sheets.Sheet]:
    levels = {level for competence in draft.competences for level in competence.level_wordings}
    for sheet in _first_to_last():
        part = _PARTS[sheet.name]
        things = part.things(draft)
        if things:
            rows = (part.values(thing) for thing in things)
            yield _table(sheet, _columns(sheet, levels), rows, language)


def _first_to_last() -> list[Sheet]:
    """Ordered for a reader: what things are before what is asked of them."""
    return sorted(SHEETS, key=lambda sheet: list(_PARTS).index(sheet.name))


def _columns(sheet: Sheet, levels: Iterable[int]) -> list[Column]:
    """The sheet's columns, with wordings only for these levels."""
    wanted = tuple(f"level_{level}_" for level in levels)
    return [
        column for column in sheet.columns if not column.name.startswith("level_") or column.name.startswith(wanted)
    ]


def _table(sheet: Sheet, columns: Sequence[Column], rows: Iterable[Values], language: str) -> sheets.Sheet:
    return sheets.Sheet(
        sheet.title(language),
        [column.heading(language) for column in columns],
        ([_cell(sheet, column, values, language) for column in columns] for values in rows),
    )


def _cell(sheet: Sheet, column: Column, values: Values, language: str) -> Cell:
    value = values.get(column.name)
    words = CHOICES.get((sheet.name, column.name))
    if words is None:
        return value
    return words[value][LANGUAGES.index(language)] if value in words else None


def _help(language: str) -> sheets.Sheet:
    at = LANGUAGES.index(language)
    rows = [
        (sheet.title(language), column.heading(language), ", ".join(_said_once(words, at)))
        for sheet in _first_to_last()
        for column in sheet.columns
        if (words := CHOICES.get((sheet.name, column.name))) is not None
    ]
    return sheets.Sheet(_HELP[at], _HELP_HEADINGS[at], rows)


def _said_once(words: Mapping[Any, tuple[str, ...]], at: int) -> Iterable[str]:
    return dict.fromkeys(spelled[at] for spelled in words.values())


# --- what each kind of thing says in its columns -----------------------------------------------------------


def _in_each(name: str, texts: Texts) -> Values:
    return {f"{name}_{language}": text for language, text in texts.items()}


def _alts(words: Words) -> Values:
    """One to a line; a single name that would look like two gets a line break after it."""
    told = {f"alt_{language}": "\n".join(labels) for language, labels in words.items()}
    return {name: f"{cell}\n" if BETWEEN_NAMES in cell and "\n" not in cell else cell for name, cell in told.items()}


def _keys(keys: tuple[str, ...]) -> str:
    return "\n".join(keys)


def _framework(framework: DraftFramework) -> Values:
    return {
        "framework": framework.code,
        **_in_each("name", framework.names),
        **_in_each("about", framework.descriptions),
        "publisher": framework.publisher,
        "version": framework.version,
        "licence": framework.licence_line,
        "url": framework.url,
    }


def _step(step: DraftStep) -> Values:
    return {
        "level": step.level,
        **_in_each("name", step.names),
        **_in_each("about", step.descriptions),
    }


def _area(area: DraftArea) -> Values:
    return {
        "area": area.key,
        "parents": _keys(area.parents),
        **_in_each("name", area.names),
        **_in_each("about", area.descriptions),
    }


def _competence(competence: DraftCompetence) -> Values:
    wordings: dict[str, Cell] = {}
    for level, texts in competence.level_wordings.items():
        wordings |= _in_each(f"level_{level}", texts)
    return {
        "competence": competence.key,
        "parents": _keys(competence.parents),
        "kind": competence.kind,
        **_in_each("name", competence.names),
        **_alts(competence.alt_labels),
        **_in_each("about", competence.descriptions),
        "status": competence.status,
        "replaced_by": competence.replaced_by,
        **wordings,
    }


def _term(term: DraftTerm) -> Values:
    return {
        "term": term.term,
        "competence": term.competence,
        "language": term.language,
        "unit": term.unit,
    }


def _profile(profile: DraftProfile) -> Values:
    return {
        "profile": profile.key,
        "kind": profile.kind,
        "parents": _keys(profile.parents),
        **_in_each("name", profile.names),
        **_alts(profile.alt_labels),
        **_in_each("about", profile.descriptions),
        "code": profile.code,
        "applies_to": profile.applies_to,
    }


def _requirement(requirement: DraftRequirement) -> Values:
    return {
        "profile": requirement.profile,
        "competence": requirement.competence,
        "level": requirement.level,
        "strength": requirement.strength,
        "source": requirement.source,
        "basis": requirement.basis,
        "reach": requirement.reach,
        "at_least": None if requirement.reach is Reach.EACH else requirement.at_least,
        "proof": requirement.proof_asked,
        "review": requirement.review_on,
    }


def _relation(relation: DraftRelation) -> Values:
    return {"start": relation.start, "end": relation.end, "kind": relation.kind}


@dataclass(frozen=True, slots=True)
class _Part:
    things: Callable[[Draft], Sequence[Any]]
    values: Callable[[Any], Values]


_PARTS = {
    "framework": _Part(lambda draft: (draft.framework,) if draft.framework.code else (), _framework),
    "scale": _Part(lambda draft: draft.scales[0].steps if draft.scales else (), _step),
    "areas": _Part(lambda draft: draft.areas, _area),
    "competences": _Part(lambda draft: draft.competences, _competence),
    "terms": _Part(lambda draft: draft.terms, _term),
    "profiles": _Part(lambda draft: draft.profiles, _profile),
    "requirements": _Part(lambda draft: draft.requirements, _requirement),
    "relations": _Part(lambda draft: draft.relations, _relation),
}
"""In the order they are written."""
