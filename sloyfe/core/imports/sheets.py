"""Writes tables as CSV or XLSX, in the forms Norwegian spreadsheets open without asking, row by row.

What is written here and read by `tables.read_tables` is the same text. In CSV a day is 31.12.2025 and a
number has a decimal comma; text that begins like a formula gets an apostrophe that the reader takes off.
In XLSX days and numbers are days and numbers. Signs no file can hold (control characters, halves of
characters) are left out, and text longer than a spreadsheet cell can hold ends in «…».
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import IO, Any

import xlsxwriter

from sloyfe.core.imports import formulas

Cell = str | int | bool | Decimal | float | date | None
Formats = Mapping[type[date], Any]

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ROWS_AT_ONCE = 500
_NOT_WRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_AT_MOST = 31
_CELL_AT_MOST = 32_767


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to write. `rows` may be an iterator; it is read once."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def csv_chunks(sheet: Sheet) -> Iterator[bytes]:
    """The CSV file in pieces: UTF-8 with byte order mark, semicolon, CRLF, every text quoted where needed."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv_text(name) for name in sheet.header])
    yield _BYTE_ORDER_MARK + _taken(buffer)
    for count, row in enumerate(sheet.rows, 1):
        writer.writerow([_csv_text(cell) for cell in row])
        if count % _ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def write_xlsx(sheets: Iterable[Sheet], out: IO[bytes]) -> None:
    """Write the workbook to `out` in little memory; each sheet has its header frozen and filtered."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options | {"strings_to_numbers": False}) as book:
        bold = book.add_format({"bold": True})
        formats = {
            date: book.add_format({"num_format": "dd.mm.yyyy"}),
            datetime: book.add_format({"num_format": "dd.mm.yyyy hh:mm:ss"}),
        }
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_sheet_name(sheet.name)), sheet, bold, formats)


def writable(text: str) -> str:
    """The text without signs that no file can hold; line breaks are those of the text."""
    return _NOT_WRITABLE.sub("", text)


def _taken(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return data


@lru_cache(maxsize=1 << 14, typed=True)  # names, offices and days come again and again in a long file
def _csv_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return formulas.neutralised(writable(cell))
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return f"{cell.day:02}.{cell.month:02}.{cell.year:04}"
    return str(_exact(cell)).replace(".", ",")


def _exact(number: int | float | Decimal) -> str:
    return format(Decimal(str(number)), "f")


def _write_sheet(target: Any, sheet: Sheet, bold: Any, formats: Formats) -> None:
    target.freeze_panes(1, 0)
    for column, name in enumerate(sheet.header):
        target.write_string(0, column, _xlsx_text(name), bold)
        target.set_column(column, column, max(12, min(40, len(name) + 4)))
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            _write_cell(target, number, column, cell, formats)


def _write_cell(target: Any, row: int, column: int, cell: Cell, formats: Formats) -> None:
    if isinstance(cell, str):
        target.write_string(row, column, _xlsx_text(cell))
    elif isinstance(cell, bool):
        target.write_string(row, column, "ja" if cell else "nei")
    elif isinstance(cell, date):
        target.write_datetime(row, column, cell, formats[type(cell)])
    elif cell is not None:
        target.write_number(row, column, cell)


def _xlsx_text(text: str) -> str:
    plain = formulas.quoted_again(writable(text))
    return plain if len(plain) <= _CELL_AT_MOST else plain[: _CELL_AT_MOST - 1] + "…"


def _sheet_name(name: str) -> str:
    return _NOT_IN_SHEET_NAMES.sub(" ", name)[:_SHEET_NAME_AT_MOST].strip("' ") or "Ark"
