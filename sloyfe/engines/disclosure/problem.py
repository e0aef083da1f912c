"""What is to be published: counts for groups of people, and the sums that tie the counts together.

A *row* is a group of people: a unit, a publishing unit, a line of an employer within a unit, an area. A *column* is
a count made in every group: how many meet a requirement, hold a competence, stand on a level. Each (row, column) is
a *cell*: `count` people of `size`. Sizes are known to all; counts are what is protected. Whatever a reader can add
up must be told as a `Sum`, or the protection will not know of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from graphlib import TopologicalSorter

import numpy as np

from sloyfe.engines.disclosure import checks
from sloyfe.engines.disclosure.kinds import Bools, Floats, Ints

TOP = 10.0
"""How many times dearer a row at the top is to hide."""


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
    Rows from `present` on are of the past (`history.py`); `exempt` cells need no protection of their own.
    """

    key: tuple[int, ...]
    size: Ints
    count: Ints
    rows: tuple[Sum, ...] = ()
    columns: tuple[Sum, ...] = ()
    state: Ints | None = None
    knowers: tuple[tuple[int, ...], ...] | None = None
    exempt: Bools | None = None
    present: int | None = None
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
    def exempted(self) -> Bools:
        """rows × columns"""
        return np.zeros(self.size.shape, dtype=np.bool_) if self.exempt is None else self.exempt

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

    def price(self) -> Floats:
        """What hiding a cell costs: log(1 + size), and much more where nothing stands above to look at instead."""
        top = (self.parents() < 0) & np.isin(np.arange(len(self.key)), [one.total for one in self.rows])
        return np.log1p(self.size.astype(np.float64)) * np.where(top, TOP, 1.0)[:, None]

    def above(self) -> list[set[int]]:
        """For each row all rows it is a part of, however far up, by any sums."""
        direct: list[set[int]] = [set() for _ in self.key]
        for one in self.rows:
            for row in one.parts:
                direct[row].add(one.total)
        found: dict[int, set[int]] = {}
        for row in TopologicalSorter(dict(enumerate(direct))).static_order():
            found[row] = direct[row].union(*(found[total] for total in direct[row]))
        return [found[row] for row in range(len(self.key))]

    def own(self) -> list[set[int]]:
        """For each knower the rows that are hers: those she knows, and all that share people with them by the sums.

        Of a row that she knows a part of she knows much whatever is published. What is left of it are other rows,
        which are protected from her one by one.
        """
        above = self.above()
        within: list[set[int]] = [set() for _ in self.key]
        for row, totals in enumerate(above):
            for total in totals:
                within[total].add(row)

        def sharing(known: tuple[int, ...]) -> set[int]:
            inside = set(known).union(*(within[row] for row in known))
            return inside.union(*(above[row] for row in inside))

        return [sharing(known) for known in self.known_by]

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
            exempt=None if self.exempt is None else self.exempt[order],
            present=self.present,
        )
