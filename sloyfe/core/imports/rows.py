"""Tables as read from a file: every cell is text, and every cell can say where it stood.

Columns are found by their name whatever its case, spacing or underscores. Numbers in a spreadsheet are text
with a decimal comma, days are written 2025-12-31, so that `values` reads both kinds of file alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sloyfe.core.imports.limits import refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Problem
from sloyfe.core.imports.values import shortened


def normalised(name: str) -> str:
    """How column and sheet names are compared: «Gyldig_fra *» and «gyldig fra» are the same."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s_\-–:*]+", " ", plain).strip()


@dataclass(frozen=True, slots=True)
class Head:
    """What the rows of one table share: the file, the sheet, the header as written and where each name is."""

    file: str
    sheet: str
    row: int
    names: tuple[str, ...]
    index: Mapping[str, int]

    def place(self, row: int, column: int | None = None) -> Place:
        named = "" if column is None or column >= len(self.names) else " ".join(self.names[column].split())
        return Place(self.file, self.sheet, row, named)


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `row[name]` is the text of a cell, empty where the file has no such column."""

    head: Head
    number: int
    cells: tuple[str, ...]

    def __getitem__(self, name: str) -> str:
        index = self.head.index.get(name)
        return "" if index is None else self.cells[index]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def has(self, name: str) -> bool:
        """True if the file has the column and the cell holds more than white space."""
        return bool(self[name].strip())

    def place(self, name: str = "") -> Place:
        """Where the cell of that column stood; the row as a whole without a name."""
        return self.head.place(self.number, self.head.index.get(name))

    def values(self) -> dict[str, str]:
        """The whole row by header as written."""
        return dict(zip(self.head.names, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet or one CSV file. Rows that could not be read are in `problems` and not in `rows`."""

    head: Head
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = field(default=())

    @property
    def file(self) -> str:
        return self.head.file

    @property
    def sheet(self) -> str:
        return self.head.sheet

    @property
    def header(self) -> tuple[str, ...]:
        return self.head.names

    @property
    def place(self) -> Place:
        return self.head.place(self.head.row)

    def has(self, *names: str) -> bool:
        """True if every one of these columns is there, however it is spelled."""
        return all(normalised(name) in self.head.index for name in names)

    def strange(self, known: Iterable[str]) -> list[str]:
        """Headers that are none of these names, as they stand."""
        names = set(map(normalised, known))
        return [name for name in self.header if name.strip() and normalised(name) not in names]

    def with_columns(self, accepted: Mapping[str, Sequence[str]], required: Collection[str]) -> Table:
        """The same table with its cells under our own names: `accepted` maps each to what a header may say.

        Raises FileRefused naming the columns that are required and not there, and those that were found.
        """
        index = {
            ours: self.head.index[normalised(name)]
            for ours, names in accepted.items()
            for name in reversed(names)
            if normalised(name) in self.head.index
        }
        missing = [accepted[ours][0] for ours in accepted if ours in required and ours not in index]
        if missing:
            raise refusal(
                self.place,
                _("These columns are not there: {missing}. We found: {found}."),
                _("Add the columns, or check that you chose the right file and sheet."),
                missing=", ".join(missing),
                found=shortened(", ".join(name for name in self.header if name.strip()), 200) or "–",
            )
        head = replace(self.head, index=index)
        rows = tuple(Row(head, row.number, row.cells) for row in self.rows)
        return Table(head, rows, self.problems)
