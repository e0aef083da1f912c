"""What a plan costs of what there is, in person-minutes, said before any date is sought.

Plain arithmetic on the problem: 38 people × 45 minutes is 28.5 hours, whatever the calendar says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sloyfe.engines.planner.answer import Hours
from sloyfe.engines.planner.problem import Placement, Problem


def hours(problem: Problem, placements: Iterable[Placement] = ()) -> Hours:
    """Asked, there, beyond and placed; the learning time counted is that of those who are to take part."""
    asked: Counter[int] = Counter()
    for measure in problem.measures:
        for one in measure.participants:
            asked[one] += measure.sessions * measure.minutes
    learning = {person.id: person.learning for person in problem.people if person.id in asked}
    placed = [0] * problem.periods
    minutes = {measure.id: measure.minutes for measure in problem.measures}
    for placement in placements:
        period = problem.grid.week(placement.start) // problem.period_weeks
        placed[period] += len(placement.people) * minutes[placement.session.measure]
    there = [sum(one[period] for one in learning.values()) for period in range(problem.periods)]
    return Hours(
        asked=sum(asked.values()),
        available=sum(there),
        beyond=sum(max(0, asked[one] - sum(learning[one])) for one in asked),
        placed=sum(placed),
        by_period=tuple(zip(there, placed, strict=True)),
    )
