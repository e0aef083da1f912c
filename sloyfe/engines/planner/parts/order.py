"""A series in its order with its gap, and a measure after those that must come before it."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from sloyfe.engines.planner.linear import Literal, total
from sloyfe.engines.planner.model import Model, Part


def series_in_order(model: Model) -> None:
    """By the end of each week no more of the next session than of this one, the gap before."""
    for part in model.parts.values():
        if part.moving:
            for number, later in pairwise(range(len(part.starts))):
                _gap(model, part, number, later)


def _gap(model: Model, part: Part, number: int, later: int) -> None:
    gap, week = part.course.measure.gap_weeks, model.tables.week
    after = _by_week(part.starts[later], week)
    before = _by_week(part.starts[number], week)
    for end in sorted(after):
        so_far = [literal for at, literals in after.items() if at <= end for literal in literals]
        due = [literal for at, literals in before.items() if at <= end - gap for literal in literals]
        model.cp.add(total(so_far) <= total(due))
    model.cp.add_implication(part.held[later], part.held[number])
    if gap == 0:
        begins = model.slot_of(part, number) + part.course.slots
        model.cp.add(model.slot_of(part, later) >= begins).only_enforce_if(part.held[later])


def _by_week(starts: dict[int, Literal], week: object) -> dict[int, list[Literal]]:
    weeks: dict[int, list[Literal]] = defaultdict(list)
    for start, literal in starts.items():
        weeks[int(week[start])].append(literal)  # type: ignore[index]
    return weeks


def measures_in_order(model: Model) -> None:
    """Who takes part in both has been through the first before she begins the second."""
    changing = {place for place, _ in model.changing}
    for first, then, gap in model.tables.orders:
        if {first, then} & changing:
            _tie(model, _of(model, first), _of(model, then), gap, _both(model, first, then))


def _of(model: Model, place: int) -> list[Part]:
    return [part for (other, _), part in model.parts.items() if other == place]


def _both(model: Model, first: int, then: int) -> set[int]:
    courses = model.tables.courses
    return set(courses[first].people.tolist()) & set(courses[then].people.tolist())


def _tie(model: Model, firsts: list[Part], thens: list[Part], gap: int, both: set[int]) -> None:
    linked: dict[tuple[int, int], Literal] = {}
    for row in sorted(both):
        begins = [(at, part.people[row]) for at, part in enumerate(thens) if row in part.people]
        ends = [(at, part.people[row]) for at, part in enumerate(firsts) if row in part.people]
        for then_at, joins in begins:
            model.cp.add_bool_or([joins.negated(), *(been for _, been in ends)])
            for first_at, been in ends:
                key = (first_at, then_at)
                if key not in linked:
                    linked[key] = _link(model, firsts[first_at], thens[then_at], gap)
                model.cp.add_bool_or([joins.negated(), been.negated(), linked[key]])


def _link(model: Model, first: Part, then: Part, gap: int) -> Literal:
    """True only where the whole of `first` lies the gap before the beginning of `then`."""
    link = model.cp.new_bool_var(f"after{first.cohort}{then.cohort}")
    last = first.course.measure.sessions - 1
    if last >= len(first.held):
        model.cp.add(link == 0)
        return link
    model.cp.add_implication(link, first.held[last])
    model.cp.add(model.week_of(then, 0) >= model.week_of(first, last) + gap).only_enforce_if(link, then.used)
    if gap == 0:
        ended = model.slot_of(first, last) + first.course.slots
        model.cp.add(model.slot_of(then, 0) >= ended).only_enforce_if(link, then.used)
    return link
