"""What the engine answers: which cells are shown, and for those that are not why, and where to look instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sloyfe.engines.disclosure.kinds import Bools, Ints


class Reason(IntEnum):
    """Why a cell reads as it does, in what may be told to anybody.

    «Too few on one side» and «hidden for a neighbour's sake» are one reason on purpose: who is told which of the two
    it is, knows that the count is at most two (or all but two), which is what was to be hidden.
    """

    SHOWN = 0
    NOBODY = 1
    """There is nobody in the group."""
    FEW_PEOPLE = 2
    """The group itself is too small; its size is public, so this tells nothing."""
    PROTECTED = 3
    """Too few on one side, here or beside it."""
    NOT_OFFERED = 4
    """Shut by the caller: so fine a division is not given for so small a group."""
    UNCHANGED = 5
    """The number shown is an earlier one, with its date."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """All arrays are rows × columns, in the order of the body that was asked about.

    `low` and `high` are what an outsider can work out; `nearest` is the nearest row above that shows a number in the
    same column, or −1. `sensitive` and `beside` are for judges and benchmarks: publishing them would undo the
    protection. `carried` is the earlier release whose number stands instead, as its place in the list given, or −1.
    `beyond` counts protected cells that earlier releases alone already tell too much about.
    """

    shown: Bools
    reason: Ints
    nearest: Ints
    low: Ints
    high: Ints
    sensitive: Bools
    beside: Bools
    carried: Ints
    beyond: int
    rounds: int
