"""What did not fit and why: each shortfall with the rules that took its starts and the change that would help.

Only the service is spoken of: counts of starts, a rule, and for the minimum staffing the weekday and the time at
which it binds. Which person is not free, or for what, is not in the answer.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sloyfe.engines.planner.answer import Reason, Rule, Unplaced
from sloyfe.engines.planner.plan import Plan, load_of
from sloyfe.engines.planner.shortfall import Case, shortfalls
from sloyfe.engines.planner.suggest import cheapest
from sloyfe.engines.planner.tables import Bools, Tables, lowest


def explain(tables: Tables, plan: Plan, over: Callable[[], bool]) -> tuple[Unplaced, ...]:
    """Every shortfall of the plan; suggestions are sought, most important class first, until the effort is over."""
    load = load_of(tables, plan)
    cases = [Case(tables, plan, short, load) for short in shortfalls(tables, plan)]
    cases.sort(key=lambda case: case.course.measure.priority)
    told = [_unplaced(case, seek=not over()) for case in cases]
    return tuple(sorted(told, key=lambda one: (one.measure, one.number, -1 if one.cohort is None else one.cohort)))


def _unplaced(case: Case, seek: bool) -> Unplaced:
    removed = {rule: case.removed(rule) for rule in case.rules}
    reasons = [_reason(case, rule, starts) for rule, starts in removed.items() if starts.any()]
    return Unplaced(
        measure=case.course.measure.id,
        number=case.short.number,
        people=len(case.rows),
        cohort=None if case.short.cohort is None else case.short.cohort[1],
        starts=int(case.universe.sum()),
        reasons=tuple(sorted(reasons, key=lambda one: (-one.removed, one.rule))),
        relaxation=cheapest(case) if seek else None,
    )


def _reason(case: Case, rule: Rule, starts: Bools) -> Reason:
    reason = Reason(rule, int(starts.sum()))
    return _where_staffing_binds(case, reason) if rule is Rule.STAFFING else reason


def _where_staffing_binds(case: Case, reason: Reason) -> Reason:
    """The minimum that takes most of the measure's starts, and the weekday and hours at which it does."""
    tables, grid = case.tables, case.tables.grid
    everybody = np.ones_like(case.own)
    room = lowest(tables.capacity, case.length)
    binds = np.array([case.spared_by(group, everybody, room[group]) < case.need for group in range(len(room))])
    binds &= case.may_be & case.course.window
    if not binds.any():
        return reason
    group = int(binds.sum(axis=1).argmax())
    by_time = binds[group].reshape(grid.weeks, grid.days, grid.slots_per_day).sum(axis=0)
    weekday = int(by_time.sum(axis=1).argmax())
    often = np.flatnonzero(by_time[weekday] * 2 >= by_time[weekday].max())
    first, last = _longest_run(often.tolist())
    return Reason(
        rule=reason.rule,
        removed=reason.removed,
        staffing=tables.problem.staffing[group].id,
        weekday=weekday,
        minute_from=grid.first_minute + first * grid.slot_minutes,
        minute_to=grid.first_minute + (last + case.length) * grid.slot_minutes,
    )


def _longest_run(slots: list[int]) -> tuple[int, int]:
    """First and last of the longest stretch without a hole, the earliest of equals."""
    first = last = slots[0]
    longest = (first, last)
    for slot in slots[1:]:
        first = first if slot == last + 1 else slot
        last = slot
        if last - first > longest[1] - longest[0]:
            longest = (first, last)
    return longest
