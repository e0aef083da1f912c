"""The closure equals brute force on random dated forests, on any day; what goes in circle is refused by name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sloyfe.modules.people.history import tree_on
from sloyfe.modules.people.models import Bond, Closure, Edge, Kind, Unit
from sloyfe.modules.people.tree import CyclicTree, depths, edges_from, rebuild_closure, refuse_cycles

FIRST = date(2020, 1, 1)
UNITS, DAYS = 9, 40


@st.composite
def dated_forests(draw):
    """Edges (child, parent, from, to) as numbers of days. A parent always has a lower number than its child."""
    rows = set()
    for child in range(1, UNITS):
        for _ in range(draw(st.integers(0, 3))):
            begins = draw(st.integers(0, DAYS))
            lasts = draw(st.one_of(st.none(), st.integers(1, DAYS)))
            rows.add((child, draw(st.integers(0, child - 1)), begins, None if lasts is None else begins + lasts))
    once = {(child, parent, begins): (child, parent, begins, ends) for child, parent, begins, ends in rows}
    return sorted(once.values(), key=str)


def brute_force(edges, day):
    """All (ancestor, descendant) → fewest steps, by trying every step until nothing new comes."""
    there = {(p, c) for c, p, begins, ends in edges if begins <= day and (ends is None or day < ends)}
    units = {unit for pair in there for unit in pair}
    best = {(unit, unit): 0 for unit in units}
    while True:
        more = dict(best)
        for (top, middle), steps in best.items():
            for parent, child in there:
                if parent == middle and steps + 1 < more.get((top, child), UNITS + 1):
                    more[top, child] = steps + 1
        if more == best:
            return best
        best = more


@pytest.fixture
def units(db):
    rows = [Unit(number=str(n), name=f"Enhet {n}", kind=Kind.OFFICE, valid_from=FIRST) for n in range(UNITS)]
    return Unit.objects.bulk_create(rows)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edges=dated_forests(), day=st.integers(0, 2 * DAYS + 2), bond=st.sampled_from([Bond.STATE, Bond.MUNICIPAL]))
def test_the_closure_is_what_brute_force_finds(units, edges, day, bond):
    Edge.objects.all().delete()
    Edge.objects.bulk_create(
        Edge(
            child=units[child],
            parent=units[parent],
            bond=bond,
            valid_from=FIRST + timedelta(begins),
            valid_to=None if ends is None else FIRST + timedelta(ends),
        )
        for child, parent, begins, ends in edges
    )
    rebuild_closure(FIRST + timedelta(day))
    number = {unit.pk: n for n, unit in enumerate(units)}
    found = {
        (number[top], number[unit]): depth
        for top, unit, depth in Closure.objects.filter(bond=bond).values_list("ancestor", "descendant", "depth")
    }
    expected = brute_force(edges, day)
    assert found == expected

    drawn = set()
    waiting = [((), node) for node in tree_on(FIRST + timedelta(day), bond)]
    while waiting:
        above, node = waiting.pop()
        drawn |= {(top, number[node.pk]) for top in (*above, number[node.pk])}
        waiting.extend(((*above, number[node.pk]), child) for child in node.children)
    assert drawn == set(expected)
    for children in edges_from(FIRST, bond):
        refuse_cycles(children)  # none of these forests is ever a circle


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    size=st.integers(2, 8),
    extra=st.lists(st.tuples(st.integers(0, 7), st.integers(8, 15)), max_size=10),
    shift=st.integers(0, 7),
)
def test_a_circle_is_found_whatever_hangs_on_it(size, extra, shift):
    """A circle of `size` units with trees hanging off it: the ids told are the circle, in order."""
    circle = [(n + shift) % size for n in range(size)]
    children: dict[int, list[int]] = {}
    for parent, child in [*zip(circle, circle[1:] + circle[:1], strict=True), *extra]:
        children.setdefault(parent, []).append(child)
    with pytest.raises(CyclicTree) as found:
        refuse_cycles(children)
    told = found.value.units
    assert told[0] == told[-1] and set(told) == set(circle)
    assert all(child in children[parent] for parent, child in zip(told, told[1:], strict=False))
    with pytest.raises(CyclicTree):
        depths(children, circle[0])
