"""What comes back: for each grouping, node and competence a row of counters. Whole numbers only, never a mean.

Every counter is a sum over people, so a node's is the sum of its children's and of its own people's.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from sloyfe.engines.rollup.arrays import I32


class Count(IntEnum):
    """The place of each counter; after them come the people asked who are at level 1, 2, … (`Counters.at_level`)."""

    ASKED = 0
    """Asked for the competence."""
    ANSWERED = 1
    """Of them, have said a level that may be counted."""
    MEETS = 2
    """Of these, at or above what is required."""
    GAP = 3
    """Steps missing among those who have answered, summed: Σ max(required − level, 0)."""
    UNSAID = 4
    """Steps required of those who have not: the gap is somewhere from GAP to GAP + UNSAID."""
    HOLDS = 5
    """At `holds_from` or above, asked or not."""
    SPARE = 6
    """Of them, not asked: can be mobilised."""
    LEARN = 7
    USE = 8
    TEACH = 9
    EXPIRES = 10
    """Marked so, asked or not: wish to learn, wish to use more, can teach, proof expires within the window."""
    ON_TEMPORARY = 11
    ON_LEAVING = 12
    ON_EXPIRING = 13
    """Of those who hold it: temporary, leaving, with a proof that expires."""
    LASTING = 14
    """Of those who hold it: none of the three."""


FIRST_LEVEL = len(Count)


class Head(IntEnum):
    """The place of each counter of people."""

    PEOPLE = 0
    ASKED = 1
    """Asked for something."""
    ANSWERED = 2
    """Of them, have answered something."""


@dataclass(frozen=True, slots=True, eq=False)
class Counters:
    """One entry for each grouping of the problem, in its order.

    `tables`: int32 [nodes, FIRST_LEVEL + steps, competences]. `heads`: int32 [nodes, 3], by `Head`.
    """

    steps: int
    tables: tuple[I32, ...]
    heads: tuple[I32, ...]

    def of(self, count: Count, grouping: int = 0) -> I32:
        """[nodes, competences] of one counter."""
        return self.tables[grouping][:, count, :]

    def at_level(self, level: int, grouping: int = 0) -> I32:
        """[nodes, competences]: people asked who are at this level, 0 (has not said) to `steps`."""
        if not 0 <= level <= self.steps:
            raise ValueError(f"level {level} is not on a scale of {self.steps} steps")
        table = self.tables[grouping]
        return table[:, Count.ASKED] - table[:, Count.ANSWERED] if level == 0 else table[:, FIRST_LEVEL + level - 1]
