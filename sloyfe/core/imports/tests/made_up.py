"""Numbers shaped like national identity numbers, made while a test runs so that none stands in a file."""

from __future__ import annotations

from collections.abc import Iterator

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def numbers(day: int, month: int, year: int = 90) -> Iterator[str]:
    """Every number with both control digits right for a written day and month, 41–72 and 41–92 included."""
    for individual in range(1000):
        digits = [int(sign) for sign in f"{day:02}{month:02}{year:02}{individual:03}"]
        for weights in (FIRST, SECOND):
            total = sum(w * d for w, d in zip(weights, digits, strict=True))
            digits.append(-total % 11)
        if max(digits) < 10:
            yield "".join(str(digit) for digit in digits)


def number(day: int = 3, month: int = 2, year: int = 90) -> str:
    return next(numbers(day, month, year))
