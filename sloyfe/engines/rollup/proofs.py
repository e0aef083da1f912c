"""Proofs with a last day: sets `Mark.EXPIRES` where the latest one runs out within a window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sloyfe.engines.rollup import checks
from sloyfe.engines.rollup.arrays import I32, I64, U8
from sloyfe.engines.rollup.problem import Mark


@dataclass(frozen=True, slots=True, eq=False)
class Proofs:
    """Each array [proofs] int32. `last_day` is the day's number on any calendar the caller keeps to."""

    person: I32
    competence: I32
    last_day: I32

    def __post_init__(self) -> None:
        for name in ("person", "competence", "last_day"):
            checks.array(name, getattr(self, name), np.int32, 1)
        same = len(self.person) == len(self.competence) == len(self.last_day)
        checks.demand(same, "person, competence and last_day must be as many")


def expiring(marks: U8, proofs: Proofs, first_day: int, last_day: int) -> U8:
    """The marks [people, competences] with EXPIRES set where the latest proof's last day lies within the window,
    both days included, and taken away everywhere else. A proof replaced by a later one does not expire."""
    checks.demand(first_day <= last_day, f"the window runs backwards: {first_day} to {last_day}")
    people, competences = marks.shape
    checks.within("person", proofs.person, 0, people - 1)
    checks.within("competence", proofs.competence, 0, competences - 1)
    cell: I64 = proofs.person.astype(np.int64) * competences + proofs.competence
    order = np.lexsort((proofs.last_day, cell))
    latest = order[np.flatnonzero(np.diff(cell[order], append=-1))]
    days = proofs.last_day[latest]
    set_here = cell[latest[(first_day <= days) & (days <= last_day)]]
    marked = marks & np.uint8(Mark.LEARN | Mark.USE | Mark.TEACH)
    marked.reshape(-1)[set_here] |= np.uint8(Mark.EXPIRES)
    return marked
