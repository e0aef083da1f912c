"""Those too few for a group of their own: what single thing keeps one of them from a series that is held.

Each function looks at one person and one series and says what stands in the way, as the change that would remove
it, or `None` for what nobody should be asked to change. The caller sees only the change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from sloyfe.engines.planner.answer import Relaxation, Rule
from sloyfe.engines.planner.greedy import may_begin
from sloyfe.engines.planner.plan import Series, bodies_of
from sloyfe.engines.planner.problem import Why
from sloyfe.engines.planner.shortfall import Case
from sloyfe.engines.planner.tables import Cohort

QUARTER = 15


def joining(case: Case) -> Iterator[Relaxation]:
    """Changes by which somebody of the case could join a series, one change at a time."""
    if case.short.cohort is not None:
        return
    for cohort, series in sorted(case.plan.items()):
        if cohort[0] == case.short.place:
            for row in case.rows:
                in_the_way = [one for how in _HOW for one in how(case, cohort, series, row)]
                if len(in_the_way) == 1 and in_the_way[0] is not None:
                    yield in_the_way[0]


Obstacles = Iterator[Relaxation | None]


def _full(case: Case, cohort: Cohort, series: Series, row: int) -> Obstacles:
    if len(series.people) >= case.course.group_max:
        yield Relaxation(Rule.GROUP, case.course.measure.id, 1, case.tables.problem.prices.group_person)


def _not_free(case: Case, cohort: Cohort, series: Series, row: int) -> Obstacles:
    """Only an appointment may be moved."""
    person = case.tables.problem.people[row]
    for start in series.starts:
        slots = set(range(start, start + case.length))
        rules = {one.rule for one in person.removals if slots & set(one.slots)}
        if rules == {Why.BUSY}:
            price = case.tables.problem.prices.appointment
            yield case.at(start, Relaxation(Rule.CALENDAR, case.course.measure.id, 1, price))
        elif rules:
            yield None


def _elsewhere(case: Case, cohort: Cohort, series: Series, row: int) -> Obstacles:
    """She is in, or leads, another session then."""
    slots = {slot for start in series.starts for slot in range(start, start + case.length)}
    for (place, _), other in sorted(case.plan.items()):
        length = case.tables.courses[place].slots
        there = {slot for start in other.starts for slot in range(start, start + length)}
        if row in bodies_of(case.tables, other) and slots & there:
            yield case.instead(place) if row in other.people else None


def _no_time_left(case: Case, cohort: Cohort, series: Series, row: int) -> Obstacles:
    minutes, prices = case.course.measure.minutes, case.tables.problem.prices
    left = case.tables.budget[row] - case.load.spent[row]
    for period, sessions in Counter(int(case.tables.period[start]) for start in series.starts).items():
        quarters = -(-(sessions * minutes - int(left[period])) // QUARTER)
        if quarters > 0:
            price = prices.learning_quarter * quarters
            yield Relaxation(Rule.BUDGET, case.course.measure.id, quarters * QUARTER, price, period=period)


def _needed_at_work(case: Case, cohort: Cohort, series: Series, row: int) -> Obstacles:
    price = case.tables.problem.prices.staffing_person
    for start in series.starts:
        for group in case.tables.groups_of[row]:
            if (case.load.room[group, start : start + case.length] < 1).any():
                change = Relaxation(Rule.STAFFING, case.course.measure.id, 1, price)
                yield case.at(start, change, case.tables.problem.staffing[group].id)


def _not_her_turn(case: Case, cohort: Cohort, series: Series, row: int) -> Obstacles:
    if not may_begin(case.tables, case.plan, case.short.place, [row])[0, series.starts[0]]:
        yield None


_HOW: tuple[Callable[[Case, Cohort, Series, int], Obstacles], ...] = (
    _full,
    _not_free,
    _elsewhere,
    _no_time_left,
    _needed_at_work,
    _not_her_turn,
)
