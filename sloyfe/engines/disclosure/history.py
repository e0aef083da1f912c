"""What was published before: two releases of one office differ by who came and went, so they are protected together.

Then's counts and now's are sums of the same paths (`paths.py`), so earlier releases become more rows of the same
body: their numbers are known to all, the paths never are, and few joiners are a small group like any other. That
covers transfers, mergers, splits and withdrawn consent without a rule for each. One rule is added for the number of
a row that was shown before (`waiting.py`): where it must wait, the earlier number stands, with its date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.paths import Paths
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body, State, Sum
from sloyfe.engines.disclosure.waiting import Knower, Row, Since, Waiting, since


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """A release made before: its body, and what it showed anew (not what it carried)."""

    body: Body
    shown: Bools


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Releases oldest first, and everybody's paths through them to now.

    In every release a row that is no total is the sum of the paths that were in it.
    """

    releases: tuple[Earlier, ...]
    paths: Paths


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """The body with all earlier releases in it. `first` of its rows are the present ones.

    `unchanged` (first × columns): shown before, and nobody came or went; `carried`: the latest earlier release that
    showed a number here, or −1. The paths are the rows from `paths` on.
    """

    body: Body
    first: int
    paths: int
    unchanged: Bools
    carried: Ints


def join(body: Body, history: History | None, policy: Policy) -> Joined:
    """One body of the present rows, then each earlier release's, then the paths, then who came and who went."""
    rows, columns = body.size.shape
    if history is None:
        nothing = np.zeros(body.size.shape, dtype=np.bool_)
        return Joined(body, rows, rows, nothing, np.full(body.size.shape, -1, dtype=np.int64))
    changes = [since(body, past.body, history.paths, at) for at, past in enumerate(history.releases)]
    shown = [_shown(body, past) for past in history.releases]
    layout = _Layout(body, history, changes)
    knowers = layout.knowers()
    waiting = Waiting(body, history.paths, [layout.split(known) for known in knowers], policy)
    carried = np.full(body.size.shape, -1, dtype=np.int64)
    unchanged = np.zeros(body.size.shape, dtype=np.bool_)
    for number, (change, was_shown) in enumerate(zip(changes, shown, strict=True)):
        carried[was_shown] = number
        unchanged |= was_shown & (change.came + change.went == 0)
    exempt = np.zeros((layout.many, columns), dtype=np.bool_)
    exempt[:rows] = carried >= 0
    whole = Body(
        key=layout.keys(),
        size=layout.stacked(body.size, [past.body.size for past in history.releases], history.paths.size),
        count=layout.stacked(body.count, [past.body.count for past in history.releases], history.paths.count),
        rows=tuple(layout.sums()),
        columns=body.columns,
        state=layout.states(waiting.states(changes, shown, unchanged)),
        knowers=tuple(tuple(sorted(known)) for known in knowers),
        exempt=exempt,
        present=rows,
    )
    return Joined(whole, rows, layout.first_path, unchanged, carried)


def _shown(body: Body, past: Earlier) -> Bools:
    """present rows × columns: was a number shown in the row of the same key?"""
    at = {key: row for row, key in enumerate(past.body.key)}
    before = np.array([at.get(key, -1) for key in body.key], dtype=np.int64)
    shown: Bools = (before >= 0)[:, None] & past.shown[before]
    return shown


class _Layout:
    """Where the rows of the joined body lie."""

    def __init__(self, body: Body, history: History, changes: Sequence[Since]) -> None:
        self.body, self.history = body, history
        self.bodies = [*(past.body for past in history.releases), body]
        lengths = [len(body.key), *(len(past.body.key) for past in history.releases)]
        *begins, self.first_path = np.cumsum([0, *lengths]).tolist()
        self.begins = [*begins[1:], 0]
        self.first_group = self.first_path + len(history.paths.rows)
        together = {group for change in changes for group in (*change.who_came.values(), *change.who_went.values())}
        self.groups = sorted(group for group in together if len(group) > 1)
        self.many = self.first_group + len(self.groups)

    def stacked(self, present: Ints, past: Sequence[Ints], paths: Ints) -> Ints:
        groups = [paths[list(group)].sum(axis=0)[None] for group in self.groups]
        return np.concatenate([present, *past, paths, *groups])

    def keys(self) -> tuple[int, ...]:
        """Present rows first, all in the order of their keys, so that the order given means nothing."""
        keys = [_ranks(self.body.key)]
        keys += [begin + _ranks(past.body.key) for begin, past in self._releases()]
        return tuple(np.concatenate([*keys, np.arange(self.first_path, self.many)]).tolist())

    def sums(self) -> Iterator[Sum]:
        yield from self.body.rows
        for begin, past in self._releases():
            for one in past.body.rows:
                yield Sum(begin + one.total, tuple(begin + part for part in one.parts))
        for at, begin in enumerate(self.begins):
            for row, paths in _by_row(self.history.paths.rows[:, at]).items():
                yield Sum(begin + row, tuple(self.first_path + path for path in paths))
        for at, group in enumerate(self.groups):
            yield Sum(self.first_group + at, tuple(self.first_path + path for path in group))

    def states(self, present: Ints) -> Ints:
        public = (self.body.states == State.KNOWN).all(axis=0)
        never = np.where(public, State.KNOWN, np.full((self.many - self.first_path, len(public)), State.SHUT))
        past = [
            np.where(one.shown | (one.body.states == State.KNOWN), State.KNOWN, State.SHUT)
            for one in self.history.releases
        ]
        return np.concatenate([present, *past, never])

    def knowers(self) -> list[set[int]]:
        """Who knows a row knew it before too, and everybody who was ever in it; so does who led a row that is gone."""
        known = {key: set(rows) for key, rows in self._ever().items()}
        here = set(self.body.key)
        found = [set(rows).union(*(known[self.body.key[row]] for row in rows)) for rows in self.body.known_by]
        return found + [known[key] for key in sorted(known) if key not in here]

    def split(self, known: set[int]) -> Knower:
        """Present rows and paths among the rows that somebody knows."""
        rows = {row for row in known if row < len(self.body.key)}
        paths = range(self.first_path, self.first_group)
        return Knower(rows, {row - self.first_path for row in known if row in paths})

    def _ever(self) -> dict[int, set[int]]:
        """For each key all rows of it, in any release, and the paths through them."""
        found: dict[int, set[int]] = {}
        for at, (begin, body) in enumerate(zip(self.begins, self.bodies, strict=True)):
            through = _by_row(self.history.paths.rows[:, at])
            for row, key in enumerate(body.key):
                mine = found.setdefault(key, set())
                mine.add(begin + row)
                mine.update(self.first_path + path for path in through.get(row, ()))
        return found

    def _releases(self) -> Iterator[tuple[int, Earlier]]:
        return zip(self.begins, self.history.releases, strict=False)


def _by_row(places: Ints) -> dict[Row, list[int]]:
    found: dict[Row, list[int]] = {}
    for path, row in enumerate(places.tolist()):
        if row >= 0:
            found.setdefault(row, []).append(path)
    return found


def _ranks(key: Sequence[int]) -> Ints:
    ranks = np.empty(len(key), dtype=np.int64)
    ranks[np.argsort(np.array(key, dtype=np.int64), kind="stable")] = np.arange(len(key))
    return ranks
