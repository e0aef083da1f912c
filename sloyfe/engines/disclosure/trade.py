"""What needs no program to be proved open: answers that stand in the same known numbers can change places.

Every row is a sum of *smallest* rows, those that are no totals. Those that stand in exactly the same known rows are
of one *kind* and can trade: some up, as many down, and every number that is known stays as it was. So a count can go
as far up as its own smallest rows have room and their fellows outside of it have to give. That is a table which
everybody can believe in, so it proves a count open to a stranger, and to an insider when what she knows is left out
of the trade. What is not proved here is no finding: it is bargained about (`bargain.py`), and at last asked about
(`attacker.py`). On one tree of units trade is all there is, and what it does not prove can truly be narrowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body


class Share(NamedTuple):
    """What somebody (a target, a knower) has of one kind: how many smallest rows, and their room up and down."""

    who: Ints
    kind: Ints
    members: Ints
    up: Ints
    down: Ints

    def some(self, chosen: Bools) -> Share:
        return Share(*(one[chosen] for one in self))


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """The smallest rows of one column by kind: which kind each is, the known rows each kind stands in (filled up with
    one row too many), how many there are and their room, and what each knower knows of them."""

    of: Ints
    rows: Ints
    members: Ints
    up: Ints
    down: Ints
    held: Share


class Market:
    """One body; every column is a day of trade by itself. `mine` is knowers × rows: rows that are her own, which she
    is not asked about."""

    def __init__(self, body: Body, base: Ints, within: Bools, mine: Bools, policy: Policy) -> None:
        self.body, self.base, self.mine, self.policy = body, base, mine, policy
        self.row, self.member = within.nonzero()
        self.rows_of = _rows_of(within)
        known = [np.flatnonzero(within[list(rows)].any(axis=0)) for rows in body.known_by[: len(mine)]]
        self.knower: Ints = np.repeat(np.arange(len(known)), [len(one) for one in known])
        self.known: Ints = np.concatenate([np.empty(0, dtype=np.int64), *known])

    @staticmethod
    def of(body: Body, mine: Bools, policy: Policy) -> Market | None:
        """None where sums are linked in ways that trade does not understand."""
        smallest = None if body.columns else _smallest(body)
        return None if smallest is None else Market(body, *smallest, mine, policy)

    def kinds(self, column: int, told: Bools) -> Kinds:
        size, count = self.body.size[:, column], self.body.count[:, column]
        known = np.append(told & (size > 0), False)
        rows = np.sort(np.where(known[self.rows_of], self.rows_of, len(size)), axis=1)
        rows, of = np.unique(rows, axis=0, return_inverse=True)
        of = of.ravel()
        up, down = (size - count)[self.base], count[self.base]
        everything = _summed(np.zeros_like(of), np.arange(len(of)), of, up, down)
        held = _summed(self.knower, self.known, of, up, down)
        return Kinds(of, rows, everything.members, everything.up, everything.down, held)

    def shares(self, kinds: Kinds, column: int, rows: Ints) -> Share:
        """What these rows have of each kind; `who` is a place in `rows`."""
        size, count = self.body.size[:, column], self.body.count[:, column]
        place = np.full(len(size), -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        here = place[self.row] >= 0
        return _summed(place[self.row[here]], self.member[here], kinds.of, (size - count)[self.base], count[self.base])


def open_enough(size: Ints, count: Ints, up: Ints, down: Ints, policy: Policy) -> Bools:
    """Is a count open enough that can be so many more, and so many fewer? The same as `criteria.need` asks for."""
    side = np.minimum(size, policy.either_side)
    found: Bools = (count + up >= side) & (count - down <= size - side) & (up + down >= side)
    return found


class Trade:
    """One column; `rows` are the protected ones that are asked about."""

    def __init__(self, market: Market, kinds: Kinds, column: int, rows: Ints) -> None:
        self.size, self.count = market.body.size[rows, column], market.body.count[rows, column]
        self.mine, self.policy = market.mine[:, rows], market.policy
        self.parts = market.shares(kinds, column, rows)
        whole = kinds.held.members == kinds.members[kinds.held.kind]  # who knows all of a kind has nobody there to ask
        self.held = kinds.held.some(~whole)
        self.up_out = kinds.up[self.parts.kind] - self.parts.up
        self.down_out = kinds.down[self.parts.kind] - self.parts.down
        self.up, self.down = self._traded(np.arange(len(self.parts.who)), np.int64(0), np.int64(0))
        self.reach = self._by_target(self.up), self._by_target(self.down)
        self.proved = self._open(np.arange(len(rows)), *self.reach)

    def doubts(self) -> Iterator[tuple[int, int]]:
        """(place in rows, knower) where it is proved to a stranger, and too little is left without what she knows."""
        target, knower, up, down = self._losses()
        code, place = np.unique(target * len(self.mine) + knower, return_inverse=True)
        if len(code):
            target, knower = code // len(self.mine), code % len(self.mine)
            lost = [np.bincount(place, one).astype(np.int64) for one in (up, down)]
            still = self._open(target, self.reach[0][target] - lost[0], self.reach[1][target] - lost[1])
            asked = ~still & ~self.mine[knower, target]
            yield from zip(target[asked].tolist(), knower[asked].tolist(), strict=True)

    def _losses(self) -> tuple[Ints, Ints, Ints, Ints]:
        """For each target and each knower, once for each kind that both have a share in: how much less is traded."""
        held, parts = self.held, self.parts
        kinds = int(max(held.kind.max(initial=-1), parts.kind.max(initial=-1))) + 1
        most = np.zeros((2, kinds), dtype=np.int64)
        np.maximum.at(most[0], held.kind, held.up)
        np.maximum.at(most[1], held.kind, held.down)
        at_least = self._traded(np.arange(len(parts.who)), most[0][parts.kind], most[1][parts.kind])
        safe = self._open(np.arange(len(self.size)), *(self._by_target(one) for one in at_least))
        entry = np.flatnonzero((self.proved & ~safe)[parts.who])
        order = np.argsort(held.kind, kind="stable")
        first = np.searchsorted(held.kind[order], np.arange(kinds + 1))
        begin, many = first[parts.kind[entry]], np.diff(first)[parts.kind[entry]]
        each = np.repeat(entry, many)
        share = order[np.arange(len(each)) + np.repeat(begin - np.cumsum(many) + many, many)]
        up, down = self._traded(each, held.up[share], held.down[share])
        return parts.who[each], held.who[share], self.up[each] - up, self.down[each] - down

    def _traded(self, entry: Ints, up: Ints | np.int64, down: Ints | np.int64) -> tuple[Ints, Ints]:
        """Up and down, by entry of `parts`, when so much room outside of the target takes no part."""
        return (
            np.minimum(self.parts.up[entry], np.maximum(self.down_out[entry] - down, 0)),
            np.minimum(self.parts.down[entry], np.maximum(self.up_out[entry] - up, 0)),
        )

    def _by_target(self, room: Ints) -> Ints:
        return np.bincount(self.parts.who, room, len(self.size)).astype(np.int64)

    def _open(self, target: Ints, up: Ints, down: Ints) -> Bools:
        return open_enough(self.size[target], self.count[target], up, down, self.policy)


def _smallest(body: Body) -> tuple[Ints, Bools] | None:
    """The rows that are no totals, and for each row which of them it is the sum of. None where two sums differ."""
    totals = {one.total for one in body.rows}
    base = np.array([row for row in range(len(body.key)) if row not in totals], dtype=np.int64)
    within = np.zeros((len(body.key), len(base)), dtype=np.bool_)
    within[base, np.arange(len(base))] = True
    above = body.above()
    sums = sorted(body.rows, key=lambda one: -len(above[one.total]))
    for one in sums:
        within[one.total] = within[list(one.parts)].any(axis=0)
    for one in sums:
        if not np.array_equal(within[list(one.parts)].sum(axis=0), within[one.total].astype(np.int64)):
            return None
    return base, within


def _rows_of(within: Bools) -> Ints:
    """For each smallest row the rows it is in, filled up with one row too many."""
    member, row = within.T.nonzero()
    many = np.bincount(member, minlength=within.shape[1])
    found = np.full((within.shape[1], int(many.max(initial=0))), len(within), dtype=np.int64)
    found[member, np.arange(len(member)) - np.repeat(np.cumsum(many) - many, many)] = row
    return found


def _summed(who: Ints, member: Ints, kind: Ints, up: Ints, down: Ints) -> Share:
    """The room of these members, summed by who has them and by their kind."""
    kinds = int(kind.max(initial=0)) + 1
    code, place = np.unique(who * kinds + kind[member], return_inverse=True)
    room = (np.bincount(place, one[member], len(code)).astype(np.int64) for one in (np.ones_like(up), up, down))
    return Share(code // kinds, code % kinds, *room)
