"""Reads our own CSV and XLSX: one file for each kind of thing, or one workbook with a sheet for each.

A table of people may say where they work in the same row, as most HR lists do; then each row is a person
and an affiliation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sloyfe.core.imports.cells import Cells, read_rows
from sloyfe.core.imports.limits import refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.core.imports.rows import Table, normalised
from sloyfe.core.imports.values import shortened
from sloyfe.modules.people.formats import own_columns
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.formats.own_columns import SHAPES, Kind
from sloyfe.modules.people.formats.own_rows import RowMaker

FORMAT = "own"
GUIDE_SHEETS = frozenset(normalised(name) for name in ("Les meg", "Les meg først", "Read me"))

_MAKERS: Mapping[Kind, Callable[[RowMaker, Cells], Any]] = {
    Kind.UNITS: RowMaker.unit,
    Kind.LINES: RowMaker.line,
    Kind.SUCCESSIONS: RowMaker.succession,
    Kind.PEOPLE: RowMaker.person,
    Kind.AFFILIATIONS: RowMaker.affiliation,
    Kind.LEADERS: RowMaker.leader,
    Kind.ROLES: RowMaker.role,
}


def read(tables: tuple[Table, ...], employer: str) -> Delivery:
    """Every table of one file. Raises FileRefused where none is known, or a required column is not there."""
    delivery = Delivery(formats=(FORMAT,))
    used = [table for table in tables if normalised(table.sheet) not in GUIDE_SHEETS]
    kinds = [(table, kind_of(table)) for table in used]
    if not any(kind for _, kind in kinds):
        raise _nothing_known(tables[0])
    for table, kind in kinds:
        delivery = delivery.joined(
            _read_table(kind, table, employer) if kind else Delivery(problems=(_unknown(table),))
        )
    return replace(delivery, problems=_once(delivery.problems))


def kind_of(table: Table) -> Kind | None:
    """What the table holds: by its sheet or its file's name where the columns fit, else by its columns."""
    named = own_columns.kind_by_name(table.sheet or table.file.rsplit(".", 1)[0])
    if named and own_columns.fits(named, table):
        return named
    return own_columns.kind_by_columns(table) or named


def _nothing_known(table: Table) -> Exception:
    return refusal(
        Place(table.file),
        _("We cannot tell what this file holds. Its columns are: {found}."),
        _("Call the sheet or the file Enheter, Personer, Tilknytninger, Ledere or Roller, or use our template."),
        found=shortened(", ".join(name for name in table.header if name.strip()), 200) or "–",
    )


def _unknown(table: Table) -> Problem:
    return Problem(
        table.place,
        Weight.NOTE,
        _("The sheet was not used: neither its name nor its columns are known."),
        _("Give the sheet one of the names in our template if it should be read."),
    )


def _read_table(kind: Kind, table: Table, employer: str) -> Delivery:
    delivery = _rows_of(kind, table, employer)
    kinds = [kind]
    if kind is Kind.PEOPLE and own_columns.has_unit(table):
        kinds.append(Kind.AFFILIATIONS)
        delivery = delivery.joined(_rows_of(Kind.AFFILIATIONS, _with_unit(table), employer))
    return delivery.with_problems(*table.problems, *_not_used(table, kinds))


def _not_used(table: Table, kinds: list[Kind]) -> list[Problem]:
    """Columns nobody knows: which, and which would have been read."""
    columns = {ours: names for kind in kinds for ours, names in SHAPES[kind].accepted.items()}
    beside = SHAPES[Kind.UNITS].columns["name"].names if Kind.SUCCESSIONS in kinds else ()  # our own questions have it
    strange = table.strange((*beside, *(name for names in columns.values() for name in names)))
    if not strange:
        return []
    message = _("Columns that are not known here were left aside: {columns}.")
    remedy = _("The columns we read are: {known}. Rename a column if it is one of them.")
    told = {
        "columns": shortened(", ".join(strange), 200),
        "known": ", ".join(dict.fromkeys(names[0] for names in columns.values())),
    }
    return [Problem(table.place, Weight.NOTE, message, remedy, params=told)]


def _rows_of(kind: Kind, table: Table, employer: str) -> Delivery:
    shape = SHAPES[kind]
    named = table.with_columns(shape.accepted, shape.required)
    maker = RowMaker(employer)
    rows, problems = read_rows(named.rows, lambda cells: _MAKERS[kind](maker, cells))
    found: dict[str, Any] = {kind.value: rows}
    return Delivery(**found, problems=problems, counts={kind.value: len(table.rows)})


def _with_unit(table: Table) -> Table:
    """The rows that name a unit: somebody without one is a person and no more."""
    unit = SHAPES[Kind.AFFILIATIONS].accepted["unit_number"]
    named = table.with_columns({"unit_number": unit}, ("unit_number",))
    kept = tuple(row for row, asked in zip(table.rows, named.rows, strict=True) if asked.has("unit_number"))
    return replace(table, rows=kept)


def _once(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Each problem once, though a row that is two things is read twice."""
    seen = {(problem.place, problem.weight, problem.message): problem for problem in problems}
    return tuple(seen.values())
