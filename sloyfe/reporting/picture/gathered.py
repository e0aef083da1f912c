"""The body on one day as arrays: who works where, what each is asked for, and what may be counted of what each says.

A table counts people in groups: `counted` says who is in the group, `has` who of them has it. Every table that is
published is one of `TABLES`; the policy's list of crossings decides which of them are made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

NOT_ASKED = 255
STEPS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What is known of people × competences. `required` is NOT_ASKED or 1 to 5; `level` 0 where nothing counts."""

    required: Bytes
    level: Bytes
    wish: Bools
    leaving: Bools

    @property
    def asked(self) -> Bools:
        asked: Bools = self.required != NOT_ASKED
        return asked

    @property
    def meets(self) -> Bools:
        return self.asked & (self.level > 0) & (self.level >= self.required)


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """`people` are ids, ascending; `office` the unit each works in, `line` «state» or «municipal» by person."""

    day: date
    people: Ints
    office: Ints
    line: npt.NDArray[np.str_]
    competences: tuple[int, ...]
    said: Said


Counting = tuple[Bools, Bools]


def _meets(said: Said) -> Counting:
    return said.asked, said.meets


def _wish(said: Said) -> Counting:
    return np.ones(said.level.shape, dtype=np.bool_), said.wish


def _responded(said: Said) -> Counting:
    return _any(said.asked), _any(said.asked & (said.level > 0))


def _any(cells: Bools) -> Bools:
    """One column: is it true of the person in any?"""
    found: Bools = (cells.sum(axis=1, keepdims=True) > 0).astype(np.bool_)
    return found


def _below(said: Said) -> Counting:
    """Of those asked who are not known to meet it: who have answered. Nobody can be below the first level."""
    group = said.asked & ~said.meets & (said.required >= 2)
    return group, group & (said.level > 0)


def _above(said: Said) -> Counting:
    """Of those who meet it: who are above. Nobody can be above the fifth level."""
    group = said.meets & (said.required < STEPS)
    return group, group & (said.level > said.required)


def _leaving(said: Said) -> Counting:
    """Of those asked who leave within half a year, which is known: who meet it."""
    group = said.asked & said.leaving[:, None]
    return group, group & said.meets


TABLES: dict[str, Callable[[Said], Counting]] = {
    "meets": _meets,
    "wish": _wish,
    "responded": _responded,
    "below": _below,
    "above": _above,
    "leaving": _leaving,
    "lines": _meets,
}
