"""What is built on the counters: what rests on one, areas of competence, group needs, proofs, crossings, columns."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from sloyfe.engines.rollup.answer import Count
from sloyfe.engines.rollup.areas import Framework, by_area, fragile_by_area
from sloyfe.engines.rollup.columns import columns
from sloyfe.engines.rollup.fragile import Rests, fragile
from sloyfe.engines.rollup.groupings import by_unit, crossed
from sloyfe.engines.rollup.needs import Needs, cover
from sloyfe.engines.rollup.problem import Grouping, Mark, Problem, Staff
from sloyfe.engines.rollup.proofs import Proofs, expiring
from sloyfe.engines.rollup.solve import roll_up
from sloyfe.engines.rollup.tests.bodies import ancestors, random_body, random_grouping, random_tree
from sloyfe.engines.rollup.trees import preorder

MANY = 60


def holders(problem: Problem, node: int, competence: int, level: int, grouping: int = 0) -> list[int]:
    tree = problem.groupings[grouping]
    return [
        person
        for person in range(problem.people)
        if node in ancestors(tree, person) and level <= problem.levels[person, competence] <= problem.steps
    ]


def staff_of(problem: Problem, person: int) -> int:
    return 0 if problem.staff is None else int(problem.staff[person])


def mark_of(problem: Problem, person: int, competence: int) -> int:
    return 0 if problem.marks is None else int(problem.marks[person, competence])


def rests(problem: Problem, node: int, competence: int) -> int:
    held = holders(problem, node, competence, problem.holds_from)
    asked = roll_up(problem).of(Count.ASKED)[node, competence]
    if not held:
        return int(Rests.ON_NOBODY) if asked else 0
    temporary = [bool(staff_of(problem, one) & Staff.TEMPORARY) for one in held]
    leaving = [bool(staff_of(problem, one) & Staff.LEAVING) for one in held]
    proof = [bool(mark_of(problem, one, competence) & Mark.EXPIRES) for one in held]
    passing = [a or b or c for a, b, c in zip(temporary, leaving, proof, strict=True)]
    said = Rests(0)
    said |= Rests.ON_ONE if len(held) == 1 else said
    said |= Rests.ON_TEMPORARY if all(temporary) else said
    said |= Rests.ON_LEAVING if all(leaving) else said
    said |= Rests.ON_EXPIRING if all(proof) else said
    said |= Rests.NOT_LASTING if all(passing) else said
    said |= Rests.ONE_LASTING if len(held) > 1 and passing.count(False) == 1 else said
    return int(said)


def test_what_rests_on_one_or_on_those_who_pass() -> None:
    rng = np.random.default_rng(21)
    seen = 0
    for _ in range(MANY):
        problem = random_body(rng)
        bits = fragile(roll_up(problem))
        for node, competence in np.ndindex(bits.shape):
            if rng.random() < 0.2:
                assert bits[node, competence] == rests(problem, node, competence)
                seen |= int(bits[node, competence])
    assert seen == sum(Rests)


def test_an_area_of_competence_counts_pairs() -> None:
    rng = np.random.default_rng(22)
    for _ in range(MANY):
        answer = roll_up(random_body(rng))
        table = answer.tables[0]
        areas = random_grouping(rng, table.shape[2], 4)
        framework = Framework(areas.parent, areas.member)
        bits = fragile(answer)
        pairs = by_area(table, framework)
        ones = fragile_by_area(bits, Rests.ON_ONE, framework)
        for area in range(4):
            inside = [one for one in range(table.shape[2]) if area in ancestors(areas, one)]
            assert (pairs[:, :, area] == table[:, :, inside].sum(axis=2)).all()
            assert (ones[:, area] == ((bits[:, inside] & Rests.ON_ONE) > 0).sum(axis=1)).all()


def random_needs(rng: Generator, problem: Problem) -> Needs:
    grouping = int(rng.integers(len(problem.groupings)))
    parent = problem.groupings[grouping].parent
    count = 6
    node = rng.integers(0, len(parent), count, np.int32)
    other = rng.integers(-1, len(parent), count, np.int32)
    first, end = preorder(parent)
    other[(first[node] < end[other]) & (first[other] < end[node])] = -1
    competence = rng.integers(0, problem.competences, count, np.int32)
    level = rng.integers(1, problem.steps + 1, count, np.int32)
    return Needs(node, competence, level, rng.integers(1, 4, count, np.int32), grouping, other)


def test_who_covers_a_need_of_the_group() -> None:
    rng = np.random.default_rng(23)
    for _ in range(MANY):
        problem = random_body(rng)
        works = rng.random((problem.people, 5)) < 0.6
        needs = random_needs(rng, problem)
        answer = cover(problem, needs, works)
        for row, (node, competence, level, at_least, other) in enumerate(
            zip(needs.node, needs.competence, needs.level, needs.at_least, needs.neighbour, strict=True)
        ):
            held = holders(problem, node, competence, level, needs.grouping)
            lent = holders(problem, other, competence, level, needs.grouping) if other >= 0 else []
            stay = [
                one
                for one in held
                if not staff_of(problem, one) and not mark_of(problem, one, competence) & Mark.EXPIRES
            ]
            days = [sum(bool(works[one, day]) for one in held) for day in range(5)]
            assert (answer.covered[row], answer.lasting[row], answer.lent[row]) == (len(held), len(stay), len(lent))
            assert answer.gap[row] == max(at_least - len(held), 0)
            assert answer.gap_with[row] == max(at_least - len(held) - len(lent), 0)
            assert answer.gap_one_away[row] == max(at_least - max(len(held) - 1, 0), 0)
            assert answer.weekdays[row].tolist() == days
            assert answer.weekday_gap[row].tolist() == [max(at_least - day, 0) for day in days]


def test_one_person_more_never_lowers_the_cover() -> None:
    units = Grouping(np.array([-1, 0, 0], np.int32), np.array([1, 1, 2], np.int32))
    needs = Needs(*(np.array([one], np.int32) for one in (1, 0, 3, 2)), neighbour=np.array([2], np.int32))
    works = np.array([[1, 1, 0, 0, 0], [0, 1, 1, 1, 1], [1, 1, 1, 1, 1]], dtype=bool)
    required = np.full((1, 1), 3, np.uint8)
    profile = np.zeros(3, np.int32)
    for levels, gaps in (([3, 0, 4], (1, 0, 2)), ([3, 5, 4], (0, 0, 1)), ([3, 5, 0], (0, 0, 1))):
        cells = np.array(levels, np.uint8)[:, None]
        answer = cover(Problem(cells, required, (units,), profile), needs, works)
        assert (answer.gap[0], answer.gap_with[0], answer.gap_one_away[0]) == gaps
    assert answer.weekday_gap[0].tolist() == [1, 0, 1, 1, 1]


def test_the_latest_proof_decides_whether_it_expires() -> None:
    rng = np.random.default_rng(24)
    for _ in range(MANY):
        marks = rng.integers(0, 16, (4, 3), np.uint8)
        person, competence = rng.integers(0, 4, 9, np.int32), rng.integers(0, 3, 9, np.int32)
        days = rng.integers(0, 30, 9, np.int32)
        marked = expiring(marks, Proofs(person, competence, days), 10, 19)
        for one, cell in np.ndindex(marks.shape):
            mine = [int(day) for p, c, day in zip(person, competence, days, strict=True) if (p, c) == (one, cell)]
            expires = bool(mine) and 10 <= max(mine) <= 19
            assert marked[one, cell] == (marks[one, cell] & 7) | (Mark.EXPIRES if expires else 0)
    assert (expiring(marks, Proofs(*(np.zeros(0, np.int32),) * 3), 0, 9) == (marks & 7)).all()


def test_units_lie_in_areas_and_a_tree_is_crossed_with_a_line() -> None:
    rng = np.random.default_rng(25)
    for _ in range(MANY):
        people = int(rng.integers(1, 15))
        tree = random_grouping(rng, people, 5)
        group = rng.integers(-1, 3, 5, np.int32)
        areas = by_unit(tree, group, random_tree(rng, 3))
        assert areas.member.tolist() == [int(group[unit]) if unit >= 0 else -1 for unit in tree.member]
        line = Grouping(np.full(2, -1, np.int32), rng.integers(-1, 2, people, np.int32))
        both = crossed(tree, line)
        for person in range(people):
            side = int(line.member[person])
            wanted = [unit * 2 + side for unit in ancestors(tree, person)] if side >= 0 else []
            assert ancestors(both, person) == wanted


def test_columns_say_what_the_tables_say() -> None:
    answer = roll_up(random_body(np.random.default_rng(26), people=12, competences=3))
    flat = columns(answer)
    assert len({len(one) for one in flat.values()}) == 1
    assert {one.dtype for one in flat.values()} == {np.dtype(np.int32)}
    assert list(flat)[:5] == ["node", "competence", "asked", "answered", "meets"]
    for row in range(len(flat["node"])):
        node, competence = flat["node"][row], flat["competence"][row]
        assert flat["gap"][row] == answer.of(Count.GAP)[node, competence]
        assert flat["level_1"][row] == answer.at_level(1)[node, competence]
