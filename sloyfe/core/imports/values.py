"""Turns the text of a cell into a value, in the ways Norwegian files write it.

Each function gives the value or raises `ValueProblem` with a sentence about what is wrong and what to write
instead. None of them knows where the text stood; the reader that calls them adds the place. Empty text is a
problem here: whether a cell may be empty is for the reader to say. What can be read two ways is not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Problem, Weight

Choice = TypeVar("Choice")

_DOTTED = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?")
_COMPACT = re.compile(r"(19|20|21)([0-9]{2})([0-9]{2})([0-9]{2})")
_TWO_DIGIT_YEAR = re.compile(r"[0-9]{1,2}[./-]\s?[0-9]{1,2}[./-]\s?[0-9]{2}")
_SERIAL = re.compile(r"[2-7][0-9]{4}")
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_YEARS = range(1900, 2200)

_SPACE = "[ \u00a0\u2009\u202f']"
_NUMBER = re.compile(rf"[+-]?(?:[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]{{1,15}})(?:[.,][0-9]{{1,15}})?")
_DOTTED_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,15}")
_THOUSANDS_OR_DECIMALS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")

_YES = frozenset(("ja", "j", "yes", "y", "true", "sann", "1", "x"))
_NO = frozenset(("nei", "n", "no", "false", "usann", "0"))
_INVISIBLE = frozenset(("Cc", "Cs", "Co", "Cn"))


class ValueProblem(Exception):
    """The text of one cell could not be understood."""

    def __init__(self, message: str, remedy: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.params = {name: str(value) for name, value in params.items()}

    def at(self, place: Place, value: str, weight: Weight = Weight.SKIPS) -> Problem:
        """The problem with its place and the value as it stood, cut to a length fit for a list."""
        return Problem(place, weight, self.message, self.remedy, shortened(value), self.params)


def shortened(value: str, at_most: int = 80) -> str:
    """The value as it can be shown on one line."""
    plain = " ".join(value.split())
    return plain if len(plain) <= at_most else plain[: at_most - 1] + "…"


def text(value: str, *, at_most: int = 200, lines: bool = False) -> str:
    """Trimmed and in Unicode form NFC; runs of white space become one space unless `lines`."""
    normal = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    trimmed = normal.strip() if lines else " ".join(normal.split())
    if not trimmed:
        raise ValueProblem(_("The cell is empty."), _("Fill it in."))
    if any(unicodedata.category(sign) in _INVISIBLE and sign not in "\n\t" for sign in trimmed):
        raise ValueProblem(
            _("The text has signs that cannot be shown."), _("Write the text again in the cell, by hand.")
        )
    if len(trimmed) > at_most:
        raise ValueProblem(
            _("The text is {length} characters long. At most {limit} can be kept."),
            _("Shorten it."),
            length=len(trimmed),
            limit=at_most,
        )
    return trimmed


def day(value: str) -> date:
    """31.12.2025, 2025-12-31 (a time after it is left out), 20251231 or a spreadsheet's own day number."""
    written = value.strip()
    if _SERIAL.fullmatch(written):
        return _SERIAL_DAY_ZERO + timedelta(days=int(written))
    if _TWO_DIGIT_YEAR.fullmatch(written):
        raise ValueProblem(
            _("The year has two digits, so we cannot know which century it is."),
            _("Write the date with four digits in the year, such as 31.12.2025."),
        )
    try:
        return _whole_day(written)
    except ValueError:
        raise ValueProblem(
            _("This is not a date we can read."), _("Write the date as 31.12.2025 or 2025-12-31.")
        ) from None


def _whole_day(written: str) -> date:
    if found := _DOTTED.fullmatch(written):
        found_day = date(int(found[3]), int(found[2]), int(found[1]))
    elif found := _ISO.fullmatch(written):
        found_day = date(int(found[1]), int(found[2]), int(found[3]))
    elif found := _COMPACT.fullmatch(written):
        found_day = date(int(found[1] + found[2]), int(found[3]), int(found[4]))
    else:
        raise ValueError(written)
    if found_day.year not in _YEARS:
        raise ValueError(written)
    return found_day


def decimal(value: str) -> Decimal:
    """62,5 or 62.5 or 1 200,5 or 1.200,5. Not 1.200, which may be a thousand or a little over one."""
    written = value.strip().replace("\u2212", "-")
    if _THOUSANDS_OR_DECIMALS.fullmatch(written):
        raise ValueProblem(
            _("The dot can be read as a thousand or as a decimal sign."),
            _("Write the number with a decimal comma, such as 1200 or 1,2."),
        )
    if _DOTTED_THOUSANDS.fullmatch(written):
        written = written.replace(".", "")
    elif not _NUMBER.fullmatch(written):
        raise ValueProblem(_("This is not a number we can read."), _("Write digits, such as 62,5."))
    return Decimal(re.sub(_SPACE, "", written).replace(",", "."))


def number_between(value: str, low: int, high: int, decimals: int) -> Decimal:
    """A decimal number in the range, ends included, with no more decimals than asked for."""
    number = decimal(value)
    if not low <= number <= high:
        raise ValueProblem(
            _("The number must be between {low} and {high}."), _("Correct the number."), low=low, high=high
        )
    if number != round(number, decimals):
        raise ValueProblem(
            _("The number has too many decimals. At most {limit} can be kept."), _("Round it."), limit=decimals
        )
    return number


def percentage(value: str) -> Decimal:
    """0–100, with or without the sign. A bare number between 0 and 1 may be a fraction and is not guessed."""
    written = value.strip()
    bare = written.removesuffix("%").rstrip()
    number = number_between(bare, 0, 100, decimals=2)
    if bare == written and 0 < number <= 1:
        raise ValueProblem(
            _("A share of {value} can mean {value} per cent or a fraction of one."),
            _("Write the percentage, such as 100 or 62,5."),
            value=written,
        )
    return number


def yes_no(value: str) -> bool:
    """ja/nei, j/n, yes/no, true/false, sann/usann, 1/0; x is a yes."""
    written = value.strip().casefold()
    if written in _YES:
        return True
    if written in _NO:
        return False
    raise ValueProblem(_("This is neither yes nor no."), _("Write ja or nei."))


def choice(value: str, choices: Mapping[str, Choice]) -> Choice:
    """The choice whose name was written; names in `choices` are in lower case."""
    written = " ".join(unicodedata.normalize("NFC", value).casefold().replace("_", " ").split())
    if written in choices:
        return choices[written]
    raise ValueProblem(
        _("This is not one of the words used here."),
        _("Write one of: {choices}."),
        choices=", ".join(choices),
    )
