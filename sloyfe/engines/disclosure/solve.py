"""Decides what of a body is shown: protects, opens again what was hidden in vain, and lets the attacker try.

Deterministic: no clock, no chance, and ties go to the row with the lowest key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Set

import numpy as np

from sloyfe.engines.disclosure import unions
from sloyfe.engines.disclosure.answer import Answer, Reason
from sloyfe.engines.disclosure.attacker import Cell, Ground, Hit, attack, grounds
from sloyfe.engines.disclosure.complement import hide, one_for_each_place, reopen
from sloyfe.engines.disclosure.criteria import missing, need, sensitive
from sloyfe.engines.disclosure.history import History, Joined, join
from sloyfe.engines.disclosure.improve import Improve
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.memory import too_telling
from sloyfe.engines.disclosure.pieces import OUTSIDER, Pieces
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.prior import Prior
from sloyfe.engines.disclosure.problem import Body, State
from sloyfe.engines.disclosure.system import System
from sloyfe.engines.disclosure.unsafe import Unsafe, unsafe

IMPROVEMENTS = 24
"""Cells in each piece that are tried to be done without, at the most …"""
IMPROVED = 100_000
"""… and hidden cells looked at for it in all, so that a very large body is not worked on for ever."""


THOROUGH_UP_TO = 150
"""Rows of a body that is put to the attacker with a memory too: 100 rows of 46 competences take her four seconds, 290
rows of 60 three minutes."""


class NotSafe(ArithmeticError):
    """The attacker still finds something and nothing more can be hidden. Nothing may be published."""


def solve(
    body: Body,
    policy: Policy,
    history: History | None = None,
    *,
    thorough: bool | None = None,
) -> Answer:
    """What is shown, so that the attacker finds nothing; raises NotSafe where that cannot be.

    `history` is what was released before, and what has happened since. With `thorough` the attacker with a memory
    is asked too; she is by herself (None) where the body is small enough for her.
    """
    joined = join(body, history, policy)
    order = np.argsort(np.array(joined.body.key, dtype=np.int64), kind="stable")
    place = np.argsort(order)[: joined.first]
    protection = Protection(joined.body.in_order(order), policy)
    protection.run()
    if thorough if thorough is not None else len(body.key) <= THOROUGH_UP_TO:
        _hold_back(body, joined, history, protection, place)
    return _answer(joined, protection, place, order)


def _hold_back(body: Body, joined: Joined, history: History | None, protection: Protection, place: Ints) -> None:
    """What is too telling beside all that was told. What is hidden in a column concerns no other, unless they add."""
    columns: set[int] | None = None
    while telling := too_telling(body, protection.shown()[place], joined, history, protection.policy, columns):
        protection.hold_back([(int(place[row]), column) for row, column in telling])
        columns = None if body.columns else {column for _, column in telling}


class Judge:
    """What somebody could still narrow too far, as `complement.Judge` says."""

    def __init__(self, system: System, protect: Bools, policy: Policy, prior: Prior) -> None:
        self.protect, self.policy, self.prior = protect, policy, prior
        self.objector: Ints = np.full(system.cells, OUTSIDER, dtype=np.int64)

    def __call__(self, pieces: Pieces, wanted: Bools, only: Ints | None = None) -> Unsafe:
        return unsafe(pieces, self.protect, self.policy, prior=self.prior, wanted=wanted, only=only)


class Protection:
    """The work on one body; `hidden` is flat, and true where a count is unknown to all."""

    def __init__(self, body: Body, policy: Policy) -> None:
        self.body = body
        self.policy = policy
        self.system = System(body)
        state = body.states.ravel()
        nobody = self.system.size == 0
        self.sensitive: Bools = sensitive(self.system.size, self.system.count, policy) & (state != State.KNOWN)
        self.protect: Bools = self.sensitive & ~body.exempted.ravel()
        self.may_hide: Bools = (state == State.OPEN) & ~nobody
        self.hidden: Bools = (self.sensitive | (state == State.SHUT)) & ~nobody
        self.first: Bools = self.hidden.copy()
        self.prior = Prior(self.system, (state != State.KNOWN) & ~nobody, self.protect, policy)
        self.judge = Judge(self.system, self.protect, policy, self.prior)
        self.ground = Ground(body, policy)
        self.settled: unions.Settled = defaultdict(set)
        self.rounds = 0

    def run(self) -> None:
        """Until neither a count nor a group of counts is known too well. What was open stays so when more is hidden,
        so only what the attacker has found is asked about again, and nothing after what is held back at last."""
        self.protect_all()
        hits = self._attack()
        while hits:
            self._hide_more(hits)
            hits = self._attack({(hit.row, hit.column) for hit in hits})
        self._hold_back_for_groups(None)

    def hold_back(self, cells: Collection[Cell]) -> None:
        """Does not show these."""
        self._hold_back(cells)
        self._hold_back_for_groups({column for _, column in cells})

    def _hold_back_for_groups(self, columns: Set[int] | None) -> None:
        while telling := unions.too_telling(self.ground.market, self.shown(), columns, self.settled):
            self._hold_back(telling)
            columns = {column for _, column in telling}

    def _hold_back(self, cells: Collection[Cell]) -> None:
        flat = [row * self.system.columns + column for row, column in cells]
        self.hidden[flat] = True

    def _attack(self, cells: Collection[Cell] | None = None) -> list[Hit]:
        return attack(self.body, self.shown(), self.policy, cells=cells, ground=self.ground)

    def _hide_more(self, hits: list[Hit]) -> None:
        self.rounds += 1
        chosen = self._resting_on(hits)
        if not chosen:  # on nothing that may go: the nearest that may
            chosen = set(one_for_each_place(self.system, self._as_unsafe(hits), self.hidden, self.may_hide))
        if not chosen:
            raise NotSafe(f"{len(hits)} protected counts can be narrowed too far, and nothing more can be hidden")
        self.hidden[list(chosen)] = True

    def _resting_on(self, hits: list[Hit]) -> set[int]:
        """Of the numbers that each hit rests on the cheapest that may go, unless one has gone for another."""
        chosen: set[int] = set()
        shown = self.shown().ravel()
        for cells in grounds(self.body, self.shown(), self.policy, hits, self.ground):
            flat = {row * self.system.columns + column for row, column in cells}
            new = [cell for cell in flat if shown[cell]]
            if new and not flat & chosen:
                chosen.add(min(new, key=lambda cell: (self.system.cost[cell], cell)))
        return chosen

    def protect_all(self) -> None:
        """All but the attacker's word."""
        added = hide(self.system, self.hidden, self.may_hide, self.judge)
        reopen(self.system, self.hidden, added, self.judge)
        turns = min(IMPROVEMENTS, IMPROVED // max(1, int(self.hidden.sum())))
        if turns:
            Improve(self.system, self.hidden, self.first, self.may_hide, self.judge).run(turns=turns)

    def _as_unsafe(self, hits: list[Hit]) -> Unsafe:
        row, column, knower, low, high = np.array(hits, dtype=np.int64).T
        cell = row * self.system.columns + column
        short = missing(need(self.system.size[cell], self.policy), low, high)
        return Unsafe(cell, np.zeros_like(cell), knower, short)

    def shown(self) -> Bools:
        """rows × columns"""
        flat = self.may_hide & ~self.hidden
        return flat.reshape(self.body.size.shape)

    def outsider(self) -> tuple[Ints, Ints]:
        """What anybody can work out: least and greatest, rows × columns."""
        low, high = self.system.count.copy(), self.system.count.copy()
        pieces = Pieces(self.system, self.hidden)
        for seen in pieces.seen(np.arange(pieces.many), np.full(pieces.many, OUTSIDER)):
            low[seen.cell], high[seen.cell] = seen.low, seen.high
        return low.reshape(self.body.size.shape), high.reshape(self.body.size.shape)


def _answer(joined: Joined, protection: Protection, place: Ints, order: Ints) -> Answer:
    """For the present rows, in the order they were given: row i of the answer is row `place[i]` of the work."""
    body = protection.body
    shape = body.size.shape
    shown = (protection.shown()[place] | joined.unchanged) & (body.size[place] > 0)
    hidden = protection.hidden.reshape(shape)[place]
    carried = np.where(shown, -1, joined.carried)
    low, high = protection.outsider()
    above = body.parents()[place]
    return Answer(
        shown=shown,
        reason=_reasons(body, place, shown, carried, protection.policy),
        nearest=_nearest(shown | (carried >= 0), np.where(above >= 0, order[above], -1)),
        low=low[place],
        high=high[place],
        sensitive=protection.sensitive.reshape(shape)[place],
        beside=hidden & ~protection.first.reshape(shape)[place],
        carried=carried,
        beyond=len(protection.prior.code),
        rounds=protection.rounds,
    )


def _reasons(body: Body, place: Ints, shown: Bools, carried: Ints, policy: Policy) -> Ints:
    size, state = body.size[place], body.states[place]
    rules = [
        (size == 0, Reason.NOBODY),
        (shown, Reason.SHOWN),
        (carried >= 0, Reason.UNCHANGED),
        (size < policy.people, Reason.FEW_PEOPLE),
        (state == State.SHUT, Reason.NOT_OFFERED),
    ]
    return np.select([rule for rule, _ in rules], [int(reason) for _, reason in rules], int(Reason.PROTECTED))


def _nearest(shown: Bools, above: Ints) -> Ints:
    """For each cell not shown the nearest row above that shows one in the same column, or −1."""
    found = np.full(shown.shape, -1, dtype=np.int64)
    at = above.copy()
    while (at >= 0).any():
        here = (at >= 0)[:, None] & (found < 0) & ~shown & shown[np.maximum(at, 0)]
        found = np.where(here, at[:, None], found)
        at = np.where(at >= 0, above[np.maximum(at, 0)], -1)
    return found
