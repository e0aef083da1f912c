"""Nobody spends more than her learning time in a period."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from sloyfe.engines.planner.linear import Linear, Literal, total
from sloyfe.engines.planner.model import Model, Part
from sloyfe.engines.planner.tables import Cohort

Term = tuple[Linear, int]


def learning_time(model: Model) -> None:
    """Minutes of the sessions she goes to in the period, beside what stays, within what she has left."""
    left = model.tables.budget - model.load.spent
    sessions: dict[tuple[Cohort, int], Linear] = {}
    seen: set[tuple[object, ...]] = set()
    for row, ways in model.engaged.items():
        joined = [(part, literal) for part, literal in ways if part.people.get(row) is literal]
        if not joined:
            continue
        for period in range(model.tables.problem.periods):
            terms = [(part, literal, _most(model, part, period)) for part, literal in joined]
            terms = [term for term in terms if term[2]]
            if _highest(terms) > left[row, period]:
                spent = [_spent(model, sessions, part, joins, period) for part, joins, _ in terms]
                key = (
                    period,
                    int(left[row, period]),
                    *((part.cohort, joins.index) for part, joins, _ in terms),
                )
                if key not in seen:
                    seen.add(key)
                    model.cp.add(total(spent) <= int(left[row, period]))


def _most(model: Model, part: Part, period: int) -> int:
    """Most minutes that the series could take in the period."""
    could = [np.any(model.tables.period[list(starts)] == period) if starts else False for starts in part.starts]
    return int(sum(could)) * part.course.measure.minutes


def _highest(terms: list[tuple[Part, Literal, int]]) -> int:
    """Most that one in at most one cohort of each measure could spend."""
    by_measure: dict[int, int] = defaultdict(int)
    for part, _, most in terms:
        by_measure[part.cohort[0]] = max(by_measure[part.cohort[0]], most)
    return sum(by_measure.values())


def _spent(model: Model, sessions: dict[tuple[Cohort, int], Linear], part: Part, joins: Literal, period: int) -> Linear:
    minutes = part.course.measure.minutes
    key = (part.cohort, period)
    if key not in sessions:
        sessions[key] = total(
            [t for starts in part.starts for at, t in starts.items() if model.tables.period[at] == period]
        )
    if part.bound(joins):
        return sessions[key] * minutes
    if not part.moving:
        here = sum(model.tables.period[at] == period for starts in part.starts for at in starts)
        return joins * (int(here) * minutes)
    most = len(part.starts)
    count = model.cp.new_int_var(0, most, "sessions")
    model.cp.add(count >= sessions[key] - most * (1 - joins))
    return count * minutes
