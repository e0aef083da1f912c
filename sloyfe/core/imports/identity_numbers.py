"""Recognises Norwegian national identity numbers, so that none is ever taken in.

Eleven digits: a day (plus 40 for D-numbers), a month (plus 40 for help numbers and one kind of test
number, plus 65 or 80 for other test numbers), a year, three individual digits and two control digits.
Both control digits must be right (weights and remainder 11 as published by the Tax Administration) and
the day possible, so that account numbers and other long numbers pass. Nothing here keeps or returns the
number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_MONTH_OFFSETS = (0, 40, 65, 80)
_SHORT_MONTH_OFFSETS = (0, 40, 80)
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_BETWEEN = "\x1f"
# Not inside a longer run of digits, and not the decimals of a number; a space may stand after the date part.
_ELEVEN = re.compile(r"(?<!\d)(?<!\d[.,])\d{6}[ \u00a0\u2009\u202f.\-]?\d{5}(?!\d)")
# A spreadsheet that took the number for a figure has eaten its leading zero.
_TEN_ALONE = re.compile(r"(?<=\x1f)\s*\d{10}(?:[.,]0+)?\s*(?=\x1f)")


def holds_one(text: str) -> bool:
    """True if an identity number stands anywhere in the text, or is all of it but for its leading zero."""
    framed = f"{_BETWEEN}{text}{_BETWEEN}"
    if any(_is_one(found.group(), _MONTH_OFFSETS) for found in _ELEVEN.finditer(framed)):
        return True
    return any(
        _is_one("0" + re.split("[.,]", found.group())[0], _SHORT_MONTH_OFFSETS) for found in _TEN_ALONE.finditer(framed)
    )


def first_of(cells: Sequence[str]) -> int | None:
    """The index of the first cell that holds an identity number, or None."""
    if not holds_one(_BETWEEN.join(cells)):
        return None
    return next((index for index, cell in enumerate(cells) if holds_one(cell)), None)


def _is_one(written: str, month_offsets: Sequence[int]) -> bool:
    digits = [int(sign) for sign in written if sign.isdecimal()]
    return (
        len(digits) == 11
        and _possible_day(digits, month_offsets)
        and _adds_up(digits, _FIRST_WEIGHTS)
        and _adds_up(digits, _SECOND_WEIGHTS)
    )


def _possible_day(digits: Sequence[int], month_offsets: Sequence[int]) -> bool:
    day, written_month = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]
    day -= 40 if day > 40 else 0
    months = [written_month - offset for offset in month_offsets if 1 <= written_month - offset <= 12]
    return any(1 <= day <= _DAYS_IN_MONTH[month - 1] for month in months)


def _adds_up(digits: Sequence[int], weights: Sequence[int]) -> bool:
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 == 0
