"""Reads a list of inter-municipal co-operations: names and numbers of the municipalities, separated by
commas.

A co-operation has no number of its own in the list, so it gets one made of its municipalities' numbers,
the same each time. It answers to each of them; the municipalities themselves must be known already.
"""

from __future__ import annotations

import re

from sloyfe.core.imports.cells import Cells, read_rows
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Problem, Weight
from sloyfe.core.imports.rows import Table
from sloyfe.modules.people.formats.neutral import Delivery, Line, LineRow, UnitKind, UnitRow
from sloyfe.modules.people.formats.notes import NUMBER_AT_MOST
from sloyfe.modules.people.formats.redistricting import unit_number

FORMAT = "inter-municipal co-operations"
COLUMNS = {"names": ("kommunenavn",), "numbers": ("kommunenummer",), "county": ("fylke",)}


def recognises(table: Table) -> bool:
    return table.has(*(names[0] for names in COLUMNS.values()))


def read(table: Table) -> Delivery:
    """A unit for each row and a line to each of its municipalities."""
    named = table.with_columns(COLUMNS, tuple(COLUMNS))
    read_units, problems = read_rows(named.rows, _unit)
    lines = tuple(line for _, its_lines in read_units for line in its_lines)
    return Delivery(
        formats=(FORMAT,),
        units=tuple(unit for unit, _ in read_units),
        lines=lines,
        problems=table.problems + problems,
        counts={"co-operations": len(read_units), "municipal lines": len(lines)},
    )


def _unit(cells: Cells) -> tuple[UnitRow, tuple[LineRow, ...]]:
    name = cells.text("names", required=True)
    numbers = [number.strip() for number in cells.text("numbers", required=True).split(",")]
    if cells.row.has("numbers") and not all(re.fullmatch("[0-9]{4}", number) for number in numbers):
        cells.wrong(
            "numbers",
            _("These are not municipality numbers."),
            _("Write four digits for each, with a comma between."),
        )
    _note_uneven(cells, name, numbers)
    key = "+".join(numbers)
    if len(key) > NUMBER_AT_MOST:
        cells.wrong(
            "numbers", _("There are too many municipalities to make a number of."), _("Add it in a file of units.")
        )
    place = cells.row.place()
    lines = tuple(LineRow(key, unit_number(number), Line.MUNICIPAL, place=place) for number in numbers)
    return UnitRow(key, name, UnitKind.OFFICE, line=Line.MUNICIPAL, place=place), lines


def _note_uneven(cells: Cells, name: str, numbers: list[str]) -> None:
    names = [part for part in name.split(",") if part.strip()]
    if name and len(names) != len(numbers):
        message = _("Names: {names}, numbers: {numbers}. The numbers are used.")
        params = {"names": str(len(names)), "numbers": str(len(numbers))}
        cells.problems.append(Problem(cells.row.place("numbers"), Weight.NOTE, message, params=params))
