"""Who takes part is free then: the rule of the calendars, for series whose people and times are both open."""

from __future__ import annotations

import numpy as np

from sloyfe.engines.planner.linear import total
from sloyfe.engines.planner.model import Model, Part


def everybody_is_free(model: Model) -> None:
    """A person and a start at which she is not free exclude each other."""
    for part in model.parts.values():
        if part.open and part.moving:
            for number in range(len(part.starts)):
                _exclude(model, part, number)


def _exclude(model: Model, part: Part, number: int) -> None:
    starts = part.starts[number]
    slots, literals = list(starts), list(starts.values())
    can = model.can_attend(part.course.slots)[:, slots]
    for row, joins in part.people.items():
        caught = np.flatnonzero(~can[row])
        if len(caught) == len(slots):
            model.cp.add(joins + part.held[number] <= 1)
        elif len(caught):
            model.cp.add(total([literals[at] for at in caught]) + joins <= 1)
