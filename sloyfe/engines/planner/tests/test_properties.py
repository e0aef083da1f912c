"""What must hold whatever the office: names mean nothing, and more room is never worse."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.engines.planner.answer import Status
from sloyfe.engines.planner.problem import Placement, Problem, Session
from sloyfe.engines.planner.solve import solve
from sloyfe.engines.planner.tests.office import office
from sloyfe.engines.planner.tests.test_brute_force import scored
from sloyfe.engines.planner.tests.tiny import tiny
from sloyfe.engines.planner.verify import misstatements, violations

SEEDS = st.integers(0, 100_000)
TINY = settings(max_examples=15, deadline=None, derandomize=True, database=None)


def best(problem: Problem) -> tuple[int, ...]:
    answer = solve(problem, seed=1, time_limit=60)
    assert answer.status is Status.PROVED
    assert violations(problem, answer) == []
    assert misstatements(problem, answer) == []
    return scored(answer)


def renamed(problem: Problem, seed: int) -> Problem:
    """Other ids for everything, given in another order."""
    draw = np.random.default_rng(seed)

    def fresh(ids: list[int]) -> dict[int, int]:
        return dict(zip(ids, (int(one) for one in draw.permutation(len(ids)) * 3 + 11), strict=True))

    def shuffled(parts: tuple) -> tuple:
        return tuple(parts[at] for at in draw.permutation(len(parts)))

    who = fresh([one.id for one in problem.people])
    leads = fresh([one.id for one in problem.facilitators])
    what = fresh([one.id for one in problem.measures])

    def placed(one: Placement) -> Placement:
        session = Session(what[one.session.measure], one.session.cohort, one.session.number)
        return replace(one, session=session, people=tuple(who[p] for p in one.people))

    return replace(
        problem,
        people=shuffled(tuple(replace(one, id=who[one.id]) for one in problem.people)),
        facilitators=shuffled(
            tuple(
                replace(one, id=leads[one.id], person=None if one.person is None else who[one.person])
                for one in problem.facilitators
            )
        ),
        staffing=shuffled(
            tuple(replace(one, people=shuffled(tuple(who[p] for p in one.people))) for one in problem.staffing)
        ),
        measures=shuffled(
            tuple(
                replace(
                    one,
                    id=what[one.id],
                    participants=shuffled(tuple(who[p] for p in one.participants)),
                    facilitators=shuffled(tuple(leads[f] for f in one.facilitators)),
                )
                for one in problem.measures
            )
        ),
        orders=tuple(replace(one, first=what[one.first], then=what[one.then]) for one in problem.orders),
        earlier=tuple(placed(one) for one in problem.earlier),
    )


@TINY
@given(SEEDS, SEEDS)
def test_names_and_their_order_change_nothing(seed: int, names: int) -> None:
    assert best(renamed(tiny(seed), names)) == best(tiny(seed))


@TINY
@given(SEEDS)
def test_more_learning_time_is_never_worse(seed: int) -> None:
    problem = tiny(seed)
    richer = tuple(replace(one, learning=tuple(minutes + 30 for minutes in one.learning)) for one in problem.people)
    assert best(replace(problem, people=richer)) >= best(problem)


@TINY
@given(SEEDS)
def test_a_lower_minimum_is_never_worse(seed: int) -> None:
    problem = tiny(seed)
    lower = tuple(replace(one, at_least=max(0, one.at_least - 1)) for one in problem.staffing)
    assert best(replace(problem, staffing=lower)) >= best(problem)


@TINY
@given(SEEDS)
def test_emptier_calendars_are_never_worse(seed: int) -> None:
    problem = tiny(seed)
    freer = tuple(replace(one, removals=one.removals[1:]) for one in problem.people)
    assert best(replace(problem, people=freer)) >= best(problem)


@TINY
@given(SEEDS)
def test_one_more_cohort_is_never_worse(seed: int) -> None:
    problem = tiny(seed)
    more = tuple(replace(one, cohorts=one.cohorts + 1) for one in problem.measures[:1])
    assert best(replace(problem, measures=(*more, *problem.measures[1:]))) >= best(problem)


@settings(max_examples=4, deadline=None, derandomize=True, database=None)
@given(st.integers(2, 30), SEEDS)
def test_an_office_of_any_size_gets_a_plan_that_can_be_kept(size: int, seed: int) -> None:
    problem = office(size, seed, weeks=5)
    answer = solve(problem, seed=1, time_limit=120, units=0.03)
    assert violations(problem, answer) == []
    assert misstatements(problem, answer) == []
