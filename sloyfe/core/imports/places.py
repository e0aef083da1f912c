"""Where a value stood in a file, and what was wrong with it.

Every importer speaks in these two types, so that a problem is shown the same way whatever the format.
Messages are English message ids with named parameters; they are translated where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Weight(StrEnum):
    """How much a problem weighs: it stops the file, it leaves one row out, or it is only said."""

    STOPS = "stops"
    SKIPS = "skips"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A cell in an uploaded file. `row` counts from 1 as a spreadsheet does; 0 means the whole file."""

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong, where, and what to do about it.

    `message` and `remedy` are message ids («The date {value} is not a day»), filled from `params`.
    """

    place: Place
    weight: Weight
    message: str
    remedy: str = ""
    value: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


class FileRefused(Exception):
    """The file as a whole cannot be read; nothing was changed."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
