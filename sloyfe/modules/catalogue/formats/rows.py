"""The rows of an official CSV file: known encoding, known separator, a heading line, every row numbered.

For files whose encoding and separator somebody chose by hand, see `sloyfe.core.imports.tables`.
"""

from __future__ import annotations

import csv
import struct
import zlib
from collections.abc import Iterator
from io import TextIOWrapper
from lzma import LZMAError
from zipfile import BadZipFile

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.bundle import Member
from sloyfe.modules.catalogue.formats.ledger import refuse

Row = dict[str, str]

_DAMAGED = (BadZipFile, zlib.error, LZMAError, struct.error, OSError, EOFError, RuntimeError, ValueError)
"""What reading a file, or a damaged archive, can end in (NotImplementedError is a RuntimeError)."""


def records(member: Member) -> Iterator[tuple[int, list[str]]]:
    """Every record with its number, the heading line being 1 and line breaks in cells not counting.

    Raises `FileRefused` where the file is no UTF-8 or its quotation marks do not add up. Empty lines are
    passed over.
    """
    here = Place(member.name)
    try:
        with member.open() as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
            for number, cells in enumerate(csv.reader(text, strict=True), start=1):
                if cells:
                    yield number, cells
    except UnicodeError as error:
        raise refuse(here, messages.NOT_TEXT) from error
    except csv.Error as error:
        raise refuse(here, messages.NOT_CSV) from error
    except _DAMAGED as error:
        raise refuse(here, messages.NOT_ZIP) from error


def content(member: Member) -> str:
    """The whole of a text file. Raises `FileRefused` as `records` does."""
    here = Place(member.name)
    try:
        with member.open() as raw:
            return raw.read().decode("utf-8-sig")
    except UnicodeError as error:
        raise refuse(here, messages.NOT_TEXT) from error
    except _DAMAGED as error:
        raise refuse(here, messages.NOT_ZIP) from error


def rows(member: Member, *needed: str) -> Iterator[tuple[int, Row]]:
    """Every row below the heading line, as column to value.

    A row that ends early has empty values for the rest; cells beyond the last heading are kept under their
    number. Raises `FileRefused` where a `needed` column is not there.
    """
    told = records(member)
    _, heading = next(told, (0, []))
    columns = [column.strip() for column in heading]
    _check_columns(member, columns, needed)
    for number, cells in told:
        yield number, _by_column(columns, cells)


def _by_column(columns: list[str], cells: list[str]) -> Row:
    row = dict(zip(columns, cells, strict=False))
    if len(cells) < len(columns):
        row.update(dict.fromkeys(columns[len(cells) :], ""))
    for number, cell in enumerate(cells[len(columns) :], start=len(columns) + 1):
        row[str(number)] = cell
    return row


def _check_columns(member: Member, columns: list[str], needed: tuple[str, ...]) -> None:
    if not columns:
        raise refuse(Place(member.name), messages.NO_HEADER)
    for column in needed:
        if column not in columns:
            raise refuse(Place(member.name), messages.NO_COLUMN, column=column)
