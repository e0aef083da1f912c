"""A small organisation that lives for some quarters: people come, go, move, learn and withdraw; offices move, merge
and close. Each quarter is published with all earlier ones in mind. From a seed, for tests and benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

import numpy as np
from numpy.random import Generator

from sloyfe.engines.disclosure import solve as solving
from sloyfe.engines.disclosure.answer import Answer
from sloyfe.engines.disclosure.differencing import Answers, Number
from sloyfe.engines.disclosure.history import Earlier, History
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.paths import Snapshot, paths
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body
from sloyfe.engines.disclosure.solve import solve
from sloyfe.engines.disclosure.tests.bodies import from_leaves

FIRST_OFFICE = 1000
GONE = -1


@dataclass
class Life:
    """`office` is each person's office or GONE; `county` each office's county; `has` people × columns.

    `version` numbers each one's answers as an attacker can tell them apart (`paths.py`): she knows who has learned,
    but where a round was held and enough in an office answered otherwise, not which of them.
    """

    rng: Generator
    office: Ints
    county: dict[int, int]
    has: Bools
    turnover: float = 0.06
    rounds: float = 0.25
    version: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.version = np.zeros(self.has.shape, dtype=np.int64)

    def quarter(self) -> None:
        """What happens in three months."""
        rng = self.rng
        people = len(self.office)
        lot = rng.random(people)
        offices = np.array(sorted(self.county))
        here, was = self.office != GONE, self.office
        moving = lot < self.turnover
        elsewhere = rng.choice(offices, people)
        self.office = np.where(moving & here, np.where(rng.random(people) < 0.5, GONE, elsewhere), self.office)
        back = ~here & (lot < 0.3)
        self.office = np.where(back, elsewhere, self.office)
        other = (rng.random(self.has.shape) < 0.03) & ~self.has
        if rng.random() < self.rounds:
            other |= rng.random(self.has.shape) < 0.4
        # Who answers otherwise twice while she is away comes back with the same answer, and is the same.
        other &= ((was != GONE) & (self.office != GONE))[:, None]
        self.has = self.has ^ other
        self._reorganise(offices)
        self.version += other | self._in_a_crowd(other, was)

    def _in_a_crowd(self, other: Bools, was: Ints) -> Bools:
        crowd = np.zeros_like(other)
        for one in range(len(was)):
            with_her = (was == was[one]) & (self.office == self.office[one])
            if GONE not in (was[one], self.office[one]):
                crowd[one] = (other & with_her[:, None]).sum(axis=0) >= Policy().people
        return crowd

    def _reorganise(self, offices: Ints) -> None:
        if self.rng.random() < 0.25:
            one = int(self.rng.choice(offices))
            self.county[one] = int(self.rng.choice(sorted(set(self.county.values()))))
        if self.rng.random() < 0.2 and len(offices) > 4:
            one, other = (int(office) for office in self.rng.choice(offices, 2, replace=False))
            self.office = np.where(self.office == one, other, self.office)
            del self.county[one]

    def body(self) -> tuple[Body, dict[int, int]]:
        """As it is now, and the row of each office."""
        offices = sorted(self.county)
        size = np.array([(self.office == one).sum() for one in offices])
        count = np.array([self.has[self.office == one].sum(axis=0) for one in offices], dtype=np.int64)
        counties = sorted(set(self.county.values()))
        of = np.array([counties.index(self.county[one]) for one in offices])
        plain = from_leaves(np.repeat(size[:, None], self.has.shape[1], axis=1), count, of)
        keys = (0, *(1 + one for one in counties), *offices)
        first = 1 + len(counties)
        return Body(keys, plain.size, plain.count, plain.rows), {one: first + at for at, one in enumerate(offices)}

    def rows(self, of: dict[int, int]) -> Ints:
        return np.array([of.get(int(one), -1) for one in self.office], dtype=np.int64)

    def answers(self, people: Bools, column: int) -> frozenset[int]:
        """One number for each answer: a person who answers otherwise is another number."""
        return frozenset((np.flatnonzero(people) * 100 + self.version[people, column]).tolist())


def begin(seed: int, *, counties: int = 2, offices: int = 4, columns: int = 2, people: int = 60) -> Life:
    rng = np.random.default_rng(seed)
    keys = [FIRST_OFFICE + one for one in range(counties * offices)]
    weight = rng.dirichlet(np.full(len(keys), 1.5))
    office = rng.choice(keys, people, p=weight)
    office[rng.random(people) < 0.15] = GONE
    common = rng.beta(1.2, 1.5, columns)
    has = rng.random((people, columns)) < common
    return Life(rng, office.astype(np.int64), {key: at // offices for at, key in enumerate(keys)}, has)


@dataclass
class Release:
    """One quarter's: what was shown, as numbers about people, by column."""

    body: Body
    answer: Answer
    numbers: list[list[Number]]
    truth: list[Answers]
    ever_in: dict[int, frozenset[int]]


@contextmanager
def nothing_hidden_beside() -> Iterator[None]:
    """The complementary step switched off, and nobody who objects."""
    nothing = np.empty(0, dtype=np.int64)
    with (
        patch.multiple(solving, hide=lambda *_, **__: nothing, attack=lambda *_, **__: [], THOROUGH_UP_TO=0),
        patch.object(solving.unions, "too_telling", lambda *_: set()),
    ):
        yield


def releases(
    life: Life, quarters: int, policy: Policy, *, remember: bool = True, thorough: bool | None = None
) -> Iterator[Release]:
    """Publishes every quarter. Without `remember`, each as if it were the first, which is the mistake to find."""
    told: list[Earlier] = []
    seen: list[Snapshot] = []
    having: list[dict[int, int]] = [{} for _ in range(life.has.shape[1])]
    ever_in: dict[int, set[int]] = {}
    for _ in range(quarters):
        body, of = life.body()
        now = life.rows(of)
        nobody = np.zeros_like(life.has)
        seen.append(Snapshot(now, ~nobody, life.has.copy(), nobody))
        history = History(tuple(told), paths(seen, policy)) if told and remember else None
        answer = solve(body, policy, history, thorough=thorough)
        numbers: list[list[Number]] = []
        for column in range(life.has.shape[1]):
            numbers.append([])
            for row in np.flatnonzero(answer.shown[:, column]).tolist():
                inside = _people_in(body, row, now)
                numbers[-1].append(Number(life.answers(inside, column), int(body.count[row, column])))
            having[column] |= dict.fromkeys(life.answers(now >= 0, column), 0)
            having[column] |= dict.fromkeys(life.answers((now >= 0) & life.has[:, column], column), 1)
            for office, row in of.items():
                ever_in.setdefault(office * 100 + column, set()).update(life.answers(now == row, column))
        known = {key: frozenset(people) for key, people in ever_in.items()}
        truth = [Answers(dict.fromkeys(one, 1), dict(one)) for one in having]
        yield Release(body, answer, numbers, truth, known)
        told.append(Earlier(body, answer.shown))
        life.quarter()


def _people_in(body: Body, row: int, place: Ints) -> Bools:
    above = body.above()
    rows = [one for one in range(len(body.key)) if one == row or row in above[one]]
    return np.isin(place, rows)
