"""What a reader says about the file while it reads: problems, rows left out but kept whole, and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sloyfe.core.imports.places import FileRefused, Place, Problem, Weight
from sloyfe.modules.catalogue.formats.draft import ReportedRow
from sloyfe.modules.catalogue.formats.messages import remedy_of
from sloyfe.modules.catalogue.formats.texts import shown

LONGEST_VALUE = 200
"""Characters of a value repeated in a problem; the reported row has it whole."""

NOTHING_WRITTEN = "–"
"""Stands in a sentence for a value that is empty."""


@dataclass(slots=True)
class Ledger:
    problems: list[Problem] = field(default_factory=list)
    reported: list[ReportedRow] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    _gathered: dict[str, tuple[Place, int]] = field(default_factory=dict)

    def stop(self, place: Place, message: str, value: str = "", **params: str) -> None:
        """The file cannot be stored; reading goes on, so that everything wrong is said at once."""
        self.problems.append(_problem(place, Weight.STOPS, message, value, params))

    def note(self, place: Place, message: str, value: str = "", **params: str) -> None:
        self.problems.append(_problem(place, Weight.NOTE, message, value, params))

    def leave_out(self, place: Place, row: Mapping[str, str], message: str, value: str = "", **params: str) -> None:
        """Leave out a row (or a part of it) and keep it whole in the report."""
        self.leave_out_for(_problem(place, Weight.SKIPS, message, value, params), row)

    def leave_out_for(self, problem: Problem, row: Mapping[str, str]) -> None:
        """The same, for a problem somebody else has put into words."""
        whole = {shown(column): shown(cell) for column, cell in row.items()}
        self.problems.append(problem)
        self.reported.append(ReportedRow(problem.place, whole, problem.message, problem.params))

    def gather(self, place: Place, message: str, count: int = 1) -> None:
        """Said once for all it holds for, with the first place and `{count}`; see `gathered`."""
        first, before = self._gathered.get(message, (place, 0))
        self._gathered[message] = (first, before + count)

    def gathered(self) -> tuple[Problem, ...]:
        """The problems of the file, gathered ones last."""
        told = (
            _problem(place, Weight.NOTE, message, "", {"count": str(count)})
            for message, (place, count) in self._gathered.items()
        )
        return (*self.problems, *told)


def refuse(place: Place, message: str, **params: str) -> FileRefused:
    """The error to raise where the file as a whole cannot be read."""
    return FileRefused(_problem(place, Weight.STOPS, message, "", {"file": place.file, **params}))


def _problem(place: Place, weight: Weight, message: str, value: str, params: Mapping[str, str]) -> Problem:
    short = shown(value)
    if len(short) > LONGEST_VALUE:
        short = short[:LONGEST_VALUE] + "…"
    told = {name: shown(text) for name, text in params.items()}
    if "{value}" in message:
        told["value"] = short or NOTHING_WRITTEN
    return Problem(place, weight, message, remedy_of(message), short, told)
