"""Before and after hold the truth, and after one change they are exactly what could be, no wider."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from numpy.random import Generator

from sloyfe.engines.rollup.whatif import Course, Figure, Merge, Node, Picture, Range, Vacant, what_if

World = tuple[int, int, int]
"""Asked, meets, holds."""


def worlds(people: int, figure: Figure) -> list[World]:
    """All that the figure can be."""
    numbers = range(people + 1)
    return [
        (a, m, h)
        for a, m, h in product(numbers, numbers, numbers)
        if m <= a and figure.asked in (None, a) and figure.meets in (None, m) and figure.holds in (None, h)
    ]


def leavers(people: int, world: World, posts: int, known: Figure) -> list[World]:
    """All who can leave it: of those asked and not, meeting and not, holding and not, no more than there are."""
    a, m, h = world
    return [
        (x, y, z)
        for x, y, z in worlds(posts, known)
        if y <= m and x - y <= a - m and posts - x <= people - a and z <= h and posts - z <= people - h
    ]


def hull(found: list[World]) -> tuple[Range, ...]:
    return tuple(Range(min(numbers), max(numbers)) for numbers in zip(*found, strict=True))


def ranges(picture: Picture) -> tuple[Range, ...]:
    (cell,) = picture.cells
    return cell.asked, cell.meets, cell.holds


def hidden(rng: Generator, world: World, share: float) -> Figure:
    return Figure(*(None if rng.random() < share else number for number in world))


def drawn(rng: Generator, people: int) -> World:
    asked = int(rng.integers(0, people + 1))
    return asked, int(rng.integers(0, asked + 1)), int(rng.integers(0, people + 1))


def test_posts_fall_vacant() -> None:
    rng = np.random.default_rng(31)
    for _ in range(150):
        people = int(rng.integers(1, 5))
        world = drawn(rng, people)
        figure = hidden(rng, world, 0.5)
        posts = int(rng.integers(0, people + 1))
        gone = leavers(people, world, posts, Figure())
        known = hidden(rng, gone[rng.integers(len(gone))], 0.6)
        found = [
            tuple(a - b for a, b in zip(one, left, strict=True))
            for one in worlds(people, figure)
            for left in leavers(people, one, posts, known)
        ]
        answer = what_if([Node(1, people, (figure,))], [Vacant(1, posts, ((0, known),))])
        assert ranges(answer.before[0]) == hull(worlds(people, figure))
        assert ranges(answer.after[0]) == hull(found)
        assert answer.after[0].people == people - posts


def test_some_get_the_course() -> None:
    rng = np.random.default_rng(32)
    for _ in range(200):
        people = int(rng.integers(1, 6))
        figure = hidden(rng, drawn(rng, people), 0.5)
        more, holding = int(rng.integers(0, 4)), int(rng.integers(0, 4))
        found = [(a, min(m + more, a), min(h + holding, people)) for a, m, h in worlds(people, figure)]
        answer = what_if([Node(1, people, (figure,))], [Course(1, 0, more, holding)])
        assert ranges(answer.after[0]) == hull(found)


def test_two_units_merge() -> None:
    rng = np.random.default_rng(33)
    for _ in range(60):
        sizes = [int(one) for one in rng.integers(0, 4, 2)]
        figures = [hidden(rng, drawn(rng, size), 0.5) for size in sizes]
        both = product(*(worlds(size, figure) for size, figure in zip(sizes, figures, strict=True)))
        found = [tuple(a + b for a, b in zip(one, other, strict=True)) for one, other in both]
        nodes = [Node(number, size, (one,)) for number, (size, one) in enumerate(zip(sizes, figures, strict=True))]
        answer = what_if(nodes, [Merge(0, 1)])
        assert [one.node for one in answer.after] == [1]
        assert ranges(answer.after[0]) == hull(found)
        assert answer.after[0].people == sum(sizes)


ABOVE = {0: None, 1: 0, 2: 0, 3: 1, 4: 1, 5: 2}


def truth(leaves: dict[int, list[list[int]]]) -> dict[int, tuple[int, World]]:
    """People and figures of every node, from [asked, meets, holds] of each person."""
    found = {}
    for node in ABOVE:
        mine = [one for leaf, people in leaves.items() for one in people if node in line(leaf)]
        found[node] = len(mine), tuple(int(sum(one[place] for one in mine)) for place in range(3))
    return found


def line(node: int | None) -> list[int]:
    return [] if node is None else [node, *line(ABOVE[node])]


def happen(rng: Generator, leaves: dict[int, list[list[int]]]) -> Merge | Vacant | Course:
    """Something that happens to real people, told as a change."""
    node, other = (int(one) for one in rng.choice(sorted(leaves), 2, replace=False))
    kind = rng.integers(3)
    if kind == 0 and len(leaves) > 2:
        leaves[other] += leaves.pop(node)
        return Merge(node, other)
    if kind == 1:
        posts = int(rng.integers(0, len(leaves[node]) + 1))
        leaves[node] = leaves[node][posts:]
        return Vacant(node, posts)
    can = [one for one in leaves[node] if one[0] and not one[1]]
    more = int(rng.integers(0, 3))
    for one in can[:more]:
        one[1] = 1
    return Course(node, 0, more)


def test_the_truth_is_always_within_all_the_way_up() -> None:
    rng = np.random.default_rng(34)
    exact = 0
    for _ in range(150):
        leaves = {leaf: [] for leaf in (3, 4, 5)}
        for leaf in leaves:
            for _ in range(rng.integers(0, 6)):
                asked = int(rng.integers(0, 2))
                leaves[leaf].append([asked, asked * int(rng.integers(0, 2)), int(rng.integers(0, 2))])
        published = [
            Node(node, people, (hidden(rng, world, 0.3),), ABOVE[node])
            for node, (people, world) in truth(leaves).items()
        ]
        changes = [happen(rng, leaves) for _ in range(rng.integers(1, 4))]
        answer, now = what_if(published, changes), truth(leaves)
        assert {one.node for one in answer.after} == {0, 1, 2, *leaves}
        for picture in answer.after:
            people, world = now[picture.node]
            assert picture.people == people
            for has, number in zip(ranges(picture), world, strict=True):
                assert has.low <= number <= has.high
                exact += has.low == has.high
    assert exact > 300


def test_a_worked_example() -> None:
    """Office A of 12 where 7 of 12 meet it, neighbour C of 8 hidden; two posts fall vacant at A, then C joins it."""
    nodes = [
        Node(1, 30, (Figure(30, 13, 4),)),
        Node(2, 12, (Figure(12, 7, 1),), above=1),
        Node(3, 8, (Figure(8, None, None),), above=1),
    ]
    answer = what_if(nodes, [Vacant(2, 2), Merge(3, 2), Course(2, 0, 5)])
    county, office = answer.after
    assert (county.people, office.people) == (28, 18)
    assert (office.cells[0].asked, office.cells[0].meets) == (Range(18, 18), Range(10, 18))
    # At the office 5 to 15 of 18 meet it before the course, so that 3 to 5 come to; in the county 11 to 13 did.
    assert county.cells[0].meets == Range(14, 18)
    assert answer.before[1].cells[0].holds.is_one() is True
    assert office.cells[0].holds.is_one() is None
    assert Range(2, 4).is_one() is False


def test_what_was_hidden_is_not_narrowed_by_what_is_beside_it() -> None:
    """County 5 of 5 meet it: whoever reads it can work out the office, but not by our hand."""
    nodes = [Node(1, 5, (Figure(5, 5, 5),)), Node(2, 3, (Figure(),), above=1), Node(3, 2, (Figure(2, 2, 2),), above=1)]
    assert what_if(nodes, []).after[1].cells[0].meets == Range(0, 3)


ONE = Node(1, 4, (Figure(4, 2, 1),))
TWO = Node(2, 2, (Figure(2, 1, 1),), above=1)


@pytest.mark.parametrize(
    ("nodes", "changes", "says"),
    [
        ([ONE, ONE], [], "more than once"),
        ([TWO], [], "lies under 1, which is not given"),
        ([Node(1, 4, (Figure(),), above=1)], [], "beneath itself"),
        ([ONE, Node(2, 2, (), above=1)], [], "0 figures"),
        ([Node(1, 4, (Figure(5),))], [], "5 asked of 4"),
        ([Node(1, 4, (Figure(3, 4),))], [], "4 meet it of 3 asked"),
        ([Node(1, 4, (Figure(3, 3, 5),))], [], "5 hold it of 4"),
        ([ONE, TWO], [Vacant(9, 1)], "no node 9"),
        ([ONE, TWO], [Vacant(2, 3)], "3 posts of 2"),
        ([ONE, TWO], [Vacant(2, 1, ((1, Figure()),))], "no competence 1"),
        ([ONE, TWO], [Vacant(2, 1, ((0, Figure(2)),))], "2 asked of 1"),
        ([ONE, TWO], [Course(2, 1, 1)], "no competence 1"),
        ([ONE, TWO], [Course(2, 0, -1)], "fewer than none"),
        ([ONE, TWO], [Merge(2, 2)], "into itself"),
        ([ONE, TWO], [Merge(2, 1)], "into itself"),
        ([ONE, TWO], [Merge(1, 2)], "others beneath it"),
        ([ONE, TWO], [Merge(2, 9)], "no node 9"),
    ],
)
def test_nonsense_is_refused(nodes: list[Node], changes: list[Merge | Vacant | Course], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        what_if(nodes, changes)
