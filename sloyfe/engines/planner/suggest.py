"""The cheapest single change that would give those who lack a date a start: candidates first, then the proof.

Each function reads from the case which single step of one rule could help, and at what price. Nothing is said
before the problem with that step relaxed has been solved again and the start is there, at nobody's cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from sloyfe.engines.planner.answer import Relaxation, Rule
from sloyfe.engines.planner.greedy import extend, prolong
from sloyfe.engines.planner.joining import QUARTER, joining
from sloyfe.engines.planner.plan import Plan
from sloyfe.engines.planner.relax import relaxed
from sloyfe.engines.planner.shortfall import ALL, Case
from sloyfe.engines.planner.tables import Bools, Ints, Tables, lowest

TRIES = 6
"""Candidates that are solved again, cheapest first, before a shortfall is left without a suggestion."""

PER_RULE = 3
"""Different steps of one rule that are considered."""


def cheapest(case: Case) -> Relaxation | None:
    """The cheapest change of one rule that is confirmed by solving again; None if none of the tried is."""
    candidates = sorted({one for how in _HOW for one in how(case)}, key=_dearness)
    for change in candidates[:TRIES]:
        if confirmed(case, change):
            return replace(change, confirmed=True)
    return None


def _dearness(change: Relaxation) -> tuple[int | str, ...]:
    occasion = (change.week or 0, change.weekday or 0, change.minute_from or 0)
    which = (change.period or 0, change.instead or 0, change.staffing or 0)
    return (change.price, change.rule, change.by, *which, *occasion)


def confirmed(case: Case, change: Relaxation) -> bool:
    """Whether the relaxed problem has a plan where those of the case get a start and nobody loses one."""
    tables = Tables(relaxed(case.tables.problem, change))
    before = _carried_over(case, tables, change)
    place = tables.index[case.course.measure.id]
    if case.short.cohort is None:
        after = extend(tables, before, [place])
        return _reached(after, place) > _reached(before, place)
    cohort = (place, case.short.cohort[1])
    return len(prolong(tables, before, cohort)[cohort].starts) > len(before[cohort].starts)


def _reached(plan: Plan, place: int) -> int:
    return sum(len(series.people) for cohort, series in plan.items() if cohort[0] == place)


def _carried_over(case: Case, tables: Tables, change: Relaxation) -> Plan:
    """The plan in the relaxed problem's indices; only a measure taken out changes them."""
    ids = [course.measure.id for course in case.tables.courses]
    return {
        (tables.index[ids[place]], cohort): series
        for (place, cohort), series in case.plan.items()
        if change.rule is not Rule.TAKEN or ids[place] != change.instead
    }


def _spread(starts: Ints, price: Ints) -> list[int]:
    """The cheapest starts, of different prices where there are, earliest first."""
    chosen: list[int] = []
    for step in np.unique(price[starts])[:PER_RULE]:
        chosen.append(int(starts[price[starts] == step][0]))
    return chosen


def _wider_window(case: Case) -> Iterator[Relaxation]:
    measure, week = case.course.measure, case.tables.week
    starts = np.flatnonzero(case.helps(Rule.WINDOW))
    beyond = np.where(week > measure.last_week, week - measure.last_week, week - measure.first_week)
    for start in _spread(starts, np.abs(beyond)):
        by = int(beyond[start])
        yield Relaxation(Rule.WINDOW, measure.id, by, case.tables.problem.prices.week * abs(by))


def _another_group(case: Case) -> Iterator[Relaxation]:
    """A smaller group than the smallest, or one more in the groups that there are."""
    measure, prices = case.course.measure, case.tables.problem.prices
    if case.short.cohort is not None:
        return
    rules = ALL - {Rule.GROUP}
    could = case.spared(case.could_go(rules, case.load), case.load, rules)[case.feasible(rules, least=1)]
    fewer = measure.group_min - int(could.max(initial=0))
    if 0 < fewer < measure.group_min:
        yield Relaxation(Rule.GROUP, measure.id, -fewer, prices.group_person * fewer)
    if measure.group_max is not None and any(cohort[0] == case.short.place for cohort in case.plan):
        for more in sorted({1, len(case.rows)}):
            yield Relaxation(Rule.GROUP, measure.id, more, prices.group_person * more)


def _one_more_time(case: Case) -> Iterator[Relaxation]:
    if case.short.cohort is None and case.helps(Rule.COHORTS).any():
        yield Relaxation(Rule.COHORTS, case.course.measure.id, 1, case.tables.problem.prices.cohort)


def _shorter_gap(case: Case) -> Iterator[Relaxation]:
    measure, price = case.course.measure, case.tables.problem.prices.gap_week
    if not case.helps(Rule.ORDER).any():
        return
    if case.short.cohort is not None:
        for by in range(1, measure.gap_weeks + 1):
            yield Relaxation(Rule.ORDER, measure.id, by, price * by)
        return
    for order in case.tables.problem.orders:
        if order.then == measure.id:
            for by in range(1, order.gap_weeks + 1):
                yield Relaxation(Rule.ORDER, measure.id, by, price * by, instead=order.first)


def _more_learning_time(case: Case) -> Iterator[Relaxation]:
    """Minutes that the last of those who are needed lacks in the period, in whole quarters."""
    tables, measure = case.tables, case.course.measure
    starts = np.flatnonzero(case.helps(Rule.BUDGET))
    if not len(starts):
        return
    lacking = np.maximum(measure.minutes - case.left(case.load), 0)[:, tables.period]
    going = case.could_go(ALL - {Rule.BUDGET}, case.load)
    ranked = np.sort(np.where(going, lacking, np.iinfo(np.int64).max), axis=0)
    quarters = -(-ranked[case.need - 1] // QUARTER)
    price = quarters * tables.problem.prices.learning_quarter
    for start in _spread(starts[quarters[starts] > 0], price):
        minutes, period = int(quarters[start]) * QUARTER, int(tables.period[start])
        yield Relaxation(Rule.BUDGET, measure.id, minutes, int(price[start]), period=period)


def _one_more_leader(case: Case) -> Iterator[Relaxation]:
    if case.short.cohort is None and case.helps(Rule.FACILITATOR).any():
        yield Relaxation(Rule.FACILITATOR, case.course.measure.id, 1, case.tables.problem.prices.facilitator)


def _fewer_at_work(case: Case) -> Iterator[Relaxation]:
    """One minimum, at one occasion, by as many as it takes while every other minimum holds."""
    starts = np.flatnonzero(case.helps(Rule.STAFFING))
    if not len(starts):
        return
    tables, prices = case.tables, case.tables.problem.prices
    going = case.could_go(ALL - {Rule.STAFFING}, case.load)
    room = lowest(case.load.room, case.length)
    spared = np.array([case.spared_by(group, going, room[group]) for group in range(len(room))])
    for group, rule in enumerate(tables.problem.staffing):
        others = np.delete(spared, group, axis=0).min(axis=0, initial=len(case.rows))
        fewer = _fewer(case, going, group)
        fits = starts[(others[starts] >= case.need) & (spared[group][starts] < case.need)]
        for start in _spread(fits, fewer):
            by = int(fewer[start])
            change = Relaxation(Rule.STAFFING, case.course.measure.id, by, prices.staffing_person * by)
            yield case.at(start, change, rule.id)


def _fewer(case: Case, going: Bools, group: int) -> Ints:
    """For each start, how much lower the minimum must be for as many as are needed to go."""
    tables = case.tables
    rule = tables.problem.staffing[group]
    beside = going.sum(axis=0) - going[tables.member[group, case.rows]].sum(axis=0)
    wanted = np.maximum(case.need - beside, 0)
    spare = tables.at_work[tables.member[group]].sum(axis=0) - case.load.away[group]
    asked = np.full(tables.slots, -tables.bodies)
    asked[list(rule.slots)] = rule.at_least
    short = lowest((spare - asked)[None, :], case.length)[0]
    fewer: Ints = np.minimum(np.maximum(wanted - short, 1), max(rule.at_least, 1))
    return fewer


def _moved_appointments(case: Case) -> Iterator[Relaxation]:
    """How many of those who are needed must move an appointment at the one occasion."""
    movable = case.movable()
    beside = case.could_go(ALL - {Rule.CALENDAR}, case.load)
    fits = case.feasible(ALL - {Rule.CALENDAR}) & ((movable & beside).sum(axis=0) >= case.need)
    price = np.maximum(case.need - (case.own & beside).sum(axis=0), 1)
    for start in _spread(np.flatnonzero(fits), price):
        by = int(price[start])
        dear = case.tables.problem.prices.appointment * by
        yield case.at(start, Relaxation(Rule.CALENDAR, case.course.measure.id, by, dear))


def _instead(case: Case) -> Iterator[Relaxation]:
    """Another measure taken out, the one with fewest people × sessions first."""
    if not case.helps(Rule.TAKEN).any():
        return
    others = {place for place, _ in case.plan} - {case.short.place}
    for change in sorted((case.instead(place) for place in sorted(others)), key=_dearness):
        if change.instead is not None and case.without(case.tables.index[change.instead]).any():
            yield change
            return


_HOW: tuple[Callable[[Case], Iterator[Relaxation]], ...] = (
    _wider_window,
    _another_group,
    _one_more_time,
    _shorter_gap,
    _more_learning_time,
    _one_more_leader,
    _fewer_at_work,
    _moved_appointments,
    _instead,
    joining,
)
