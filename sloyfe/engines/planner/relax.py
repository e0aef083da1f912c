"""The problem with one rule relaxed by one step, exactly as a `Relaxation` says; for confirming, and for asking on.

One function for each rule that can be relaxed. Ids and the order of the measures stay, so that a plan of the
problem is still a plan of the relaxed one (less the sessions of a measure that is taken out).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sloyfe.engines.planner.answer import Relaxation, Rule
from sloyfe.engines.planner.problem import (
    Facilitator,
    Measure,
    Person,
    Problem,
    Removal,
    Staffing,
    Why,
)


def relaxed(problem: Problem, change: Relaxation) -> Problem:
    """The problem after the change; ValueError where the rule is not one that can be relaxed."""
    if change.rule not in _HOW:
        raise ValueError(f"the rule {change.rule} cannot be relaxed")
    return _HOW[change.rule](problem, change)


def _measure(problem: Problem, change: Relaxation, how: Callable[[Measure], Measure]) -> Problem:
    measures = tuple(how(one) if one.id == change.measure else one for one in problem.measures)
    return replace(problem, measures=measures)


def _occasion(problem: Problem, change: Relaxation) -> frozenset[int]:
    assert change.week is not None and change.weekday is not None
    assert change.minute_from is not None and change.minute_to is not None
    return frozenset(problem.grid.span(change.week, change.weekday, change.minute_from, change.minute_to))


def _window(problem: Problem, change: Relaxation) -> Problem:
    def wider(one: Measure) -> Measure:
        if change.by > 0:
            return replace(one, last_week=one.last_week + change.by)
        return replace(one, first_week=one.first_week + change.by)

    return _measure(problem, change, wider)


def _group(problem: Problem, change: Relaxation) -> Problem:
    def other(one: Measure) -> Measure:
        if change.by < 0:
            return replace(one, group_min=one.group_min + change.by)
        return replace(one, group_max=None if one.group_max is None else one.group_max + change.by)

    return _measure(problem, change, other)


def _cohorts(problem: Problem, change: Relaxation) -> Problem:
    return _measure(problem, change, lambda one: replace(one, cohorts=one.cohorts + change.by))


def _order(problem: Problem, change: Relaxation) -> Problem:
    """The gap in the series; or, with `instead`, the gap after that measure."""
    if change.instead is None:
        return _measure(problem, change, lambda one: replace(one, gap_weeks=one.gap_weeks - change.by))
    orders = tuple(
        replace(one, gap_weeks=one.gap_weeks - change.by)
        if (one.first, one.then) == (change.instead, change.measure)
        else one
        for one in problem.orders
    )
    return replace(problem, orders=orders)


def _budget(problem: Problem, change: Relaxation) -> Problem:
    concerned = next(set(one.participants) for one in problem.measures if one.id == change.measure)

    def more(person: Person) -> Person:
        learning = tuple(
            minutes + change.by if period == change.period else minutes
            for period, minutes in enumerate(person.learning)
        )
        return replace(person, learning=learning) if person.id in concerned else person

    return replace(problem, people=tuple(more(person) for person in problem.people))


def _facilitator(problem: Problem, change: Relaxation) -> Problem:
    new = max((one.id for one in problem.facilitators), default=0) + 1
    wider = replace(problem, facilitators=(*problem.facilitators, Facilitator(id=new)))
    return _measure(wider, change, lambda one: replace(one, facilitators=(*one.facilitators, new)))


def _staffing(problem: Problem, change: Relaxation) -> Problem:
    """Fewer at the one occasion; at all others as before."""
    at = _occasion(problem, change)
    new = max(one.id for one in problem.staffing) + 1
    rules: list[Staffing] = []
    for one in problem.staffing:
        if one.id != change.staffing:
            rules.append(one)
            continue
        rules.append(replace(one, slots=tuple(slot for slot in one.slots if slot not in at)))
        there = tuple(slot for slot in one.slots if slot in at)
        rules.append(replace(one, id=new, slots=there, at_least=max(0, one.at_least - change.by)))
    return replace(problem, staffing=tuple(rules))


def _calendar(problem: Problem, change: Relaxation) -> Problem:
    """The participants' movable appointments at the one occasion are moved; nothing else of their calendars."""
    at = _occasion(problem, change)
    concerned = next(set(one.participants) for one in problem.measures if one.id == change.measure)

    def freed(removal: Removal) -> Removal:
        if removal.rule is not Why.BUSY:
            return removal
        return replace(removal, slots=tuple(slot for slot in removal.slots if slot not in at))

    people = tuple(
        replace(person, removals=tuple(freed(one) for one in person.removals)) if person.id in concerned else person
        for person in problem.people
    )
    return replace(problem, people=people)


def _taken(problem: Problem, change: Relaxation) -> Problem:
    gone = change.instead
    return replace(
        problem,
        measures=tuple(one for one in problem.measures if one.id != gone),
        orders=tuple(one for one in problem.orders if gone not in (one.first, one.then)),
        earlier=tuple(one for one in problem.earlier if one.session.measure != gone),
    )


_HOW: dict[Rule, Callable[[Problem, Relaxation], Problem]] = {
    Rule.WINDOW: _window,
    Rule.GROUP: _group,
    Rule.COHORTS: _cohorts,
    Rule.ORDER: _order,
    Rule.BUDGET: _budget,
    Rule.FACILITATOR: _facilitator,
    Rule.STAFFING: _staffing,
    Rule.CALENDAR: _calendar,
    Rule.TAKEN: _taken,
}
