"""Nonsense is refused with a sentence that says what to mend."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sloyfe.engines.rollup.answer import Count
from sloyfe.engines.rollup.areas import Framework, by_area
from sloyfe.engines.rollup.groupings import by_unit, crossed
from sloyfe.engines.rollup.needs import Needs, cover
from sloyfe.engines.rollup.problem import Changes, Grouping, Problem
from sloyfe.engines.rollup.proofs import Proofs, expiring
from sloyfe.engines.rollup.solve import roll_up
from sloyfe.engines.rollup.trees import deepest_first
from sloyfe.engines.rollup.update import changed, update


def ints(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int32)


def cells(*rows: list[int]) -> np.ndarray:
    return np.array(rows, dtype=np.uint8)


UNITS = Grouping(ints(-1, 0, 0), ints(1, 2))
BODY = Problem(
    levels=cells([1, 0, 255], [5, 3, 2]),
    required=cells([2, 3, 255]),
    groupings=(UNITS,),
    profile=ints(0, 0),
    marks=cells([0, 1, 2], [4, 8, 15]),
    staff=np.array([0, 3], dtype=np.uint8),
)

NONSENSE: list[tuple[dict[str, object], str]] = [
    ({"steps": 0}, "a scale of 0 steps"),
    ({"steps": 21}, "a scale of 21 steps"),
    ({"holds_from": 0}, "holds_from is 0"),
    ({"holds_from": 6}, "holds_from is 6; must be 1 to 5"),
    ({"levels": cells([1, 6, 254], [5, 3, 2])}, r"levels must be 0 to 5 or 255 \(not asked\), has \[6, 254\]"),
    ({"levels": BODY.levels.astype(int)}, "levels is int64, must be uint8"),
    ({"levels": BODY.levels[0]}, "levels has 1 dimensions, must have 2"),
    ({"levels": [[1]]}, "levels must be a NumPy array"),
    ({"levels": BODY.levels[:1], "marks": None}, "profile has 2 people, the body has 1"),
    ({"required": cells([2, 3])}, "required has 2 competences, the body has 3"),
    ({"required": cells([2, 3, 9])}, "required must be 0 to 5"),
    ({"profile": None}, r"required \(without profiles\) has 1 people, the body has 2"),
    ({"profile": ints(0, 1)}, r"profile must be within 0 to 0, has \[1\]"),
    ({"profile": ints(0)}, "profile has 1 people"),
    ({"profile": np.array([0, 0])}, "profile is int64, must be int32"),
    ({"marks": cells([0, 1], [4, 8])}, "marks is"),
    ({"marks": cells([0, 1, 2], [4, 8, 16])}, r"marks must be within 0 to 15, has \[16\]"),
    ({"staff": np.array([0], np.uint8)}, "staff has 1 people"),
    ({"staff": np.array([0, 4], np.uint8)}, "staff must be within 0 to 3"),
    ({"groupings": (UNITS, replace(UNITS, member=ints(1)))}, "grouping 1 has 1 people, the body has 2"),
]


@pytest.mark.parametrize(("wrong", "says"), NONSENSE)
def test_a_body_that_is_none(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(BODY, **wrong)


@pytest.mark.parametrize(
    ("parent", "member", "says"),
    [
        (ints(0), ints(), "lies beneath itself"),
        (ints(1, 2, 0), ints(), "lies beneath itself"),
        (ints(-1, 2, 1, 0), ints(), "lies beneath itself"),
        (ints(-1, 2), ints(), r"parent must be within -1 to 1, has \[2\]"),
        (ints(-2), ints(), "parent must be within"),
        (ints(-1), ints(1), r"member must be within -1 to 0, has \[1\]"),
        (ints(-1), np.array([0]), "member is int64"),
    ],
)
def test_a_grouping_that_is_none(parent: np.ndarray, member: np.ndarray, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Grouping(parent, member)


def test_a_long_chain_is_a_tree_and_a_closed_one_is_not() -> None:
    chain = np.arange(-1, 999, dtype=np.int32)
    assert deepest_first(chain)[0] == (999, 998)
    chain[0] = 999
    with pytest.raises(ValueError, match="circle"):
        deepest_first(chain)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (Changes(ints(0, 0), ints(1, 1), np.array([1, 2], np.uint8)), "changed more than once"),
        (Changes(ints(2), ints(1), np.array([1], np.uint8)), "person must be within 0 to 1"),
        (Changes(ints(0), ints(3), np.array([1], np.uint8)), "competence must be within 0 to 2"),
        (Changes(ints(0), ints(1), np.array([6], np.uint8)), "level must be 0 to 5"),
        (Changes(ints(0), ints(1, 2), np.array([1], np.uint8)), "competence has 2 changes, the body has 1"),
        (Changes(ints(0), ints(1), np.array([1, 1], np.uint8)), "level has 2 changes"),
        (Changes(ints(0), ints(1), np.array([1], np.uint8), np.array([16], np.uint8)), "marks must be within"),
    ],
)
def test_changes_that_cannot_be_made(changes: Changes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        update(BODY, roll_up(BODY), changes)
    with pytest.raises(ValueError, match=says):
        changed(BODY, changes)


def test_marks_on_a_body_without_marks() -> None:
    change = Changes(ints(0), ints(1), np.array([1], np.uint8), np.array([1], np.uint8))
    with pytest.raises(ValueError, match="a body that has none"):
        changed(replace(BODY, marks=None), change)


NEEDS = Needs(ints(0), ints(0), ints(3), ints(1))
WORKS = np.ones((2, 5), dtype=bool)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"node": ints(3)}, "node must be within 0 to 2"),
        ({"competence": ints(3)}, "competence must be within 0 to 2"),
        ({"level": ints(0)}, "level must be within 1 to 5"),
        ({"at_least": ints(0)}, "at_least must be within"),
        ({"at_least": ints(1, 1)}, "at_least has 2 needs, node 1"),
        ({"grouping": 1}, "grouping must be within 0 to 0"),
        ({"neighbour": ints(1)}, "above or under its node"),
        ({"node": ints(1), "neighbour": ints(0)}, "above or under its node"),
        ({"node": ints(1), "neighbour": ints(1)}, "above or under its node"),
        ({"neighbour": ints(5)}, "neighbour must be within -1 to 2"),
    ],
)
def test_needs_that_are_none(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        cover(BODY, replace(NEEDS, **wrong), WORKS)


def test_weekdays_of_the_wrong_shape() -> None:
    with pytest.raises(ValueError, match=r"works is \(2, 4\), must be \(2, 5\)"):
        cover(BODY, NEEDS, WORKS[:, :4])


def test_other_things_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="framework parent"):
        Framework(ints(0), ints(0))
    with pytest.raises(ValueError, match="3 competences, the framework 1"):
        by_area(roll_up(BODY).tables[0], Framework(ints(-1), ints(0)))
    with pytest.raises(ValueError, match="group has 1 units, the tree 3"):
        by_unit(UNITS, ints(0), ints(-1))
    with pytest.raises(ValueError, match="must be flat"):
        crossed(UNITS, UNITS)
    with pytest.raises(ValueError, match="the same people"):
        crossed(UNITS, Grouping(ints(-1), ints(0)))
    with pytest.raises(ValueError, match="as many"):
        Proofs(ints(0), ints(0), ints())
    with pytest.raises(ValueError, match="runs backwards"):
        expiring(BODY.marks, Proofs(ints(0), ints(0), ints(9)), 9, 8)
    with pytest.raises(ValueError, match="level 6 is not on a scale of 5"):
        roll_up(BODY).at_level(6)
    assert roll_up(BODY).of(Count.HOLDS)[0].tolist() == [1, 1, 0]
