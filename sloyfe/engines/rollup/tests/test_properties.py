"""What must hold for every body: sums, permutations, and that changes counted alone equal a recount."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.random import Generator

from sloyfe.engines.rollup.answer import Count, Counters
from sloyfe.engines.rollup.problem import Changes, Grouping, Problem
from sloyfe.engines.rollup.solve import roll_up
from sloyfe.engines.rollup.tests.bodies import random_body, random_grouping, scale_cells
from sloyfe.engines.rollup.update import apply, changed, delta, exchange, update

MANY = 60


def equal(one: Counters, other: Counters) -> bool:
    pairs = zip((*one.tables, *one.heads), (*other.tables, *other.heads), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


def people(problem: Problem, keep: np.ndarray) -> Problem:
    """The body with only these people, in this order."""
    return replace(
        problem,
        levels=problem.levels[keep],
        required=problem.required[keep] if problem.profile is None else problem.required,
        profile=None if problem.profile is None else problem.profile[keep],
        marks=None if problem.marks is None else problem.marks[keep],
        staff=None if problem.staff is None else problem.staff[keep],
        groupings=tuple(replace(one, member=one.member[keep]) for one in problem.groupings),
    )


def test_children_and_own_people_sum_to_the_parent() -> None:
    rng = np.random.default_rng(11)
    for _ in range(MANY):
        problem = random_body(rng)
        whole = roll_up(problem)
        for place, grouping in enumerate(problem.groupings):
            for node in range(len(grouping.parent)):
                own = roll_up(people(problem, np.flatnonzero(grouping.member == node)))
                beneath = grouping.parent == node
                assert (
                    whole.tables[place][node] == whole.tables[place][beneath].sum(0) + own.tables[place][node]
                ).all()
                assert (whole.heads[place][node] == whole.heads[place][beneath].sum(0) + own.heads[place][node]).all()


def test_the_order_of_people_nodes_and_competences_does_not_matter() -> None:
    rng = np.random.default_rng(12)
    for _ in range(MANY):
        problem = random_body(rng)
        plain = roll_up(problem)
        assert equal(plain, roll_up(people(problem, rng.permutation(problem.people))))
        column = rng.permutation(problem.competences)
        mixed = replace(
            problem,
            levels=problem.levels[:, column],
            required=problem.required[:, column],
            marks=None if problem.marks is None else problem.marks[:, column],
        )
        assert equal(replace(plain, tables=tuple(one[:, :, column] for one in plain.tables)), roll_up(mixed))
        first = problem.groupings[0]
        new = rng.permutation(len(first.parent)).astype(np.int32)
        parent = np.empty_like(first.parent)
        parent[new] = np.where(first.parent >= 0, new[first.parent], -1)
        member = np.where(first.member >= 0, new[first.member], -1).astype(np.int32)
        moved = roll_up(replace(problem, groupings=(Grouping(parent, member), *problem.groupings[1:])))
        assert (moved.tables[0][new] == plain.tables[0]).all()


def test_levels_sum_to_those_asked_and_the_parts_never_exceed_the_whole() -> None:
    rng = np.random.default_rng(13)
    for _ in range(MANY):
        answer = roll_up(random_body(rng))
        of = answer.of
        assert (sum(answer.at_level(level) for level in range(answer.steps + 1)) == of(Count.ASKED)).all()
        for smaller, larger in (
            (Count.ANSWERED, Count.ASKED),
            (Count.MEETS, Count.ANSWERED),
            (Count.SPARE, Count.HOLDS),
            (Count.LASTING, Count.HOLDS),
            (Count.ON_TEMPORARY, Count.HOLDS),
        ):
            assert (of(smaller) <= of(larger)).all()
        assert (answer.heads[0][:, 0][:, None] >= of(Count.ASKED)).all()


def random_changes(rng: Generator, problem: Problem) -> Changes:
    cells = rng.permutation(problem.people * problem.competences)[: rng.integers(0, 9)]
    level = scale_cells(rng, (len(cells), 1), problem.steps)[:, 0]
    marks = None
    if problem.marks is not None and rng.random() < 0.6:
        marks = rng.integers(0, 16, len(cells), np.uint8)
    person, competence = np.divmod(cells, problem.competences)
    return Changes(person.astype(np.int32), competence.astype(np.int32), level, marks)


def test_counting_the_changes_equals_counting_all_again() -> None:
    rng = np.random.default_rng(14)
    for _ in range(2 * MANY):
        problem = random_body(rng)
        before = roll_up(problem)
        kept = [one.copy() for one in before.tables]
        changes = random_changes(rng, problem)
        again = roll_up(changed(problem, changes))
        assert equal(apply(before, delta(problem, changes)), again)
        assert equal(update(problem, before, changes), again)
        assert all(np.array_equal(one, other) for one, other in zip(kept, before.tables, strict=True))


def test_few_changes_are_counted_alone_and_many_by_a_recount(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = random_body(np.random.default_rng(19), people=40, competences=8)
    before = roll_up(problem)
    few, many = (Changes(np.arange(n, dtype=np.int32), np.zeros(n, np.int32), np.zeros(n, np.uint8)) for n in (5, 6))
    recount = []
    monkeypatch.setattr("sloyfe.engines.rollup.update.roll_up", lambda given: recount.append(given) or roll_up(given))
    for changes, recounts in ((few, 0), (many, 1)):
        assert equal(update(problem, before, changes), roll_up(changed(problem, changes)))
        assert len(recount) == recounts


def test_a_delta_names_each_cell_once_and_only_what_differs() -> None:
    rng = np.random.default_rng(15)
    for _ in range(MANY):
        problem = random_body(rng)
        for one in delta(problem, random_changes(rng, problem)):
            named = list(zip(one.node.tolist(), one.competence.tolist(), strict=True))
            assert len(named) == len(set(named))
            assert one.change.any(axis=1).all()
            assert len(set(one.head_node.tolist())) == len(one.head_node)


def test_what_is_said_again_changes_nothing() -> None:
    problem = random_body(np.random.default_rng(16), people=9)
    person = np.arange(9, dtype=np.int32)
    changes = Changes(person, np.zeros(9, np.int32), problem.levels[:, 0].copy())
    assert all(len(one.node) == len(one.head_node) == 0 for one in delta(problem, changes))


def test_people_who_move_come_and_leave() -> None:
    rng = np.random.default_rng(17)
    for _ in range(MANY):
        problem = random_body(rng)
        counters = roll_up(problem)
        who = np.flatnonzero(rng.random(problem.people) < 0.3)
        moved = tuple(
            replace(one, member=random_grouping(rng, problem.people, len(one.parent)).member)
            for one in problem.groupings
        )
        mixed = tuple(
            replace(one, member=np.where(np.isin(np.arange(problem.people), who), new.member, one.member))
            for one, new in zip(problem.groupings, moved, strict=True)
        )
        after = replace(problem, groupings=mixed)
        assert equal(exchange(counters, people(problem, who), people(after, who)), roll_up(after))
        stay = np.setdiff1d(np.arange(problem.people), who)
        nobody = people(problem, who[:0])
        assert equal(exchange(counters, people(problem, who), nobody), roll_up(people(problem, stay)))


def test_counters_of_another_body_are_not_changed() -> None:
    rng = np.random.default_rng(18)
    small, large = random_body(rng, competences=2), random_body(rng, competences=3)
    none = Changes(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint8))
    with pytest.raises(ValueError, match="this body's are"):
        update(small, roll_up(large), none)
