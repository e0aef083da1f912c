"""Puts a release and all before it to the attacker with a memory (`differencing.py`): paths are her answers.

Asked for strangers and for everybody who knows a row. This is thorough and slow, some milliseconds for each knower
and column of a small body; `solve` says up to what size it belongs to the release.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import numpy as np

from sloyfe.engines.disclosure.differencing import Answers, Group, Number, compare
from sloyfe.engines.disclosure.history import History, Joined
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.paths import Paths
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body

Cell = tuple[int, int]


def too_telling(
    body: Body,
    shown: Bools,
    joined: Joined,
    history: History | None,
    policy: Policy,
    columns: Set[int] | None = None,
) -> set[Cell]:
    """Present cells (row, column) of `shown` that should not be told beside each other and what was told before.

    With `columns` only in these.
    """
    memory = _Memory(body, joined, history or History((), _standing(body)), policy)
    asked = range(body.size.shape[1]) if columns is None else sorted(columns)
    return {cell for column in asked for cell in memory.ask(column, shown[:, column])}


class _Memory:
    def __init__(self, body: Body, joined: Joined, history: History, policy: Policy) -> None:
        self.body, self.joined, self.history, self.policy = body, joined, history, policy
        bodies = [*(past.body for past in history.releases), body]
        self.through = [_through(one, history.paths.rows[:, at]) for at, one in enumerate(bodies)]
        known = (self._paths(frozenset(rows)) for rows in joined.body.known_by)
        self.knowers: list[Group] = [frozenset(), *(one for one in dict.fromkeys(known) if one)]

    def _paths(self, rows: Group) -> Group:
        """Those among the rows that somebody knows; without a past, the rows are where people stand."""
        if not self.history.releases:
            return frozenset(at for at, row in enumerate(self.history.paths.rows[:, -1].tolist()) if row in rows)
        first = self.joined.paths
        paths = range(first, first + len(self.history.paths.rows))
        return frozenset(row - first for row in rows if row in paths)

    def ask(self, column: int, shown: Bools) -> Iterator[Cell]:
        before = [
            Number(self.through[at][row], int(past.body.count[row, column]))
            for at, past in enumerate(self.history.releases)
            for row in np.flatnonzero(past.shown[:, column]).tolist()
        ]
        rows = np.flatnonzero(shown & ~self.joined.unchanged[:, column]).tolist()
        new = [Number(self.through[-1][row], int(self.body.count[row, column])) for row in rows]
        if not new:
            return
        paths = self.history.paths
        people, having = paths.size[:, column].tolist(), paths.count[:, column].tolist()
        answers = Answers(dict(enumerate(people)), dict(enumerate(having)))
        here = frozenset(path for path, many in enumerate(people) if many)
        before, new = _among(before, here), _among(new, here)
        for known in self.knowers:
            for finding in compare(before, new, answers, self.policy, known):
                yield rows[finding.blame], column


def _standing(body: Body) -> Paths:
    """Everybody where they are, one path for each row that is no total."""
    totals = [one.total for one in body.rows]
    rows = np.setdiff1d(np.arange(len(body.key)), np.array(totals, dtype=np.int64))
    return Paths(rows[:, None], body.size[rows], body.count[rows])


def _among(numbers: Sequence[Number], here: Group) -> list[Number]:
    return [Number(one.answers & here, one.having) for one in numbers]


def _through(body: Body, places: Ints) -> list[Group]:
    """For each row the paths that are in it or below."""
    found: list[set[int]] = [set() for _ in body.key]
    above = body.above()
    for path, row in enumerate(places.tolist()):
        if row >= 0:
            for one in (row, *above[row]):
                found[one].add(path)
    return [frozenset(one) for one in found]
