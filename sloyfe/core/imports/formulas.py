"""Text that a spreadsheet would run as a formula: made harmless on the way out, itself again on the way in.

In CSV an apostrophe goes before text that begins like a formula or is one of a spreadsheet's error words,
also where it begins with apostrophes already; the reader takes one such apostrophe off. So what was
written is what is read, whatever the text. In XLSX a text cell is never run, so only the apostrophes and
the error words need it.
"""

from __future__ import annotations

import re

_SIGNS = "[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_ERROR = r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)\Z"
_DANGEROUS = re.compile(f"'*(?:{_SIGNS}|{_ERROR})")
_QUOTED = re.compile(f"'+(?:{_SIGNS}|{_ERROR})")
_QUOTED_OR_ERROR = re.compile(f"'+{_SIGNS}|'*{_ERROR}")
_ERROR_ALONE = re.compile(_ERROR)
_FORMULA = re.compile(r"[=@]|[+-](?![\d\s.,()/-]*$)\S")


def neutralised(text: str) -> str:
    """For CSV: text no spreadsheet will run."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def quoted_again(text: str) -> str:
    """For XLSX: text that `restored` gives back as it was."""
    return f"'{text}" if _QUOTED_OR_ERROR.match(text) else text


def restored(text: str) -> str:
    """The text without the apostrophe one of the two above put there."""
    return text[1:] if _QUOTED.match(text) else text


def looks_like_one(text: str) -> bool:
    """True for text a spreadsheet may run; not for numbers, phone numbers and lists with a dash."""
    return bool(_FORMULA.match(text))


def is_error(text: str) -> bool:
    """True for the words a spreadsheet writes where a formula failed."""
    return bool(_ERROR_ALONE.match(text))
