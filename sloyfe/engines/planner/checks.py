"""Refuses a problem that makes no sense, one check per kind of nonsense, before any search begins.

Each message says what is wrong, where, the value, and what is expected. It knows the shapes by attribute
only, so that `problem.py` can call it from `__post_init__`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sloyfe.engines.planner.problem import Grid, Measure, Placement, Problem

MINUTES_A_DAY = 24 * 60


def _need(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


def grid(asked: Grid) -> None:
    _need(asked.weeks >= 1, f"the grid has {asked.weeks} weeks; it needs at least 1")
    _need(1 <= asked.days <= 7, f"the grid has {asked.days} days a week; it needs 1 to 7")
    _need(asked.slot_minutes >= 5, f"a slot is {asked.slot_minutes} minutes; it needs at least 5")
    _need(
        0 <= asked.first_minute < asked.last_minute <= MINUTES_A_DAY,
        f"the day runs from minute {asked.first_minute} to {asked.last_minute}; "
        f"it must run forwards within 0 to {MINUTES_A_DAY}",
    )
    _need(
        (asked.last_minute - asked.first_minute) % asked.slot_minutes == 0,
        f"a day of {asked.last_minute - asked.first_minute} minutes is not a whole number of "
        f"slots of {asked.slot_minutes} minutes",
    )


def problem(asked: Problem) -> None:
    """Everything that must hold between the parts; raises ValueError at the first that does not."""
    _need(asked.period_weeks >= 1, f"a period is {asked.period_weeks} weeks; it needs at least 1")
    people = _unique("person", [person.id for person in asked.people])
    facilitators = _unique("facilitator", [one.id for one in asked.facilitators])
    measures = _unique("measure", [measure.id for measure in asked.measures])
    _unique("staffing", [rule.id for rule in asked.staffing])
    _slots("closed", asked.closed, asked.grid)
    _people(asked)
    _facilitators(asked, people)
    _staffing(asked, people)
    for measure in asked.measures:
        _measure(measure, asked, people, facilitators)
    _orders(asked, measures)
    _earlier(asked, facilitators)
    _numbers_not_negative("weights", asked.weights)
    _numbers_not_negative("prices", asked.prices)


def _unique(kind: str, ids: list[int]) -> set[int]:
    twice = sorted(one for one, times in Counter(ids).items() if times > 1)
    _need(not twice, f"{kind} ids must be unique; given more than once: {twice}")
    return set(ids)


def _known(where: str, ids: Iterable[int], known: set[int]) -> None:
    unknown = sorted(set(ids) - known)
    _need(not unknown, f"{where} names unknown ids {unknown}; add them to the problem or leave them out")


def _slots(where: str, slots: tuple[int, ...], within: Grid) -> None:
    if slots:
        low, high = min(slots), max(slots)
        _need(
            low >= 0 and high < within.slots,
            f"{where} has slots {low} to {high}; the grid has 0 to {within.slots - 1}",
        )


def _people(asked: Problem) -> None:
    for person in asked.people:
        for removal in person.removals:
            _slots(f"person {person.id}, removal {removal.rule}", removal.slots, asked.grid)
        _need(
            min(person.learning, default=0) >= 0,
            f"person {person.id} has negative learning time, {min(person.learning, default=0)} minutes",
        )
        _need(
            len(person.learning) in (0, asked.periods),
            f"person {person.id} has learning time for {len(person.learning)} periods of {asked.periods}",
        )


def _facilitators(asked: Problem, people: set[int]) -> None:
    for one in asked.facilitators:
        if one.person is not None:
            _known(f"facilitator {one.id}", [one.person], people)
        for removal in one.removals:
            _slots(f"facilitator {one.id}, removal {removal.rule}", removal.slots, asked.grid)
    inside = [one.person for one in asked.facilitators if one.person is not None]
    _unique("person behind a facilitator", inside)


def _staffing(asked: Problem, people: set[int]) -> None:
    for rule in asked.staffing:
        _need(rule.at_least >= 0, f"staffing {rule.id} asks for {rule.at_least} people; give 0 or more")
        _known(f"staffing {rule.id}", rule.people, people)
        _unique(f"staffing {rule.id}: person", list(rule.people))
        _slots(f"staffing {rule.id}", rule.slots, asked.grid)


def _measure(measure: Measure, asked: Problem, people: set[int], facilitators: set[int]) -> None:
    where = f"measure {measure.id}"
    _known(f"{where}, participants", measure.participants, people)
    _unique(f"{where}: participant", list(measure.participants))
    _need(bool(measure.participants), f"{where} has no participants; a measure needs at least one")
    _known(f"{where}, facilitators", measure.facilitators, facilitators)
    _unique(f"{where}: facilitator", list(measure.facilitators))
    _measure_numbers(measure, where)
    _measure_window(measure, asked.grid, where)
    unlearning = sorted(p.id for p in asked.people if not p.learning and p.id in set(measure.participants))
    _need(
        not unlearning,
        f"{where}: participants {unlearning} have no learning time; give minutes for each period",
    )


def _measure_numbers(measure: Measure, where: str) -> None:
    _need(measure.minutes > 0, f"{where}: a session lasts {measure.minutes} minutes; it needs more than 0")
    _need(measure.sessions >= 1, f"{where} has {measure.sessions} sessions; it needs at least 1")
    _need(measure.cohorts >= 1, f"{where} has {measure.cohorts} cohorts; it needs at least 1")
    _need(measure.gap_weeks >= 0, f"{where}: {measure.gap_weeks} weeks between sessions; give 0 or more")
    _need(measure.group_min >= 1, f"{where}: smallest group is {measure.group_min}; it needs at least 1")
    _need(
        measure.group_max is None or measure.group_max >= measure.group_min,
        f"{where}: largest group {measure.group_max} is less than the smallest, {measure.group_min}",
    )


def _measure_window(measure: Measure, within: Grid, where: str) -> None:
    _need(
        0 <= measure.first_week <= measure.last_week < within.weeks,
        f"{where}: weeks {measure.first_week} to {measure.last_week} must run forwards within 0 to {within.weeks - 1}",
    )
    _need(
        within.length(measure.minutes) <= within.slots_per_day,
        f"{where}: a session of {measure.minutes} minutes is longer than the grid's day",
    )
    _need(
        measure.preferred_week is None or measure.first_week <= measure.preferred_week <= measure.last_week,
        f"{where}: preferred week {measure.preferred_week} is outside weeks "
        f"{measure.first_week} to {measure.last_week}",
    )


def _orders(asked: Problem, measures: set[int]) -> None:
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for order in asked.orders:
        _known("order", [order.first, order.then], measures)
        _need(
            order.gap_weeks >= 0,
            f"order {order.first} → {order.then}: gap {order.gap_weeks} weeks; give 0 or more",
        )
        sorter.add(order.then, order.first)
    try:
        sorter.prepare()
    except CycleError as circle:
        raise ValueError(f"the order of measures goes in a circle: {circle.args[1]}; break it somewhere") from circle


def _earlier(asked: Problem, facilitators: set[int]) -> None:
    measures = {measure.id: measure for measure in asked.measures}
    _need(
        len({placement.session for placement in asked.earlier}) == len(asked.earlier),
        "the earlier plan places a session more than once",
    )
    for placement in asked.earlier:
        _known("earlier plan", [placement.session.measure], set(measures))
        _earlier_placement(placement, measures[placement.session.measure], asked, facilitators)


def _earlier_placement(placement: Placement, measure: Measure, asked: Problem, facilitators: set[int]) -> None:
    session = placement.session
    where = f"earlier plan, measure {measure.id}"
    _need(
        0 <= session.cohort < measure.cohorts and 0 <= session.number < measure.sessions,
        f"{where} has no cohort {session.cohort} with session {session.number}",
    )
    _known(where, placement.people, set(measure.participants))
    _slots(where, (placement.start,), asked.grid)
    if placement.facilitator is not None:
        _known(where, [placement.facilitator], facilitators)


def _numbers_not_negative(where: str, numbers: object) -> None:
    for name in numbers.__slots__:  # type: ignore[attr-defined]
        value = getattr(numbers, name)
        _need(value >= 0, f"{where}: {name} is {value}; give 0 or more")
