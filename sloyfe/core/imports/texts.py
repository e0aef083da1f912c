"""Finds out how the bytes of a text file are to be read, and reads them.

UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252, which is what older Norwegian
programs write. UTF-8 is strict, so a Windows-1252 file with any Norwegian letter in it cannot be mistaken
for it.
"""

from __future__ import annotations

import codecs

from sloyfe.core.imports.limits import refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = frozenset(range(9)) | frozenset(range(14, 27)) | frozenset(range(28, 32))
_CONTROLS_AT_MOST = 0.01


def decoded(place: Place, data: bytes) -> str:
    """The text of the file. Raises FileRefused where the bytes are not text."""
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.removeprefix("\ufeff")
    raise not_text(place)


def not_text(place: Place) -> Exception:
    return refusal(
        place,
        _("This is not a text file we can read."),
        _("Save it as «CSV UTF-8» or as an Excel workbook (.xlsx) and upload again."),
    )


def is_binary(data: bytes) -> bool:
    """True where the bytes hold control signs as no text does."""
    if data.startswith(_UTF16_MARKS):
        return False
    sample = data[:65536]
    return sum(byte in _CONTROLS for byte in sample) > len(sample) * _CONTROLS_AT_MOST


def _candidates(data: bytes) -> tuple[str, ...]:
    if data.startswith(_UTF16_MARKS):
        return ("utf-16",)
    return ("utf-8", "cp1252")
