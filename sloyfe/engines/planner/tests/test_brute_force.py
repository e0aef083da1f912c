"""On tiny problems the planner reaches exactly what the best of all plans reaches, stage by stage, and proves it."""

from __future__ import annotations

from functools import cache

import pytest

from sloyfe.engines.planner.answer import Aim, Answer, Status
from sloyfe.engines.planner.solve import solve
from sloyfe.engines.planner.tests.brute import best
from sloyfe.engines.planner.tests.tiny import tiny
from sloyfe.engines.planner.verify import misstatements, violations

SLOW = {4, 248, 360}
"""Seeds whose plans are too many to try one by one."""

SEEDS = [seed for seed in range(0, 400, 4) if seed not in SLOW]


@cache
def answered(seed: int) -> Answer:
    """The planner's answer to a tiny problem, found once for all who ask."""
    return solve(tiny(seed), seed=1, time_limit=60)


def scored(answer: Answer) -> tuple[int, ...]:
    return tuple(stage.value if stage.aim is Aim.REACH else -stage.value for stage in answer.stages)


@pytest.mark.parametrize("seed", SEEDS)
def test_as_good_as_the_best_of_all_plans(seed: int) -> None:
    problem = tiny(seed)
    answer = answered(seed)
    assert scored(answer) == best(problem)[0]
    assert answer.status is Status.PROVED
    assert all(stage.closed for stage in answer.stages)
    assert violations(problem, answer) == []
    assert misstatements(problem, answer) == []


def test_the_tiny_problems_are_worth_solving() -> None:
    """Enough of them have plans with several sessions, and enough have something that does not fit."""
    answers = [answered(seed) for seed in SEEDS]
    assert sum(len(answer.placements) >= 2 for answer in answers) > len(SEEDS) / 4
    assert sum(bool(answer.unplaced) for answer in answers) > len(SEEDS) / 4
    assert sum(answer.rounds > 0 for answer in answers) > len(SEEDS) / 4
