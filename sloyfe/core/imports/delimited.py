"""Reads CSV: semicolon, tab or comma, quotation marks, line breaks inside cells.

The separator is the one that gives the header most columns, and nothing cleverer. Rows are counted as a
spreadsheet counts them: a cell with line breaks in it is still one row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from sloyfe.core.imports.building import RawRow, table_of
from sloyfe.core.imports.limits import Limits, refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place
from sloyfe.core.imports.rows import Table
from sloyfe.core.imports.texts import decoded

_SEPARATORS = (";", "\t", ",")
_NOTHING = " ;\t,"
_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read(place: Place, data: bytes, limits: Limits) -> Table | None:
    """The one table of the file, or None where there is no row at all. Raises FileRefused."""
    text = decoded(place, data)
    hint = _HINT.match(text)
    start = 2 if hint else 1
    body = text[hint.end() :] if hint else text
    separator = hint[1] if hint and hint[1] in _SEPARATORS else _separator(body)
    return table_of(place.file, "", _rows(place, body, separator, start), limits)


def _separator(text: str) -> str:
    """The separator with most columns in the first row that has any text; the first among equals."""
    return max(_SEPARATORS, key=lambda separator: _columns(text, separator))


def _columns(text: str, separator: str) -> int:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return next((len(cells) for cells in reader if any(cell.strip(_NOTHING) for cell in cells)), 0)
    except csv.Error:
        return 0


def _rows(place: Place, text: str, separator: str, start: int) -> Iterator[RawRow]:
    number = start - 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start):
            yield number, cells
    except csv.Error as fault:
        raise refusal(
            Place(place.file, "", number + 1),
            _("The quotation marks do not come in pairs from this row on, so the cells cannot be told apart."),
            _("Correct the quotation marks, or save the file as an Excel workbook (.xlsx)."),
        ) from fault
