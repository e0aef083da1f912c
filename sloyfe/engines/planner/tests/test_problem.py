"""A grid counts as a calendar does, and nonsense is refused with a sentence that says what to mend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sloyfe.engines.planner.problem import (
    Facilitator,
    Grid,
    Measure,
    Order,
    Person,
    Placement,
    Prices,
    Priority,
    Problem,
    Removal,
    Session,
    Staffing,
    Weights,
    Why,
)

GRID = Grid(weeks=8)
MEASURE = Measure(1, Priority.MANDATORY, (1, 2), minutes=45, first_week=0, last_week=7, facilitators=(5,))
PROBLEM = Problem(
    grid=GRID,
    people=(Person(1, (90, 90)), Person(2, (90, 90)), Person(3)),
    measures=(MEASURE,),
    facilitators=(Facilitator(5),),
    staffing=(Staffing(1, (1, 2, 3), tuple(GRID.span(0, 0, 9 * 60, 12 * 60)), at_least=1),),
)


def test_slots_know_their_week_day_and_minute() -> None:
    slot = GRID.span(2, 3, 10 * 60, 11 * 60)[0]
    assert (GRID.week(slot), GRID.day(slot), GRID.minute(slot)) == (2, 3, 10 * 60)
    assert GRID.slots == 8 * 5 * 16
    assert GRID.length(45) == 2
    assert GRID.length(60) == 2
    assert PROBLEM.periods == 2


@pytest.mark.parametrize(
    ("begin", "end", "slots"),
    [
        (8 * 60, 16 * 60, 16),
        (0, 24 * 60, 16),
        (9 * 60 + 10, 9 * 60 + 40, 2),
        (16 * 60, 18 * 60, 0),
        (10 * 60, 10 * 60, 0),
    ],
)
def test_a_span_is_every_slot_it_touches(begin: int, end: int, slots: int) -> None:
    assert len(GRID.span(1, 4, begin, end)) == slots


def test_a_span_outside_the_grid_is_empty() -> None:
    assert not GRID.span(8, 0, 0, 24 * 60)
    assert not GRID.span(0, 5, 0, 24 * 60)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"weeks": 0}, "0 weeks"),
        ({"days": 8}, "8 days"),
        ({"slot_minutes": 0}, "0 minutes"),
        ({"first_minute": 960, "last_minute": 480}, "forwards"),
        ({"last_minute": 15 * 60 + 45}, "whole number of slots"),
    ],
)
def test_a_grid_that_is_none(wrong: dict[str, int], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(GRID, **wrong)


def measure(**changes: object) -> dict[str, object]:
    return {"measures": (replace(MEASURE, **changes),)}


PLACED = Placement(Session(1, 0, 0), 3, (1,), 5)

NONSENSE: list[tuple[dict[str, object], str]] = [
    ({"period_weeks": 0}, "period is 0 weeks"),
    ({"people": (*PROBLEM.people, Person(1))}, r"person ids must be unique.*\[1\]"),
    ({"measures": (MEASURE, MEASURE)}, "measure ids must be unique"),
    ({"facilitators": (Facilitator(5), Facilitator(5))}, "facilitator ids must be unique"),
    ({"closed": (GRID.slots,)}, "closed has slots"),
    ({"people": (Person(1, (90, 90), (Removal(Why.BUSY, (-1,)),)), Person(2, (9, 9)), Person(3))}, "person 1"),
    ({"people": (Person(1, (90, -1)), Person(2, (9, 9)), Person(3))}, "negative learning time"),
    ({"people": (Person(1, (90,)), Person(2, (9, 9)), Person(3))}, "1 periods of 2"),
    ({"people": (Person(1), Person(2, (9, 9)), Person(3))}, r"participants \[1\] have no learning time"),
    ({"facilitators": (Facilitator(5, person=99),)}, r"unknown ids \[99\]"),
    ({"facilitators": (Facilitator(5, person=3), Facilitator(6, person=3))}, "person behind a facilitator"),
    ({"facilitators": (Facilitator(5, removals=(Removal(Why.BUSY, (99999,)),)),)}, "facilitator 5"),
    ({"staffing": (Staffing(1, (1,), (), at_least=-1),)}, "asks for -1 people"),
    ({"staffing": (Staffing(1, (9,), (), at_least=1),)}, r"unknown ids \[9\]"),
    ({"staffing": (Staffing(1, (1, 1), (), at_least=1),)}, "staffing 1: person ids must be unique"),
    ({"staffing": (Staffing(1, (1,), (99999,), at_least=1),)}, "staffing 1 has slots"),
    (measure(participants=()), "no participants"),
    (measure(participants=(1, 9)), r"unknown ids \[9\]"),
    (measure(participants=(1, 1)), "participant ids must be unique"),
    (measure(facilitators=(6,)), r"unknown ids \[6\]"),
    (measure(minutes=0), "lasts 0 minutes"),
    (measure(minutes=9 * 60), "longer than the grid's day"),
    (measure(sessions=0), "0 sessions"),
    (measure(cohorts=0), "0 cohorts"),
    (measure(gap_weeks=-1), "-1 weeks between"),
    (measure(group_min=0), "smallest group is 0"),
    (measure(group_min=3, group_max=2), "largest group 2 is less than the smallest, 3"),
    (measure(first_week=5, last_week=4), "must run forwards"),
    (measure(last_week=8), "within 0 to 7"),
    (measure(first_week=2, preferred_week=1), "preferred week 1 is outside"),
    ({"orders": (Order(1, 2),)}, r"unknown ids \[2\]"),
    ({"orders": (Order(1, 1),)}, "in a circle"),
    ({"earlier": (PLACED, PLACED)}, "more than once"),
    ({"earlier": (replace(PLACED, session=Session(2, 0, 0)),)}, r"unknown ids \[2\]"),
    ({"earlier": (replace(PLACED, session=Session(1, 1, 0)),)}, "no cohort 1"),
    ({"earlier": (replace(PLACED, session=Session(1, 0, 1)),)}, "with session 1"),
    ({"earlier": (replace(PLACED, people=(3,)),)}, r"unknown ids \[3\]"),
    ({"earlier": (replace(PLACED, start=GRID.slots),)}, "has slots"),
    ({"earlier": (replace(PLACED, facilitator=7),)}, r"unknown ids \[7\]"),
    ({"weights": Weights(week=-1)}, "weights: week is -1"),
    ({"prices": Prices(cohort=-1)}, "prices: cohort is -1"),
]


@pytest.mark.parametrize(("wrong", "says"), NONSENSE)
def test_nonsense_is_refused(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(PROBLEM, **wrong)


def test_an_order_in_a_circle_of_three_is_refused() -> None:
    three = tuple(replace(MEASURE, id=one) for one in (1, 2, 3))
    with pytest.raises(ValueError, match="in a circle"):
        replace(PROBLEM, measures=three, orders=(Order(1, 2), Order(2, 3), Order(3, 1)))


def test_what_is_sound_is_kept_as_it_is() -> None:
    told = replace(PROBLEM, earlier=(PLACED,))
    assert told.earlier == (PLACED,)
    assert hash(told) == hash(replace(told))
