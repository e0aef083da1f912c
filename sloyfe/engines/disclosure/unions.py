"""Groups that nobody told of and everybody can add up: what is left of a sum when all that is known is taken away.

Each count is protected by itself, and two hidden offices of two and three people are each open, while their sum may
be known to be one. So what can be told apart is judged like any other group: those of one kind (`trade.py`), and
small differences between two numbers, for a stranger, and for every knower when her own are taken out of it. Where
such a group is too narrow by what is told now, and was not before, the least number beside it is held back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from typing import NamedTuple

import numpy as np

from sloyfe.engines.disclosure.bargain import STRANGER, Bargain
from sloyfe.engines.disclosure.criteria import sensitive
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.pieces import ragged
from sloyfe.engines.disclosure.problem import State
from sloyfe.engines.disclosure.trade import Kinds, Market, Share

SMALL, LARGE = 4, 20
"""Differences up to so many times the smallest group are asked about, larger ones are sums of them; and up to so many
where a knower can make them small by taking out her own."""

Cell = tuple[int, int]


class Group(NamedTuple):
    """Smallest rows (by their place) that can be told apart, without those that this knower knows."""

    members: Ints
    knower: int


Settled = defaultdict[int, set[tuple[bytes, int]]]
"""By column the groups that are open, as they stay when less is told."""


def too_telling(
    market: Market | None, shown: Bools, columns: Set[int] | None = None, settled: Settled | None = None
) -> set[Cell]:
    """Cells of `shown` that should not be told beside all else that is known. With `columns` only in these; `settled`
    remembers what need not be asked again when it is less.

    None are found where there is no market to tell what hangs together.
    """
    if market is None:
        return set()
    settled = defaultdict(set) if settled is None else settled
    told = shown | (market.body.states == State.KNOWN) | (market.body.size == 0)
    return {
        cell
        for column in np.flatnonzero(shown.any(axis=0)).tolist()
        if columns is None or column in columns
        for cell in _Column(market, column, told[:, column], shown[:, column]).telling(settled[column])
    }


class _Column:
    """One column; `shown` are the numbers that are new, `who` and `first` who knows each smallest row."""

    def __init__(self, market: Market, column: int, told: Bools, shown: Bools) -> None:
        self.market, self.column, self.told, self.shown = market, column, told, shown
        self.kinds = market.kinds(column, told)
        size, count = market.body.size[:, column], market.body.count[:, column]
        self.size, self.count = size[market.base], count[market.base]
        self.within = np.zeros((len(size), len(market.base)), dtype=np.bool_)
        self.within[market.row, market.member] = True
        order = np.argsort(market.known, kind="stable")
        self.who = market.knower[order]
        self.first = np.searchsorted(market.known[order], np.arange(len(market.base) + 1))
        self.before: tuple[Kinds, Bargain] | None = None

    def telling(self, settled: set[tuple[bytes, int]]) -> Iterator[Cell]:
        bargain: Bargain | None = None
        for group in self._groups():
            name = group.members.tobytes(), group.knower
            if name in settled:
                continue
            bargain = bargain or Bargain(self.market, self.kinds, self.column)
            news = [seen for seen in self._narrow(group, bargain) if self._is_news(seen, bargain)]
            yield from ((self._blame(seen), self.column) for seen in news)
            if not news:
                settled.add(name)

    # --- who can be told apart -------------------------------------------------------------------------

    def _groups(self) -> Iterator[Group]:
        """Sensitive ones of more than one smallest row; one by itself is protected already."""
        seen: set[tuple[bytes, int]] = set()
        small = SMALL * self.market.policy.people
        kinds = ((members, None) for members in self._of_a_kind())
        differences = ((members, small) for members in self._differences())
        for members, most in (*kinds, *differences):
            for group in self._as_seen(members, most):
                name = group.members.tobytes(), group.knower
                if name not in seen:
                    seen.add(name)
                    yield group

    def _of_a_kind(self) -> Iterator[Ints]:
        for kind in np.flatnonzero(self.kinds.members > 1).tolist():
            yield np.flatnonzero((self.kinds.of == kind) & (self.size > 0))

    def _differences(self) -> Iterator[Ints]:
        """What is in one number and not in another that shares people with it."""
        rows, many = self.kinds.rows, self.kinds.rows.shape[1]
        people = (self.kinds.up + self.kinds.down).astype(np.float64)
        size = self.market.body.size[:, self.column]
        one, other = np.repeat(rows, many, axis=1).ravel(), np.tile(rows, many).ravel()
        both = (one < len(size)) & (other < len(size))
        code, place = np.unique(one[both] * len(size) + other[both], return_inverse=True)
        shared = np.bincount(place, np.repeat(people, many * many)[both], len(code)).astype(np.int64)
        one, other = code // len(size), code % len(size)
        apart = size[one] - shared
        found = (apart > 0) & (shared > 0) & (apart <= LARGE * self.market.policy.people)
        for row, without in zip(one[found].tolist(), other[found].tolist(), strict=True):
            yield np.flatnonzero(self.within[row] & ~self.within[without] & (self.size > 0))

    def _as_seen(self, members: Ints, most: int | None) -> Iterator[Group]:
        """By a stranger, and by everybody who knows some: what is left without these, if it is several rows of at
        `most` so many people, and sensitive."""
        first = self.first[members]
        many = self.first[members + 1] - first
        knower, place = np.unique(self.who[ragged(first, many)], return_inverse=True)
        numbers = np.stack([np.ones_like(members), self.size[members], self.count[members]])
        known = np.stack([np.bincount(place, np.repeat(one, many), len(knower)) for one in numbers])
        left = numbers.sum(axis=1)[:, None] - np.append(np.zeros((3, 1)), known, axis=1).astype(np.int64)
        fits = (left[0] > 1) & sensitive(left[1], left[2], self.market.policy)
        if most is not None:
            fits &= left[1] <= most
        for one in np.append(STRANGER, knower)[fits].tolist():
            hers = self.market.known[self.market.knower == one]
            yield Group(members[~np.isin(members, hers)], one)

    def _people(self, group: Group) -> int:
        return int(self.size[group.members].sum())

    # --- how well they are known --------------------------------------------------------------------------

    def _share(self, group: Group, kinds: Kinds) -> Share:
        kind, place = np.unique(kinds.of[group.members], return_inverse=True)
        up, down = (self.size - self.count)[group.members], self.count[group.members]
        room = (np.bincount(place, one).astype(np.int64) for one in (np.ones_like(up), up, down))
        return Share(np.zeros_like(kind), kind, *room)

    def _narrow(self, group: Group, bargain: Bargain) -> Iterator[Group]:
        """The group as its knower sees it; and as those do who know none of it, but some of what it trades with."""
        asked = self._asked(group, self.kinds)
        others = bargain.doubts(*asked)
        if others is None:
            yield group
        elif group.knower == STRANGER:
            hold_some = self.market.knower[np.isin(self.market.known, group.members)]
            knowers = np.setdiff1d(others, hold_some).tolist()
            yield from (Group(group.members, knower) for knower in bargain.doubting(knowers, *asked[:3]))

    def _asked(self, group: Group, kinds: Kinds) -> tuple[Share, int, int, int]:
        return self._share(group, kinds), self._people(group), int(self.count[group.members].sum()), group.knower

    def _is_news(self, group: Group, bargain: Bargain) -> bool:
        """Was it known less well by what was told before?"""
        if self.before is None:
            kinds = self.market.kinds(self.column, self.told & ~self.shown)
            self.before = kinds, Bargain(self.market, kinds, self.column)
        now, then = (
            by.reach(self._share(group, kinds), self._people(group), group.knower)
            for kinds, by in ((self.kinds, bargain), self.before)
        )
        return then[0] > now[0] or then[1] > now[1]

    def _blame(self, group: Group) -> int:
        """The least new number that, alone untold, would leave the group open; else the least of those beside it."""
        new = np.flatnonzero(self.shown)
        new = new[np.argsort(self.market.body.size[new, self.column], kind="stable")]
        beside = new[self._beside(group)[new]].tolist()
        return next((row for row in beside if self._open_without(row, group)), int((*beside, *new.tolist())[0]))

    def _beside(self, group: Group) -> Bools:
        """Rows in a sum with a row that holds some of the group."""
        inside: Bools = self.within[:, group.members].sum(axis=1) > 0
        found = inside.copy()
        for one in self.market.body.rows:
            rows = [one.total, *one.parts]
            found[rows] |= inside[rows].any()
        return found

    def _open_without(self, row: int, group: Group) -> bool:
        told = self.told.copy()
        told[row] = False
        kinds = self.market.kinds(self.column, told)
        return Bargain(self.market, kinds, self.column).doubts(*self._asked(group, kinds)) is not None
