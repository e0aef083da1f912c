"""Reads our own format: any of its sheets, as one workbook or as several CSV files.

A row with a cell that cannot be understood is left out and kept whole in the report; see `checks` for what
else must hold. A file may speak of things that are in the catalogue already (`known`), so that a sheet of
requirements or local terms can be sent alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from sloyfe.core.imports import values
from sloyfe.core.imports.places import Place
from sloyfe.core.imports.tables import Table, Upload, normalised, read_tables
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.checks import checked
from sloyfe.modules.catalogue.formats.draft import (
    Draft,
    DraftArea,
    DraftCompetence,
    DraftFramework,
    DraftProfile,
    DraftRelation,
    DraftRequirement,
    DraftScale,
    DraftStep,
    DraftTerm,
    Kind,
    Reach,
    RelationKind,
    Source,
    Status,
)
from sloyfe.modules.catalogue.formats.ledger import Ledger, refuse
from sloyfe.modules.catalogue.formats.own import vocabulary
from sloyfe.modules.catalogue.formats.own.cells import CellProblem, Cells
from sloyfe.modules.catalogue.formats.own.vocabulary import SHEETS, Sheet
from sloyfe.modules.catalogue.formats.texts import one_line

NO_FRAMEWORK = DraftFramework(code="", names={})
"""Where no sheet tells the framework: what is read goes into the one that is chosen when it is stored."""


@dataclass(slots=True)
class _Reading:
    ledger: Ledger = field(default_factory=Ledger)
    rows: dict[Place, dict[str, str]] = field(default_factory=dict)
    framework: DraftFramework = NO_FRAMEWORK
    steps: dict[int, DraftStep] = field(default_factory=dict)
    areas: list[DraftArea] = field(default_factory=list)
    competences: list[DraftCompetence] = field(default_factory=list)
    terms: list[DraftTerm] = field(default_factory=list)
    profiles: list[DraftProfile] = field(default_factory=list)
    requirements: list[DraftRequirement] = field(default_factory=list)
    relations: list[DraftRelation] = field(default_factory=list)


def read(uploads: Iterable[Upload], known: Collection[str] = (), levels: Collection[int] | None = None) -> Draft:
    """All the sheets known here. `known` and `levels` are as in `checks.checked`.

    Raises `FileRefused` where a file is no table, holds a national identity number, or no sheet is known.
    """
    reading = _Reading()
    tables = [table for upload in uploads for table in read_tables(upload)]
    recognised = [_read_table(table, reading) for table in tables]
    if not any(recognised):
        raise refuse(Place(tables[0].file if tables else ""), messages.NOTHING_KNOWN)
    steps = tuple(step for _, step in sorted(reading.steps.items()))
    ledger = reading.ledger
    draft = Draft(
        framework=reading.framework,
        scales=(DraftScale(reading.framework.code, steps),) if steps else (),
        areas=tuple(reading.areas),
        competences=tuple(reading.competences),
        terms=tuple(reading.terms),
        profiles=tuple(reading.profiles),
        requirements=tuple(reading.requirements),
        relations=tuple(reading.relations),
        reported=tuple(ledger.reported),
        problems=ledger.gathered(),
        counts=ledger.counts,
    )
    return checked(draft, reading.rows, known, levels)


def sheet_of(table: Table) -> Sheet | None:
    """Which of our sheets it is, by its columns; whatever has names must have a column for one."""
    there = set(map(normalised, table.header))
    return next((sheet for sheet in SHEETS if _fits(sheet, there)), None)


def _fits(sheet: Sheet, there: set[str]) -> bool:
    found = {column.name for column in sheet.columns if any(normalised(name) in there for name in column.accepted())}
    names = {column.name for column in sheet.columns if column.name.startswith("name_")}
    return found.issuperset(sheet.sign) and (not names or not names.isdisjoint(found))


def _read_table(table: Table, reading: _Reading) -> bool:
    sheet = sheet_of(table)
    reading.ledger.problems.extend(table.problems)
    if sheet is None:
        named = table.sheet or table.file
        reading.ledger.note(table.place, messages.SHEET_NOT_USED, sheet=named)
        return False
    _say_what_is_not_used(table, sheet, reading)
    for row in table.with_columns(sheet.accepted(), sheet.sign).rows:
        reading.ledger.counts[sheet.name] += 1
        cells = Cells(row)
        reading.rows[cells.place] = row.values()
        try:
            _TAKERS[sheet.name](cells, reading)
        except CellProblem as wrong:
            reading.ledger.leave_out_for(wrong.problem, row.values())
    return True


def _say_what_is_not_used(table: Table, sheet: Sheet, reading: _Reading) -> None:
    strange = list(map(one_line, table.strange(name for column in sheet.columns for name in column.accepted())))
    if strange:
        known = ", ".join(column.spelled[0] for column in sheet.columns if not column.name.startswith("level_"))
        reading.ledger.note(table.place, messages.COLUMNS_NOT_USED, columns=", ".join(strange), known=known)


def _framework(cells: Cells, reading: _Reading) -> None:
    if reading.framework is not NO_FRAMEWORK:
        reading.ledger.stop(cells.place, messages.TWO_FRAMEWORK_ROWS, cells.key("framework"))
        return
    reading.framework = DraftFramework(
        code=cells.key("framework"),
        names=cells.texts("name"),
        publisher=cells.key("publisher"),
        version=cells.key("version"),
        licence_line=cells.key("licence"),
        url=cells.key("url"),
        descriptions=cells.texts("about"),
        place=cells.place,
    )


def _step(cells: Cells, reading: _Reading) -> None:
    level = cells.number("level", empty=0)
    names = cells.texts("name")
    wrong = messages.NO_KEY if not level else messages.NO_LABEL if not names else ""
    if level in reading.steps:
        wrong = messages.SAME_ROW_TWICE
    if wrong:
        reading.ledger.leave_out(cells.place, reading.rows[cells.place], wrong)
    else:
        reading.steps[level] = DraftStep(level, names, cells.texts("about"))


def _area(cells: Cells, reading: _Reading) -> None:
    reading.areas.append(
        DraftArea(
            key=cells.key("area"),
            names=cells.texts("name"),
            parents=cells.keys("parents"),
            descriptions=cells.texts("about"),
            place=cells.place,
        )
    )


def _competence(cells: Cells, reading: _Reading) -> None:
    reading.competences.append(
        DraftCompetence(
            key=cells.key("competence"),
            kind=cells.choice("kind", vocabulary.KINDS, Kind.UNSAID),
            names=cells.texts("name"),
            alt_labels=cells.words("alt"),
            descriptions=cells.texts("about"),
            parents=cells.keys("parents"),
            status=cells.choice("status", vocabulary.STATUSES, Status.PUBLISHED),
            replaced_by=cells.key("replaced_by"),
            level_wordings=cells.wordings(),
            place=cells.place,
        )
    )


def _term(cells: Cells, reading: _Reading) -> None:
    reading.terms.append(
        DraftTerm(
            term=one_line(cells.row["term"]),
            competence=cells.key("competence"),
            language=cells.choice("language", vocabulary.SPOKEN, "nb"),
            unit=cells.key("unit"),
            place=cells.place,
        )
    )


def _profile(cells: Cells, reading: _Reading) -> None:
    reading.profiles.append(
        DraftProfile(
            key=cells.key("profile"),
            names=cells.texts("name"),
            kind=cells.choice("kind", vocabulary.PROFILE_KINDS),
            parents=cells.keys("parents"),
            alt_labels=cells.words("alt"),
            descriptions=cells.texts("about"),
            code=cells.key("code"),
            applies_to=cells.key("applies_to"),
            place=cells.place,
        )
    )


def _requirement(cells: Cells, reading: _Reading) -> None:
    """A number of people without saying where is taken to be in the unit."""
    counted = Reach.UNIT if cells.row.has("at_least") else Reach.EACH
    reading.requirements.append(
        DraftRequirement(
            profile=cells.key("profile"),
            competence=cells.key("competence"),
            level=cells.number("level", empty=0) or None,
            strength=cells.choice("strength", vocabulary.STRENGTHS),
            source=cells.choice("source", vocabulary.SOURCES, Source.FRAMEWORK),
            basis=cells.key("basis"),
            reach=cells.choice("reach", vocabulary.REACHES, counted),
            at_least=cells.number("at_least", empty=1),
            proof_asked=cells.read("proof", values.yes_no, empty=False),
            review_on=cells.read("review", values.day) if cells.row.has("review") else None,
            place=cells.place,
        )
    )


def _relation(cells: Cells, reading: _Reading) -> None:
    kind = cells.choice("kind", vocabulary.RELATION_KINDS, RelationKind.RELATED)
    reading.relations.append(DraftRelation(kind, cells.key("start"), cells.key("end"), cells.place))


_TAKERS: dict[str, Callable[[Cells, _Reading], None]] = {
    "framework": _framework,
    "scale": _step,
    "areas": _area,
    "competences": _competence,
    "terms": _term,
    "profiles": _profile,
    "requirements": _requirement,
    "relations": _relation,
}
