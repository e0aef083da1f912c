"""Makes a table of raw rows, whatever kind of file they came from, and says what is wrong with them.

The first row that is not empty is the header. Rows with nothing in them are left out; a row that cannot
be read becomes a problem; a national identity number anywhere refuses the whole file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from sloyfe.core.imports import formulas, identity_numbers
from sloyfe.core.imports.limits import Limits, identity_number_refusal, refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.core.imports.rows import Head, Row, Table, normalised
from sloyfe.core.imports.values import shortened

RawRow = tuple[int, list[str]]
"""The row's number as a spreadsheet counts, and its cells."""

_BAD_SIGNS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_NOTES_AT_MOST = 20


def table_of(
    file: str, sheet: str, raw: Iterable[RawRow], limits: Limits, *, leaves_out_empty: bool = False
) -> Table | None:
    """The table, or None where there is not even a header. Raises FileRefused.

    `leaves_out_empty`: the format does not write empty cells at the end of a row, so that a short row is nothing odd.
    """
    if identity_numbers.holds_one(sheet):
        raise identity_number_refusal(Place(file))
    filled = _not_empty(raw)
    first = next(filled, None)
    if first is None:
        return None
    builder = _Builder(_head(file, sheet, first, limits), limits, leaves_out_empty)
    for number, cells in filled:
        builder.add(number, cells)
    return Table(builder.head, tuple(builder.rows), builder.all_problems())


def _not_empty(raw: Iterable[RawRow]) -> Iterator[RawRow]:
    return ((number, cells) for number, cells in raw if any(cell.strip() for cell in cells))


def _head(file: str, sheet: str, first: RawRow, limits: Limits) -> Head:
    number, cells = first
    place = Place(file, sheet, number)
    if (index := identity_numbers.first_of(cells)) is not None:
        raise identity_number_refusal(Place(file, sheet, number, get_column_letter(index + 1)))
    names = _without_empty_end([formulas.restored(cell) for cell in cells])
    if len(names) > limits.columns:
        raise refusal(
            place,
            _("There are {count} columns. At most {limit} can be read."),
            _("Remove the columns that are not needed."),
            count=len(names),
            limit=limits.columns,
        )
    if any(len(name) > limits.cell_characters or _BAD_SIGNS.search(name) for name in names):
        raise refusal(
            place,
            _("The first row is not a header we can read."),
            _("Put the names of the columns in the first row."),
        )
    _refuse_same_name_twice(place, names)
    index_of = {normalised(name): index for index, name in enumerate(names) if normalised(name)}
    return Head(file, sheet, number, tuple(names), index_of)


def _refuse_same_name_twice(place: Place, names: list[str]) -> None:
    counted = Counter(normalised(name) for name in names if normalised(name))
    twice = sorted(name for name, count in counted.items() if count > 1)
    if twice:
        raise refusal(
            place,
            _("Several columns have the same name: {names}."),
            _("Give each column its own name, or remove the ones not needed."),
            names=shortened(", ".join(twice), 200),
        )


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


@dataclass(slots=True)
class _Builder:
    head: Head
    limits: Limits
    leaves_out_empty: bool
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    short_rows: list[int] = field(default_factory=list)
    formulas_seen: int = 0

    def add(self, number: int, cells: list[str]) -> None:
        if (index := identity_numbers.first_of(cells)) is not None:
            raise identity_number_refusal(self.head.place(number, index))
        if len(self.rows) >= self.limits.rows:
            raise refusal(
                self.head.place(number),
                _("There are more than {limit} rows."),
                _("Split the file into several."),
                limit=self.limits.rows,
            )
        if problem := self._unreadable(number, cells):
            self.problems.append(problem)
            return
        self.rows.append(Row(self.head, number, self._fitted(number, cells)))

    def _unreadable(self, number: int, cells: list[str]) -> Problem | None:
        if any(cell.strip() for cell in cells[len(self.head.names) :]):
            return Problem(
                self.head.place(number),
                Weight.SKIPS,
                _("The row has more cells than the header has names."),
                _("Check for a separator too many, or text that should stand in quotation marks."),
            )
        for index, cell in enumerate(cells):
            if told := self._wrong_with(cell):
                return Problem(self.head.place(number, index), Weight.SKIPS, *told, value=_safe(cell))
        return None

    def _wrong_with(self, cell: str) -> tuple[str, str] | None:
        if len(cell) > self.limits.cell_characters:
            return _("The cell holds far more text than can be kept."), _("Shorten it.")
        if _BAD_SIGNS.search(cell):
            return _("The cell has signs that are not text."), _("Write the text again in the cell, by hand.")
        if formulas.is_error(cell):
            return _("The cell holds an error from the spreadsheet."), _("Correct the formula and save the file.")
        return None

    def _fitted(self, number: int, cells: list[str]) -> tuple[str, ...]:
        width = len(self.head.names)
        if len(cells) < width and not self.leaves_out_empty:
            self.short_rows.append(number)
        fitted = [formulas.restored(cell) for cell in cells[:width]]
        for index, cell in enumerate(cells[:width]):
            if formulas.looks_like_one(cell):
                self._note_formula(number, index, cell)
        return (*fitted, *("",) * (width - len(fitted)))

    def _note_formula(self, number: int, index: int, cell: str) -> None:
        self.formulas_seen += 1
        if self.formulas_seen <= _NOTES_AT_MOST:
            message = _("The cell begins like a formula. It is read as plain text and never run.")
            self.problems.append(Problem(self.head.place(number, index), Weight.NOTE, message, value=shortened(cell)))

    def all_problems(self) -> tuple[Problem, ...]:
        problems = list(self.problems)
        if self.formulas_seen > _NOTES_AT_MOST:
            problems.append(
                self._note(
                    _("More cells that begin like a formula: {count}. They too are read as plain text."),
                    self.formulas_seen - _NOTES_AT_MOST,
                )
            )
        if self.short_rows:
            message = _("Rows shorter than the header: {count}. What is not there is read as empty.")
            problems.append(self._note(message, len(self.short_rows)))
        return tuple(problems)

    def _note(self, message: str, count: int) -> Problem:
        return Problem(self.head.place(0), Weight.NOTE, message, params={"count": str(count)})


def _safe(cell: str) -> str:
    return shortened(_BAD_SIGNS.sub("\ufffd", cell))
