"""Reads XLSX: every sheet, values and never formulas, with guards against hostile workbooks.

A workbook is a ZIP file of XML. Before it is opened its contents table is weighed; while it is read the
cells are counted, empty ones too, since a few bytes can ask for millions. Entities and doctypes are
refused by defusedxml, which openpyxl uses where it is installed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl

from sloyfe.core.imports.building import RawRow, table_of
from sloyfe.core.imports.limits import Limits, refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import FileRefused, Place
from sloyfe.core.imports.rows import Table

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
# A text cell (t="str") may have the empty text as its true result; any other formula cell has a value.
_FORMULA_WITHOUT_RESULT = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_CHUNK = 1 << 20
_LONGEST_FORMULA = 10_000
_MEMBERS_AT_MOST = 5000


def read(place: Place, data: bytes, limits: Limits) -> tuple[Table, ...]:
    """One table for each sheet that has a header. Raises FileRefused, also for any damage in the file."""
    weigh(place, data, limits)
    try:
        return tuple(_tables(place, data, limits))
    except FileRefused:
        raise
    except Exception as fault:  # a damaged workbook makes openpyxl raise almost anything
        raise refusal(
            place,
            _("The workbook is damaged or was made in a way we cannot read."),
            _("Open it in a spreadsheet program, save it again as .xlsx and upload that."),
        ) from fault


def weigh(place: Place, data: bytes, limits: Limits) -> None:
    """Raises FileRefused for a ZIP file that unpacks to too much, is locked or has too many parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        raise refusal(place, _("The file is damaged."), _("Save it again and upload the new one.")) from fault
    if any(part.flag_bits & 1 for part in parts):
        raise refusal(place, _("The file is locked with a password."), _("Save it without one and upload again."))
    unpacked = sum(part.file_size for part in parts)
    swells = unpacked > limits.ratio_from_bytes and unpacked > limits.ratio * len(data)
    if unpacked > limits.unpacked_bytes or swells or len(parts) > _MEMBERS_AT_MOST:
        raise refusal(
            place,
            _("The file unpacks to far more than it should, and was not opened."),
            _("Remove sheets and formatting that are not needed, or save each sheet as CSV."),
        )


def _tables(place: Place, data: bytes, limits: Limits) -> Iterator[Table]:
    _refuse_formulas_without_results(place, data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        sheets = list(book.worksheets)
        if len(sheets) > limits.sheets:
            raise refusal(
                place,
                _("There are {count} sheets. At most {limit} can be read."),
                _("Remove the sheets that are not needed."),
                count=len(sheets),
                limit=limits.sheets,
            )
        for sheet in sheets:
            sheet.reset_dimensions()
            raw = _rows(Place(place.file, sheet.title), sheet, limits)
            table = table_of(place.file, sheet.title, raw, limits, leaves_out_empty=True)
            if table is not None:
                yield table
    finally:
        book.close()


def _refuse_formulas_without_results(place: Place, data: bytes) -> None:
    """A program that does not calculate saves formulas only; read as values they would be empty cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if _SHEET_PART.fullmatch(part) and _has_formula_without_result(archive, part):
                raise refusal(
                    place,
                    _("The workbook has formulas whose results were not saved."),
                    _("Open it in a spreadsheet program and save it, or paste the cells as values."),
                )


def _has_formula_without_result(archive: zipfile.ZipFile, part: str) -> bool:
    tail = b""
    with archive.open(part) as source:
        while chunk := source.read(_CHUNK):
            if _FORMULA_WITHOUT_RESULT.search(tail + chunk):
                return True
            tail = (tail + chunk)[-_LONGEST_FORMULA:]
    return False


def _rows(place: Place, sheet: Any, limits: Limits) -> Iterator[RawRow]:
    visited = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        visited += len(cells) + 1
        if visited > limits.cells_visited:
            raise refusal(
                Place(place.file, place.sheet, number),
                _("The sheet stretches over more cells than can be read."),
                _("Copy the cells that hold something to a new workbook and upload that."),
            )
        yield number, _trimmed(cells)


def _trimmed(cells: tuple[Any, ...]) -> list[str]:
    texts = [_text(cell.value, cell.number_format) if cell.value is not None else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: object, number_format: str) -> str:
    """The value as `values` reads it; a number shown as per cent is written as per cent."""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return "ja" if value else "nei"
    if isinstance(value, int | float):
        return _number(value, percent="%" in (number_format or ""))
    return _moment(value)


def _number(value: int | float, *, percent: bool) -> str:
    if isinstance(value, float) and not -1e15 < value < 1e15:
        return str(value)
    exact = Decimal(repr(value)) * (100 if percent else 1)
    plain = format(round(exact, 10).normalize(), "f").replace(".", ",")
    return f"{plain} %" if percent else plain


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        whole_day = value.time() == time()
        return value.date().isoformat() if whole_day else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)
