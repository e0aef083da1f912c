"""What is counted: people × competences as bytes, what each is asked for, and the nodes people belong to.

Everything is an array over positions: person 0 is the first row, competence 0 the first column. The caller keeps
which id stands where. Arrays are not copied and must not be written to afterwards. Nonsense is refused here
(`checks.py`) with a ValueError that says what to mend.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag

from sloyfe.engines.rollup import checks
from sloyfe.engines.rollup.arrays import I32, U8

NOT_ASKED = 255
"""In `levels` and in `required`: this person is not asked for this competence."""

NOWHERE = -1
"""In `parent`: a top. In `member`: belongs to no node of this grouping."""


class Mark(IntFlag):
    """Said about a cell, besides the level."""

    LEARN = 1
    USE = 2
    TEACH = 4
    EXPIRES = 8


class Staff(IntFlag):
    """Known about a person: why a competence may not stay where it is."""

    TEMPORARY = 1
    LEAVING = 2


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """A tree of nodes and where each person belongs in it: units, areas, employer line, publishing units.

    `parent` [nodes] int32: the node above, NOWHERE for a top. `member` [people] int32: the person's node, NOWHERE
    for none. People may belong to an inner node; a node's counters are its own people's and its children's.
    """

    parent: I32
    member: I32

    def __post_init__(self) -> None:
        checks.grouping(self)


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A body on one day.

    `levels` [people, competences] uint8: 1 to `steps`; 0 is «has not said, or may not be counted»; NOT_ASKED. A
    level with nobody asking for it is kept: that is what can be mobilised.
    `required` [profiles, competences] uint8: 1 to `steps`; 0 is asked with no lowest level; NOT_ASKED.
    `profile` [people] int32: which row of `required` is the person's; None when `required` has one row a person.
    `marks` [people, competences] uint8: `Mark` bits. `staff` [people] uint8: `Staff` bits.
    `holds_from`: the level from which a person is said to hold a competence.
    """

    levels: U8
    required: U8
    groupings: tuple[Grouping, ...]
    profile: I32 | None = None
    marks: U8 | None = None
    staff: U8 | None = None
    steps: int = 5
    holds_from: int = 3

    def __post_init__(self) -> None:
        checks.problem(self)

    @property
    def people(self) -> int:
        return int(self.levels.shape[0])

    @property
    def competences(self) -> int:
        return int(self.levels.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """New contents of some cells: each array [changes]; a cell is named once. `marks` None: they stay as they were."""

    person: I32
    competence: I32
    level: U8
    marks: U8 | None = None
