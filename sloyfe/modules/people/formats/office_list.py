"""Reads the national list of offices: number and name, at times the unit above, and nothing more.

The list tells open offices from closed ones only by how the name is written: «Nav …» is open, «Avviklet -
…» is closed, and «NAV …» is a name from before 2023 that nobody has renewed, so most likely closed. When
a closed office closed and which one took over is not told, so it is asked: the office is left out until
somebody says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from enum import StrEnum

from sloyfe.core.imports.cells import Cells, read_rows
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Weight
from sloyfe.core.imports.rows import Row, Table
from sloyfe.core.imports.values import ValueProblem
from sloyfe.modules.people.formats.neutral import Delivery, Question, SuccessionRow, UnitKind, UnitRow
from sloyfe.modules.people.formats.notes import NUMBER_AT_MOST
from sloyfe.modules.people.formats.own_columns import SHAPES, Kind

FORMAT = "office list"
_COLUMNS = {"number": ("enhetsnummer",), "name": ("navn",), "parent": ("overordnetEnhet",)}
_REQUIRED = ("number", "name")
_TELLS_MORE = ("kind", "valid_from", "valid_to")

_CLOSED = re.compile(r"avviklet\s*[-–]\s*", re.IGNORECASE)
_NATIONAL = re.compile(r"nasjonal\b", re.IGNORECASE)
_TEST = re.compile(r"test", re.IGNORECASE)


class Style(StrEnum):
    """How the name is written, which is all the list tells of whether the office is open."""

    OPEN = "open"
    OLD_NAME = "old name"
    CLOSED = "closed"
    NATIONAL = "national unit"
    TEST = "test unit"
    OTHER = "other"


def recognises(table: Table) -> bool:
    """True where most names are those of offices, and no column says what kind they are or until when."""
    ours = SHAPES[Kind.UNITS].accepted
    if not table.has("enhetsnummer", "navn") or any(table.has(name) for key in _TELLS_MORE for name in ours[key]):
        return False
    offices = sum(style_of(row["navn"]) in (Style.OPEN, Style.OLD_NAME, Style.CLOSED) for row in table.rows)
    return offices * 2 > len(table.rows)


def style_of(name: str) -> Style:
    """The style of one name."""
    plain = name.strip()
    if _CLOSED.match(plain):
        return Style.CLOSED
    if plain.startswith("Nav "):
        return Style.OPEN
    if plain.startswith("NAV "):
        return Style.OLD_NAME
    if _NATIONAL.match(plain):
        return Style.NATIONAL
    return Style.TEST if _TEST.match(plain) else Style.OTHER


def read(table: Table, known: Delivery) -> Delivery:
    """The open offices, and the closed ones that `known` (the rest of the upload) says enough about."""
    named = table.with_columns(_COLUMNS, _REQUIRED)
    answers = _answers(known.successions)
    superseded = {unit.number for unit in known.units}
    rows = [row for row in named.rows if row["number"].strip() not in superseded]
    parents = {row["parent"].strip() for row in rows}
    units, problems = read_rows(rows, lambda cells: _unit(cells, answers, parents))
    styles = Counter(style_of(row["name"]) for row in named.rows)
    return Delivery(
        formats=(FORMAT,),
        units=units,
        questions=tuple(_questions(rows, answers)),
        problems=table.problems + problems,
        counts={"offices listed": len(named.rows), **{style.value: styles[style] for style in styles}},
    )


def _answers(successions: Collection[SuccessionRow]) -> Mapping[str, SuccessionRow]:
    return {row.before: row for row in successions}


def _questions(rows: Collection[Row], answers: Mapping[str, SuccessionRow]) -> list[Question]:
    return [
        Question(row["number"].strip(), _bare(row["name"]), row.place())
        for row in rows
        if style_of(row["name"]) in (Style.CLOSED, Style.OLD_NAME) and row["number"].strip() not in answers
    ]


def _unit(cells: Cells, answers: Mapping[str, SuccessionRow], parents: Collection[str]) -> UnitRow | None:
    number = cells.text("number", at_most=NUMBER_AT_MOST, required=True)
    name = cells.text("name", required=True)
    style = style_of(name)
    parent = cells.text("parent", at_most=NUMBER_AT_MOST)
    kind = UnitKind.COUNTY if number in parents else UnitKind.OFFICE
    unit = UnitRow(number, name, kind, parent, place=cells.row.place())
    if style is Style.OPEN:
        return unit
    if style is Style.NATIONAL:
        return replace(unit, kind=None)
    if number in answers and style in (Style.CLOSED, Style.OLD_NAME):
        return replace(unit, name=_bare(name), valid_to=answers[number].day)
    if name and number:
        cells.problems.append(_asked(style).at(cells.row.place("name"), name, Weight.SKIPS))
    return None


def _bare(name: str) -> str:
    """What the office was called while it was open."""
    return _CLOSED.sub("", " ".join(name.split()), count=1)


def _asked(style: Style) -> ValueProblem:
    remedy = _("Say when it closed and into which: download the questions, fill in and upload both together.")
    if style is Style.CLOSED:
        return ValueProblem(_("This office is closed. The list says neither when nor into which."), remedy)
    if style is Style.OLD_NAME:
        return ValueProblem(
            _("The name is written the old way, so the office may be closed. The list does not say."), remedy
        )
    if style is Style.TEST:
        return ValueProblem(_("This looks like a unit for testing."), _("If it is real, add it in a file of units."))
    return ValueProblem(_("We cannot tell what kind of unit this is."), _("Add it in a file of units, with its kind."))
