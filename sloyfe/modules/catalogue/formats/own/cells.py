"""One row of our own format, its cells turned into values.

A cell that cannot be understood raises `CellProblem`, which knows the place; the reader leaves the row out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sloyfe.core.imports import values
from sloyfe.core.imports.places import Place, Problem
from sloyfe.core.imports.tables import Row
from sloyfe.modules.catalogue.formats.draft import Texts, Words
from sloyfe.modules.catalogue.formats.own.vocabulary import LANGUAGES, LEVELS
from sloyfe.modules.catalogue.formats.texts import one_line

Choice = TypeVar("Choice", bound=str)
Value = TypeVar("Value")

BETWEEN_NAMES = " | "
_BETWEEN_KEYS = re.compile(r"\s*\|\s*|\n")
_HIGHEST = 1000


class CellProblem(Exception):
    """A cell could not be understood; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Cells:
    row: Row

    @property
    def place(self) -> Place:
        return self.row.place()

    def key(self, name: str) -> str:
        return one_line(self.row[name])

    def keys(self, name: str) -> tuple[str, ...]:
        """Several keys in one cell, parted by | or line breaks."""
        parts = (one_line(part) for part in _BETWEEN_KEYS.split(self.row[name]))
        return tuple(part for part in dict.fromkeys(parts) if part)

    def texts(self, name: str) -> Texts:
        told = {language: self.row[f"{name}_{language}"] for language in LANGUAGES}
        return {language: text for language, text in told.items() if text.strip()}

    def words(self, name: str) -> Words:
        """Several names in one cell: one to a line, or on one line parted by « | »."""
        told = {language: _names(self.row[f"{name}_{language}"]) for language in LANGUAGES}
        return {language: words for language, words in told.items() if words}

    def wordings(self) -> Mapping[int, Texts]:
        told = {level: self.texts(f"level_{level}") for level in LEVELS}
        return {level: texts for level, texts in told.items() if texts}

    def choice(self, name: str, choices: Mapping[Choice, tuple[str, ...]], empty: Choice | None = None) -> Choice:
        """One of the words, or `empty` where nothing is written; without `empty` the cell must be filled."""
        by_word = {word: choice for choice, words in choices.items() for word in words}
        return self.read(name, lambda text: values.choice(text, by_word), empty)

    def number(self, name: str, empty: int) -> int:
        return self.read(name, lambda text: int(values.number_between(text, 1, _HIGHEST, decimals=0)), empty)

    def read(self, name: str, reader: Callable[[str], Value], empty: Value | None = None) -> Value:
        """What `reader` makes of the cell, or `empty` where nothing is written, if that may be."""
        if empty is not None and not self.row.has(name):
            return empty
        try:
            return reader(values.text(self.row[name]))
        except values.ValueProblem as problem:
            raise CellProblem(problem.at(self.row.place(name), self.row[name])) from None


def _names(cell: str) -> tuple[str, ...]:
    parts = cell.split("\n") if "\n" in cell else cell.split(BETWEEN_NAMES)
    return tuple(filter(None, dict.fromkeys(map(one_line, parts))))
