"""Cleaning the words of a framework: one-line names, several names in one cell, characters nobody can see.

The official files hold doubly encoded characters (a right single quotation mark written as three), stray
control characters, names with spaces around them, and lists of names parted by line breaks in one file and
by « | » in the next. Letters of any script are left alone, and so is the direction they are written in.
"""

from __future__ import annotations

import html
import re
import unicodedata

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_DOUBLY_ENCODED = re.compile("[\u00c2-\u00f4][\u0080-\u00bf]+")
_SPACES = re.compile(r"\s+")
_BETWEEN_NAMES = re.compile(r"\n| \| ")
_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<\s*(?:br|/p|/li|/div)\b[^<>]*>", re.IGNORECASE)


def has_invisible(text: str) -> bool:
    return _INVISIBLE.search(text) is not None


def cleaned(text: str) -> str:
    """Without characters that cannot be seen; doubly encoded UTF-8 beside them is mended first."""
    if not has_invisible(text):
        return text
    return _INVISIBLE.sub("", _DOUBLY_ENCODED.sub(_decoded_once_more, text))


def shown(text: str) -> str:
    """For reports: what cannot be seen or stored becomes the replacement sign, and nothing else changes."""
    return _INVISIBLE.sub("\ufffd", text) if has_invisible(text) else text


def one_line(text: str) -> str:
    """A name: in Unicode form NFC, no spaces around it, every run of white space one space."""
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip())


def prose(text: str) -> str:
    """A description: in Unicode form NFC, line breaks kept as one kind."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").strip())


def several(cell: str, besides: str = "") -> tuple[str, ...]:
    """The names in one cell, in their order, each once and none equal to `besides`."""
    if not cell:
        return ()
    names = (one_line(part) for part in _BETWEEN_NAMES.split(cell.replace("\r", "\n")))
    return tuple(name for name in dict.fromkeys(names) if name and name != besides)


def without_tags(text: str) -> str:
    """The words of a piece of HTML, line breaks where it breaks; for showing, never for trusting."""
    if "<" not in text and "&" not in text:
        return prose(text)
    return prose(html.unescape(_TAG.sub("", _BREAK.sub("\n", text))))


def _decoded_once_more(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeError:
        return found[0]
