"""Every plan of a tiny problem, one after the other: the oracle that the planner is held against.

It knows the rules from the verifier only, and counts the score itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise, product

from sloyfe.engines.planner.answer import Answer, Hours, Status
from sloyfe.engines.planner.problem import Measure, Placement, Priority, Problem, Session
from sloyfe.engines.planner.verify import cost, violations

Series = tuple[Placement, ...]


def best(problem: Problem) -> tuple[tuple[int, ...], tuple[Placement, ...]]:
    """The best score (classes in order, then minus those alone, the groups and the cost) and a plan that has it."""
    priorities = sorted({measure.priority for measure in problem.measures})
    slots = [_options(problem, measure, cohort) for measure, cohort in _in_order(problem)]
    top: list[tuple[tuple[int, ...], tuple[Placement, ...]]] = [((-1,), ())]

    def go(at: int, chosen: list[Series]) -> None:
        if at == len(slots):
            plan = tuple(placement for series in chosen for placement in series)
            score = _score(problem, priorities, plan)
            if score > top[0][0] and not violations(problem, as_answer(plan)):
                top[0] = (score, plan)
            return
        for series in slots[at]:
            if all(_together(series, other) for other in chosen):
                go(at + 1, [*chosen, series])

    go(0, [])
    return top[0]


def reaches(problem: Problem, wanted: dict[tuple[int, int], int]) -> bool:
    """Whether any plan has so many people at each (measure, number in the series)."""
    slots = [_options(problem, measure, cohort) for measure, cohort in _in_order(problem)]

    def go(at: int, chosen: list[Series]) -> bool:
        if at == len(slots):
            plan = tuple(placement for series in chosen for placement in series)
            return enough(plan) and not violations(problem, as_answer(plan))
        return any(
            go(at + 1, [*chosen, series]) for series in slots[at] if all(_together(series, other) for other in chosen)
        )

    def enough(plan: tuple[Placement, ...]) -> bool:
        there = attended(plan)
        return all(there[session] >= least for session, least in wanted.items())

    return go(0, [])


def attended(plan: tuple[Placement, ...]) -> Counter[tuple[int, int]]:
    """How many are at each (measure, number in the series)."""
    there: Counter[tuple[int, int]] = Counter()
    for placement in plan:
        there[placement.session.measure, placement.session.number] += len(placement.people)
    return there


def as_answer(plan: tuple[Placement, ...]) -> Answer:
    return Answer(Status.PROVED, tuple(sorted(plan, key=lambda p: p.session)), (), (), Hours(0, 0, 0, 0, ()))


def _in_order(problem: Problem) -> list[tuple[Measure, int]]:
    return [(measure, cohort) for measure in problem.measures for cohort in range(measure.cohorts)]


def _options(problem: Problem, measure: Measure, cohort: int) -> list[Series]:
    """Every series that keeps the rules when it stands alone (what must come before it left out of account)."""
    lonely = Problem(
        grid=problem.grid,
        people=problem.people,
        measures=problem.measures,
        period_weeks=problem.period_weeks,
        facilitators=problem.facilitators,
        staffing=problem.staffing,
        closed=problem.closed,
    )
    return [(), *(s for s in _series(problem, measure, cohort) if not violations(lonely, as_answer(s)))]


def _series(problem: Problem, measure: Measure, cohort: int) -> Iterator[Series]:
    starts = range(problem.grid.slots)
    groups = [
        group
        for size in range(measure.group_min, len(measure.participants) + 1)
        for group in combinations(measure.participants, size)
    ]
    for held in range(1, measure.sessions + 1):
        for times in product(starts, repeat=held):
            if any(later <= sooner for sooner, later in pairwise(times)):
                continue
            for group, leader in product(groups, measure.facilitators or (None,)):
                yield tuple(
                    Placement(Session(measure.id, cohort, number), start, group, leader)
                    for number, start in enumerate(times)
                )


def _together(one: Series, other: Series) -> bool:
    """A quick no: two cohorts of one measure that share people."""
    if not one or not other or one[0].session.measure != other[0].session.measure:
        return True
    return not set(one[0].people) & set(other[0].people)


def _score(problem: Problem, priorities: list[Priority], plan: tuple[Placement, ...]) -> tuple[int, ...]:
    of = {measure.id: measure.priority for measure in problem.measures}
    reached = [sum(len(p.people) for p in plan if of[p.session.measure] == one) for one in priorities]
    groups = {(p.session.measure, p.session.cohort): len(p.people) for p in plan}
    several = {m.id for m in problem.measures if len(m.participants) > 1 and (m.group_max or 2) > 1}
    alone = sum(people == 1 for (measure, _), people in groups.items() if measure in several)
    return (*reached, -alone, -len(groups), -cost(problem, as_answer(plan)))
