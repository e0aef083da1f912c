"""Needs of a group, not of each person in it: «at least two in the office who can interpret», all days of the week.

A team may lack what nobody in it lacks. Who covers is the caller's to look up, for those who may see it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sloyfe.engines.rollup import checks
from sloyfe.engines.rollup.arrays import I32, I64, Bools
from sloyfe.engines.rollup.problem import Mark, Problem
from sloyfe.engines.rollup.trees import preorder

WEEKDAYS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """Each array [needs] int32: at or under `node` of the grouping, `at_least` so many at `level` or above.

    `grouping` is its place among the problem's. `neighbour` is another node of it that covers by agreement, −1 for
    none; it must not lie above or under the node.
    """

    node: I32
    competence: I32
    level: I32
    at_least: I32
    grouping: int = 0
    neighbour: I32 | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """int32 [needs], or [needs, 5] Monday to Friday. A gap is how many are missing, never below 0.

    `covered` at or under the node, `lasting` of them neither temporary, leaving nor with a proof that expires,
    `lent` at or under the neighbour. `gap` without the neighbour, `gap_with` with. `gap_one_away` is the gap when
    one of the covering is away. `weekdays` covered and `weekday_gap` by who works each day, without the neighbour.
    """

    covered: I32
    lasting: I32
    lent: I32
    gap: I32
    gap_with: I32
    gap_one_away: I32
    weekdays: I32
    weekday_gap: I32


def cover(problem: Problem, needs: Needs, works: Bools) -> Cover:
    """`works` [people, 5] bool: the weekdays each works. Time: the people of each need's node, one column."""
    _sensible(problem, needs, works)
    beneath = _Beneath(problem, needs.grouping)
    counted = np.zeros((len(needs.node), 3 + WEEKDAYS), dtype=np.int32)
    neighbour = np.full(len(needs.node), -1) if needs.neighbour is None else needs.neighbour
    asked = (needs.node, needs.competence, needs.level, neighbour)
    for row, node, competence, level, other in zip(counted, *(one.tolist() for one in asked), strict=True):
        holders = _holders(problem, beneath.people(node), competence, level)
        row[0] = len(holders)
        row[1] = len(holders) - _passing(problem, holders, competence)
        row[2] = len(_holders(problem, beneath.people(other), competence, level)) if other >= 0 else 0
        row[3:] = works[holders].sum(axis=0)
    covered, lasting, lent = counted[:, 0], counted[:, 1], counted[:, 2]
    return Cover(
        covered,
        lasting,
        lent,
        gap=_gap(needs, covered),
        gap_with=_gap(needs, covered + lent),
        gap_one_away=_gap(needs, np.maximum(covered - 1, 0)),
        weekdays=counted[:, 3:],
        weekday_gap=np.maximum(needs.at_least[:, None] - counted[:, 3:], 0),
    )


class _Beneath:
    """The people at or under a node, as a slice of the people in the tree's order."""

    def __init__(self, problem: Problem, grouping: int) -> None:
        tree = problem.groupings[grouping]
        self.first, self.end = preorder(tree.parent)
        inside = np.flatnonzero(tree.member >= 0)
        number = self.first[tree.member[inside]]
        order = np.argsort(number, kind="stable")
        self.order: I64 = inside[order]
        self.number = number[order]

    def people(self, node: int) -> I64:
        begin, end = np.searchsorted(self.number, (self.first[node], self.end[node]))
        return self.order[begin:end]


def _holders(problem: Problem, people: I64, competence: int, level: int) -> I64:
    levels = problem.levels[people, competence]
    holders: I64 = people[(levels >= level) & (levels <= problem.steps)]
    return holders


def _passing(problem: Problem, holders: I64, competence: int) -> int:
    passing = np.zeros(len(holders), dtype=bool)
    if problem.staff is not None:
        passing |= problem.staff[holders] != 0
    if problem.marks is not None:
        passing |= (problem.marks[holders, competence] & np.uint8(Mark.EXPIRES)) != 0
    return int(passing.sum())


def _gap(needs: Needs, covered: I32) -> I32:
    gap: I32 = np.maximum(needs.at_least - covered, 0)
    return gap


def _sensible(problem: Problem, needs: Needs, works: Bools) -> None:
    checks.array("works", works, np.bool_, 2)
    wanted = (problem.people, WEEKDAYS)
    checks.demand(works.shape == wanted, f"works is {works.shape}, must be {wanted}: people and weekdays")
    checks.within("grouping", np.array([needs.grouping]), 0, len(problem.groupings) - 1)
    nodes = len(problem.groupings[needs.grouping].parent)
    limits = {
        "node": (0, nodes - 1),
        "competence": (0, problem.competences - 1),
        "level": (1, problem.steps),
        "at_least": (1, 2**30),
        "neighbour": (-1, nodes - 1),
    }
    for name, (low, high) in limits.items():
        given: I32 | None = getattr(needs, name)
        if given is not None:
            checks.array(name, given, np.int32, 1)
            checks.demand(len(given) == len(needs.node), f"{name} has {len(given)} needs, node {len(needs.node)}")
            checks.within(name, given, low, high)
    _apart(problem, needs)


def _apart(problem: Problem, needs: Needs) -> None:
    """Who lies in both would be counted twice."""
    if needs.neighbour is None:
        return
    first, end = preorder(problem.groupings[needs.grouping].parent)
    some = needs.neighbour >= 0
    node, other = needs.node[some], needs.neighbour[some]
    meet = (first[node] < end[other]) & (first[other] < end[node])
    checks.demand(not meet.any(), f"a neighbour lies above or under its node: {other[meet][:5].tolist()}")
