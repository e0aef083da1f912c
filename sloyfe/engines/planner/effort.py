"""How much may be spent, in CP-SAT's deterministic units, with the wall clock only as the last guard.

What ends by units is the same on every machine; what the clock ends is not, and `clock` remembers that it did.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

UNITS_A_SECOND = 0.3
"""Units allowed for each second of the limit: few enough that a busy machine gets through them in time."""

UNITS_A_ROW = 1.0e-5
"""Charged for each row and variable of a model, since building takes time that CP-SAT does not count."""


@dataclass
class Effort:
    """What is left. `share(x)` sets aside; everything spent in the share is spent of the whole."""

    left: float
    deadline: float
    stop: Callable[[], bool]
    clock: bool = False
    stopped: bool = False
    rounds: int = 0

    @property
    def over(self) -> bool:
        self.stopped = self.stopped or self.stop()
        self.clock = self.clock or time.monotonic() >= self.deadline
        return self.stopped or self.clock or self.left <= 0

    def charge(self, model: cp_model.CpModel) -> None:
        self.left -= UNITS_A_ROW * (len(model.proto.constraints) + len(model.proto.variables))

    def run(self, solver: cp_model.CpSolver, model: cp_model.CpModel, units: float) -> int:
        """Solves within `units` and what is left, and books what it took."""
        allowed = max(min(units, self.left), 0.01)
        solver.parameters.max_deterministic_time = allowed
        solver.parameters.max_time_in_seconds = max(self.deadline - time.monotonic(), 0.01)
        status = int(solver.solve(model))
        self.left -= max(float(solver.response_proto.deterministic_time), 0.001)
        self.rounds += 1
        self.clock = self.clock or time.monotonic() >= self.deadline
        return status


def effort(seconds: float, stop: Callable[[], bool] | None = None, units: float | None = None) -> Effort:
    left = seconds * UNITS_A_SECOND if units is None else units
    return Effort(left=left, deadline=time.monotonic() + seconds, stop=stop or (lambda: False))
