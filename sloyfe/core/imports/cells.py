"""Reads the cells of one row into values and gathers what is wrong with them, each with its place.

An importer asks for each cell it needs and makes its thing at the end, if `usable`. A cell that may be
empty gives None or the empty text; one that may not gives a problem. So all that is wrong with a row is
said at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from sloyfe.core.imports import values
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Problem, Weight
from sloyfe.core.imports.rows import Row
from sloyfe.core.imports.values import ValueProblem, shortened

Value = TypeVar("Value")
Made = TypeVar("Made")


@dataclass(slots=True)
class Cells:
    """The cells of one row, by our own names (`Table.with_columns`)."""

    row: Row
    problems: list[Problem] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """False where a problem leaves the row out or stops the file."""
        return all(problem.weight is Weight.NOTE for problem in self.problems)

    def text(self, name: str, *, at_most: int = 200, lines: bool = False, required: bool = False) -> str:
        found = self._read(name, lambda cell: values.text(cell, at_most=at_most, lines=lines), required)
        return found or ""

    def day(self, name: str, *, required: bool = False) -> date | None:
        return self._read(name, values.day, required)

    def day_after(self, name: str) -> date | None:
        """The day after the last day the file names: where a period stored half open ends."""
        last = self._read(name, values.day, required=False)
        return last + timedelta(days=1) if last else None

    def percentage(self, name: str) -> Decimal | None:
        return self._read(name, values.percentage, required=False)

    def number(self, name: str, low: int, high: int, decimals: int) -> Decimal | None:
        return self._read(name, lambda cell: values.number_between(cell, low, high, decimals), required=False)

    def choice(self, name: str, choices: Mapping[str, Value]) -> Value | None:
        return self._read(name, lambda cell: values.choice(cell, choices), required=False)

    def yes_no(self, name: str) -> bool | None:
        return self._read(name, values.yes_no, required=False)

    def wrong(self, name: str, message: str, remedy: str, **params: object) -> None:
        """A problem with this cell that only the importer can know of; it leaves the row out."""
        self.problems.append(ValueProblem(message, remedy, **params).at(self.row.place(name), self.row[name]))

    def in_order(self, first: str, last: str, valid_from: date | None, valid_to: date | None) -> None:
        """A problem where the period has no day in it."""
        if valid_from and valid_to and valid_to <= valid_from:
            self.wrong(
                last,
                _("The last day is before the first day, {first}."),
                _("Correct one of the dates."),
                first=shortened(self.row[first]),
            )

    def _read(self, name: str, read: Callable[[str], Value], required: bool) -> Value | None:
        cell = self.row[name]
        if not required and not cell.strip():
            return None
        try:
            return read(cell)
        except ValueProblem as problem:
            self.problems.append(problem.at(self.row.place(name), cell))
            return None


def read_rows(
    rows: Iterable[Row], make: Callable[[Cells], Made | None]
) -> tuple[tuple[Made, ...], tuple[Problem, ...]]:
    """What `make` made of each usable row, and every problem met. `make` gives None for a row to pass by."""
    made: list[Made] = []
    problems: list[Problem] = []
    for row in rows:
        cells = Cells(row)
        thing = make(cells)
        if thing is not None and cells.usable:
            made.append(thing)
        problems += cells.problems
    return tuple(made), tuple(problems)
