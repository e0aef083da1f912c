"""Decides what of a body is shown: protects, opens again what was hidden in vain, and lets the attacker try.

Deterministic: no clock, no chance, and ties go to the row with the lowest key.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from sloyfe.engines.disclosure.answer import Answer, Reason
from sloyfe.engines.disclosure.attacker import attack
from sloyfe.engines.disclosure.choose import Chooser
from sloyfe.engines.disclosure.complement import Judge, hide, reopen
from sloyfe.engines.disclosure.criteria import sensitive
from sloyfe.engines.disclosure.improve import Improve
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.pieces import Pieces
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body, State
from sloyfe.engines.disclosure.system import System
from sloyfe.engines.disclosure.unsafe import Unsafe, unsafe

IMPROVEMENTS = 24
"""Cells in each piece that are tried to be done without."""


class NotSafe(ArithmeticError):
    """The attacker still finds something and nothing more can be hidden. Nothing may be published."""


def solve(body: Body, policy: Policy) -> Answer:
    """What is shown, so that the attacker finds nothing; raises NotSafe where that cannot be."""
    order = np.argsort(np.array(body.key, dtype=np.int64), kind="stable")
    ordered = body.in_order(order)
    protection = Protection(ordered, policy)
    protection.run()
    answer = protection.answer()
    back = np.argsort(order)
    nearest = answer.nearest[back]
    return Answer(
        shown=answer.shown[back],
        reason=answer.reason[back],
        nearest=np.where(nearest >= 0, order[nearest], -1),
        low=answer.low[back],
        high=answer.high[back],
        sensitive=answer.sensitive[back],
        beside=answer.beside[back],
        beyond=answer.beyond,
        rounds=answer.rounds,
    )


class Protection:
    """The work on one body; `hidden` is flat, and true where a count is unknown to all."""

    def __init__(self, body: Body, policy: Policy) -> None:
        self.body = body
        self.policy = policy
        self.system = System(body)
        state = body.states.ravel()
        nobody = self.system.size == 0
        self.sensitive: Bools = sensitive(self.system.size, self.system.count, policy) & (state != State.KNOWN)
        self.may_hide: Bools = (state == State.OPEN) & ~nobody
        self.hidden: Bools = (self.sensitive | (state == State.SHUT)) & ~nobody
        self.first: Bools = self.hidden.copy()
        self.rounds = 0

    def judge(self) -> Judge:
        return partial(_judge, protect=self.sensitive, policy=self.policy)

    def run(self) -> None:
        added = hide(self.system, self.hidden, self.may_hide, self.judge())
        reopen(self.system, self.hidden, added, self.judge())
        Improve(self.system, self.hidden, self.first, self.may_hide, self.judge()).run(turns=IMPROVEMENTS)
        while hits := attack(self.body, self.shown(), self.policy):
            self.rounds += 1
            chooser = Chooser(self.system, self.hidden, self.may_hide)
            chosen = {chooser.company(hit.row * self.system.columns + hit.column, hit.knower) for hit in hits[:1]}
            if chosen == {None}:
                raise NotSafe(f"{len(hits)} protected counts can be narrowed too far, and nothing more can be hidden")
            self.hidden[[cell for cell in chosen if cell is not None]] = True

    def shown(self) -> Bools:
        """rows × columns"""
        flat = self.may_hide & ~self.hidden
        return flat.reshape(self.body.size.shape)

    def answer(self) -> Answer:
        shape = self.body.size.shape
        low, high = self._outsider()
        return Answer(
            shown=self.shown(),
            reason=self._reasons().reshape(shape),
            nearest=_nearest(self.shown(), self.body.parents()),
            low=low.reshape(shape),
            high=high.reshape(shape),
            sensitive=self.sensitive.reshape(shape),
            beside=(self.hidden & ~self.first).reshape(shape),
            beyond=0,
            rounds=self.rounds,
        )

    def _outsider(self) -> tuple[Ints, Ints]:
        low, high = self.system.count.copy(), self.system.count.copy()
        pieces = Pieces(self.system, self.hidden)
        everyone = np.arange(pieces.many)
        for seen in pieces.seen(everyone, np.full(pieces.many, -1)):
            low[seen.cell], high[seen.cell] = seen.low, seen.high
        return low, high

    def _reasons(self) -> Ints:
        size, state = self.system.size, self.body.states.ravel()
        rules = [
            (size == 0, Reason.NOBODY),
            (~self.hidden, Reason.SHOWN),
            (size < self.policy.people, Reason.FEW_PEOPLE),
            (state == State.SHUT, Reason.NOT_OFFERED),
        ]
        return np.select([rule for rule, _ in rules], [int(reason) for _, reason in rules], int(Reason.PROTECTED))


def _judge(pieces: Pieces, wanted: Bools, *, protect: Bools, policy: Policy) -> Unsafe:
    return unsafe(pieces, protect, policy, wanted=wanted)


def _nearest(shown: Bools, above: Ints) -> Ints:
    """For each cell not shown the nearest row above that shows one in the same column, or −1."""
    found = np.full(shown.shape, -1, dtype=np.int64)
    at = above.copy()
    while (at >= 0).any():
        here = (at >= 0)[:, None] & (found < 0) & ~shown & shown[np.maximum(at, 0)]
        found = np.where(here, at[:, None], found)
        at = np.where(at >= 0, above[np.maximum(at, 0)], -1)
    return found
