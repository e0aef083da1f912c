"""How finely a distribution over levels is told: fewer classes the smaller the group, and never invented precision.

The classes are columns that add up to the group, fine ones to coarse ones. Which are offered follows from the size
alone, which is public, so the choice tells nothing; what is offered is then protected like everything else, classes
and sums together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sloyfe.engines.disclosure.kinds import Ints
from sloyfe.engines.disclosure.problem import State

PEOPLE_A_CLASS = 5
"""So many people for each class that is told, at the least."""


def classes_offered(size: int) -> int:
    """How many classes a group of so many people is divided in, at the most: none, two, three …"""
    classes = size // PEOPLE_A_CLASS
    return classes if classes >= 2 else 0


def offered(size: Ints, divisions: Mapping[int, Sequence[int]]) -> Ints:
    """States (rows × columns) for columns that belong to divisions of so many classes: {2: (1, 2), 5: (3, 4, …)}.

    A column in several divisions is offered as soon as one of them is; columns in none are left open.
    """
    states = np.full(size.shape, State.OPEN, dtype=np.int64)
    allowed = np.vectorize(classes_offered, otypes=[np.int64])(size)
    needed: dict[int, int] = {}
    for classes, columns in divisions.items():
        for column in columns:
            needed[column] = min(needed.get(column, classes), classes)
    for column, classes in needed.items():
        states[allowed[:, column] < classes, column] = State.SHUT
    return states
