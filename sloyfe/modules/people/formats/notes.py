"""Gathers problems while a file that is no table is read: values that cannot be understood, things not
told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sloyfe.core.imports import values
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.core.imports.values import ValueProblem

Value = TypeVar("Value")

NUMBER_AT_MOST = 40


@dataclass(slots=True)
class Notes:
    """`read` and `say` add to `problems`; nothing here raises."""

    problems: list[Problem] = field(default_factory=list)

    def say(self, weight: Weight, place: Place, message: str, remedy: str = "", value: str = "") -> None:
        self.problems.append(Problem(place, weight, message, remedy, values.shortened(value)))

    def read(self, place: Place, text: str, how: Callable[[str], Value]) -> Value | None:
        """The value, or None: with a problem where the text is not understood, without where it is empty."""
        if not text.strip():
            return None
        try:
            return how(text)
        except ValueProblem as problem:
            self.problems.append(problem.at(place, text))
            return None

    def text(self, place: Place, text: str, at_most: int = 200) -> str:
        return self.read(place, text, lambda written: values.text(written, at_most=at_most)) or ""

    def number(self, place: Place, text: str) -> str:
        return self.text(place, text, NUMBER_AT_MOST)

    def in_order(self, place: Place, valid_from: date | None, valid_to: date | None) -> None:
        """A problem where the half-open period has no day in it."""
        if valid_from and valid_to and valid_to <= valid_from:
            self.say(
                Weight.SKIPS,
                place,
                _("The last day is before the first day."),
                _("Correct one of the dates in the HR system and export again."),
                value=valid_from.isoformat(),
            )
