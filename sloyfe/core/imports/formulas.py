"""Text that a spreadsheet would run as a formula: made harmless on the way out, itself again on the way in.

On the way out an apostrophe goes before text that begins like a formula, and before text that already
begins with apostrophes and then like a formula; on the way in one such apostrophe is taken off. So what
was written is what is read, whatever the text. In XLSX a text cell is never run, and only the second rule
is needed there.
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_DANGEROUS = re.compile(f"'*[{_SIGNS}]")
_QUOTED = re.compile(f"'+[{_SIGNS}]")
_FORMULA = re.compile(r"[=@]|[+-](?![\d\s.,()/-]*$)\S")


def neutralised(text: str) -> str:
    """For CSV: text no spreadsheet will run."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def quoted_again(text: str) -> str:
    """For XLSX: text that `restored` gives back as it was."""
    return f"'{text}" if _QUOTED.match(text) else text


def restored(text: str) -> str:
    """The text without the apostrophe one of the two above put there."""
    return text[1:] if _QUOTED.match(text) else text


def looks_like_one(text: str) -> bool:
    """True for text a spreadsheet may run; not for numbers, phone numbers and lists with a dash."""
    return bool(_FORMULA.match(text))
