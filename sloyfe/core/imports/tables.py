"""Reads an upload into located tables: CSV or XLSX, all sheets, or a clear sentence about why not.

This is the way in for every importer of tables. What the columns mean is for the importer; see `rows.Table`.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from sloyfe.core.imports import delimited, texts, workbooks
from sloyfe.core.imports.limits import LIMITS, Limits, Upload, checked, refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place
from sloyfe.core.imports.rows import Row, Table, normalised

__all__ = ["FileKind", "Limits", "Row", "Table", "Upload", "kind_of", "normalised", "read_tables"]


class FileKind(StrEnum):
    """What a file is, by its bytes and never by its name."""

    WORKBOOK = "workbook"
    TEXT = "text"
    JSON = "json"
    XML = "xml"
    HTML = "html"
    ZIP = "zip"
    OLD_OFFICE = "old office"
    PDF = "pdf"
    BINARY = "binary"


_USE_CSV_OR_XLSX = _("Save it as «CSV UTF-8» or as an Excel workbook (.xlsx) and upload again.")
_CALLED_WORKBOOK = (".xlsx", ".xlsm", ".xls")
_NOT_TABLES = {
    FileKind.JSON: (_("The file is JSON, not a table."), _USE_CSV_OR_XLSX),
    FileKind.XML: (_("The file is XML, not a table."), _USE_CSV_OR_XLSX),
    FileKind.HTML: (_("The file is a web page, even if its name says otherwise."), _USE_CSV_OR_XLSX),
    FileKind.PDF: (_("The file is a PDF. A table cannot be read out of that safely."), _USE_CSV_OR_XLSX),
    FileKind.ZIP: (
        _("The file is packed, or is another kind of document."),
        _("Unpack it and upload the files in it."),
    ),
    FileKind.OLD_OFFICE: (
        _("The workbook is in the old .xls format, or is locked with a password."),
        _("Open it, save it as an Excel workbook (.xlsx) without a password and upload that."),
    ),
    FileKind.BINARY: (_("This is not a text file we can read."), _USE_CSV_OR_XLSX),
}


def read_tables(upload: Upload, limits: Limits = LIMITS) -> tuple[Table, ...]:
    """Every sheet that has a header and rows; at least one. Raises FileRefused with a sentence about the
    file.
    """
    place = checked(upload, limits)
    tables = _tables(place, upload.data, limits)
    if not tables:
        raise refusal(place, _("The file is empty."), _("Check that you chose the right file."))
    if not any(table.rows or table.problems for table in tables):
        raise refusal(
            place,
            _("There is a header, but no rows under it."),
            _("Check that you chose the right file and sheet."),
        )
    return tables


def kind_of(data: bytes) -> FileKind:
    """What the bytes are. `TEXT` is anything that can be decoded and begins like nothing else."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return FileKind.WORKBOOK if _is_workbook(data) else FileKind.ZIP
    for mark, kind in _MARKS.items():
        if data.startswith(mark):
            return kind
    if texts.is_binary(data):
        return FileKind.BINARY
    return _kind_of_text(data[:4000].lstrip(b"\xef\xbb\xbf \r\n\t").lower())


_MARKS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": FileKind.OLD_OFFICE,
    b"%PDF": FileKind.PDF,
    b"\x1f\x8b": FileKind.ZIP,
    b"7z\xbc\xaf": FileKind.ZIP,
    b"Rar!": FileKind.ZIP,
}

_HTML = re.compile(rb"<!doctype html|<(?:html|table|meta|head|body)\b")
_XML = re.compile(rb"<\?xml|<!--|<[a-z_][\w.:-]*[\s/>]")
_JSON = re.compile(rb'\{\s*["}]|\[\s*[\[{"\]]')


def _kind_of_text(start: bytes) -> FileKind:
    if _HTML.match(start):
        return FileKind.HTML
    if _XML.match(start):
        return FileKind.HTML if b"<html" in start else FileKind.XML
    return FileKind.JSON if _JSON.match(start) else FileKind.TEXT


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _tables(place: Place, data: bytes, limits: Limits) -> tuple[Table, ...]:
    kind = kind_of(data)
    if kind is FileKind.WORKBOOK:
        return workbooks.read(place, data, limits)
    if kind is FileKind.TEXT:
        table = delimited.read(place, data, limits)
        if table is not None and len(table.header) == 1 and place.file.lower().endswith(_CALLED_WORKBOOK):
            message = _("The file is called a workbook, but holds plain text and no table.")
            raise refusal(place, message, _USE_CSV_OR_XLSX)
        return () if table is None else (table,)
    raise refusal(place, *_NOT_TABLES[kind])
