"""When a number that was shown before is told anew: when enough people have come or gone since, and the change can
be explained in more than one way, also for a leader who takes her own people out of it. Else it waits, and the
earlier number stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sloyfe.engines.disclosure.criteria import missing, need
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.paths import Paths
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body, State

Row = int
Group = tuple[int, ...]
"""Paths, ascending."""


class Knower(NamedTuple):
    """Somebody who knows these rows, and these paths."""

    rows: Set[int]
    paths: Set[int]


@dataclass(frozen=True, slots=True, eq=False)
class Since:
    """How many came and went since one earlier release, present rows × columns; and by key, whose paths they were."""

    came: Ints
    went: Ints
    who_came: dict[int, Group]
    who_went: dict[int, Group]


def since(body: Body, past: Body, paths: Paths, at: int) -> Since:
    """`at` is the place of the earlier release in the paths."""
    who_came, who_went = _whose(body, past, paths.rows[:, at], paths.rows[:, -1])
    came, went = np.zeros_like(body.size), np.zeros_like(body.size)
    for row, key in enumerate(body.key):
        came[row] = _size(paths, who_came.get(key, ()))
        went[row] = _size(paths, who_went.get(key, ()))
    return Since(came, went, who_came, who_went)


def _size(paths: Paths, group: Group) -> Ints:
    size: Ints = paths.size[np.array(group, dtype=np.int64)].sum(axis=0)
    return size


def _whose(body: Body, past: Body, then: Ints, now: Ints) -> tuple[dict[int, Group], dict[int, Group]]:
    """By key, the paths that have come into the row, and those that have left it."""
    above_then, above_now = _keys_of(past), _keys_of(body)
    ways, way_of = np.unique(np.stack([then, now], axis=1), axis=0, return_inverse=True)
    came: dict[int, list[int]] = {}
    went: dict[int, list[int]] = {}
    taken = [np.flatnonzero(way_of.ravel() == way).tolist() for way in range(len(ways))]
    for (before, after), together in zip(ways.tolist(), taken, strict=True):
        were, are = above_then[before], above_now[after]
        for key in are - were:
            came.setdefault(key, []).extend(together)
        for key in were - are:
            went.setdefault(key, []).extend(together)
    return {k: tuple(sorted(v)) for k, v in came.items()}, {k: tuple(sorted(v)) for k, v in went.items()}


def _keys_of(body: Body) -> list[set[int]]:
    """For each row its key and those of all rows above; last, so that −1 finds it, nothing for nowhere."""
    found = [{body.key[row], *(body.key[one] for one in above)} for row, above in enumerate(body.above())]
    return [*found, set()]


class Waiting:
    """Judges the present rows by everybody's paths and by who knows whom."""

    def __init__(self, body: Body, paths: Paths, knowers: Sequence[Knower], policy: Policy) -> None:
        self.body, self.paths, self.knowers, self.policy = body, paths, knowers, policy
        self.knowers_of: dict[int, list[int]] = {}
        for who, one in enumerate(knowers):
            for path in sorted(one.paths):
                self.knowers_of.setdefault(path, []).append(who)

    def states(self, changes: Sequence[Since], shown: Sequence[Bools], unchanged: Bools) -> Ints:
        """Of the present rows: what must wait is shut, what has not changed is known to all already."""
        found = self.body.states.copy()
        for change, was_shown in zip(changes, shown, strict=True):
            for row in np.flatnonzero((was_shown & (found == State.OPEN)).any(axis=1)).tolist():
                wait = was_shown[row] & self._must_wait(row, change)
                found[row, wait & (found[row] == State.OPEN)] = State.SHUT
        found[unchanged & (found == State.OPEN)] = State.KNOWN
        return found

    def _must_wait(self, row: int, change: Since) -> Bools:
        """By column."""
        moved = change.came[row] + change.went[row]
        wait: Bools = (moved > 0) & (moved < self.policy.people)
        for came, went in self._as_seen(row, change):
            wait |= self._told_too_much(came, went)
        return wait

    def _as_seen(self, row: int, change: Since) -> Iterator[tuple[Group, Group]]:
        """Who came and who went, for a stranger, and for everybody who can leave some of them out."""
        key = self.body.key[row]
        came, went = change.who_came.get(key, ()), change.who_went.get(key, ())
        yield came, went
        for who in sorted({one for path in (*came, *went) for one in self.knowers_of.get(path, ())}):
            if row not in self.knowers[who].rows:
                known = self.knowers[who].paths
                yield tuple(path for path in came if path not in known), tuple(p for p in went if p not in known)

    def _told_too_much(self, came: Group, went: Group) -> Bools:
        """Would the change say too much about those who came, or about those who went? By column.

        Everybody else has stayed with the same answer, so came − went = change, which leaves each an interval.
        """
        in_size, in_count = self._summed(came)
        out_size, out_count = self._summed(went)
        change = in_count - out_count
        in_low, in_high = np.maximum(change, 0), np.minimum(in_size, change + out_size)
        out_low, out_high = np.maximum(-change, 0), np.minimum(out_size, in_size - change)
        return self._narrow(in_size, in_low, in_high) | self._narrow(out_size, out_low, out_high)

    def _summed(self, group: Group) -> tuple[Ints, Ints]:
        places = np.array(group, dtype=np.int64)
        return self.paths.size[places].sum(axis=0), self.paths.count[places].sum(axis=0)

    def _narrow(self, size: Ints, low: Ints, high: Ints) -> Bools:
        side = self.policy.either_side
        may_be_told = (size >= self.policy.people) & (low >= side) & (high <= size - side)
        narrow: Bools = (missing(need(size, self.policy), low, high) > 0) & ~may_be_told
        return narrow
