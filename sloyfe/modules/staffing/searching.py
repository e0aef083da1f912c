"""What the child process does: the planner alone, with nothing of Django in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sloyfe.engines.planner.answer import Answer
from sloyfe.engines.planner.problem import Problem
from sloyfe.engines.planner.solve import solve

TIME_LIMIT = 8.0


def search(problem: Problem, seed: int, *, stop: Callable[[], bool], progress: Callable[..., Any]) -> Answer:
    return solve(problem, seed=seed, time_limit=TIME_LIMIT, stop=stop)
