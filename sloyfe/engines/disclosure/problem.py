"""What is to be published: counts for groups of people, and the sums that tie the counts together.

A *row* is a group of people: a unit, a publishing unit, a line of an employer within a unit, an area. A *column* is
a count made in every group: how many meet a requirement, hold a competence, stand on a level. Each (row, column) is
a *cell*: `count` people of `size`. Sizes are known to all; counts are what is protected. Whatever a reader can add
up must be told as a `Sum`, or the protection will not know of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from sloyfe.engines.disclosure import checks
from sloyfe.engines.disclosure.kinds import Bools, Ints


class State(IntEnum):
    """What may be done with a cell."""

    OPEN = 0
    """May be shown, if that is safe."""
    SHUT = 1
    """Is not shown this time: not offered for so small a group, or not new enough to be told."""
    KNOWN = 2
    """Is known to all already, such as a number published before."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The count at `total` is the sum of the counts at `parts`: rows in `Body.rows`, columns in `Body.columns`."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """All tables of a body, to be protected together.

    `size`, `count` and `state` are rows × columns. `key` is a lasting number for each row: where two choices are
    equally good the lower key is taken, so the order of rows means nothing. `rows` hold in every column and
    `columns` in every row; a row's parent is the first sum it is a part of. Each of `knowers` is somebody, or some
    who may talk together, who know every count in these rows. Without `knowers` each row is known by its leader.
    """

    key: tuple[int, ...]
    size: Ints
    count: Ints
    rows: tuple[Sum, ...] = ()
    columns: tuple[Sum, ...] = ()
    state: Ints | None = None
    knowers: tuple[tuple[int, ...], ...] | None = None
    _states: Ints = field(init=False, repr=False)

    def __post_init__(self) -> None:
        states = np.full(self.size.shape, State.OPEN, dtype=np.int64) if self.state is None else self.state
        object.__setattr__(self, "_states", states)
        checks.body(self)

    @property
    def states(self) -> Ints:
        """rows × columns, values of `State`."""
        return self._states

    @property
    def known_by(self) -> tuple[tuple[int, ...], ...]:
        return tuple((row,) for row in range(len(self.key))) if self.knowers is None else self.knowers

    @property
    def people(self) -> Bools:
        """rows × columns: is anybody in the group?"""
        return self.size > 0

    def parents(self) -> Ints:
        """For each row the row above it, or -1."""
        above = np.full(len(self.key), -1, dtype=np.int64)
        for one in reversed(self.rows):
            above[list(one.parts)] = one.total
        return above

    def in_order(self, order: Ints) -> Body:
        """The same body with its rows in another order: row i becomes what row `order[i]` was."""
        now = np.empty_like(order)
        now[order] = np.arange(len(order))
        return Body(
            key=tuple(self.key[row] for row in order.tolist()),
            size=self.size[order],
            count=self.count[order],
            rows=tuple(Sum(int(now[one.total]), tuple(sorted(now[list(one.parts)].tolist()))) for one in self.rows),
            columns=self.columns,
            state=self.states[order],
            knowers=tuple(tuple(sorted(now[list(rows)].tolist())) for rows in self.known_by),
        )
