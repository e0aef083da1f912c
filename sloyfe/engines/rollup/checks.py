"""Refuses nonsense before anything is counted, and says what to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sloyfe.engines.rollup.trees import depths

if TYPE_CHECKING:
    from sloyfe.engines.rollup.problem import Changes, Grouping, Problem

MOST_STEPS = 20
MARKS = 15
STAFF = 3
HIDDEN = 255


def demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def array(name: str, given: npt.NDArray[Any], kind: type, dimensions: int) -> None:
    demand(isinstance(given, np.ndarray), f"{name} must be a NumPy array")
    if given.dtype != kind:
        raise ValueError(f"{name} is {given.dtype}, must be {np.dtype(kind)}")
    demand(given.ndim == dimensions, f"{name} has {given.ndim} dimensions, must have {dimensions}")


def within(name: str, given: npt.NDArray[Any], low: int, high: int) -> None:
    """Every number from low to high, both included."""
    if given.size and not (low <= int(given.min()) and int(given.max()) <= high):
        outside = np.unique(given[(given < low) | (given > high)])[:5]
        raise ValueError(f"{name} must be within {low} to {high}, has {outside.tolist()}")


def scale(name: str, given: npt.NDArray[np.uint8], steps: int) -> None:
    wrong = (given > steps) & (given < HIDDEN)
    if wrong.any():
        raise ValueError(
            f"{name} must be 0 to {steps} or {HIDDEN} (not asked), has {np.unique(given[wrong])[:5].tolist()}"
        )


def tree(name: str, parent: npt.NDArray[np.int32]) -> None:
    array(name, parent, np.int32, 1)
    within(name, parent, -1, len(parent) - 1)
    demand(depths(parent) is not None, f"{name}: a node lies beneath itself; the nodes must form a tree")


def grouping(given: Grouping) -> None:
    tree("parent", given.parent)
    array("member", given.member, np.int32, 1)
    within("member", given.member, -1, len(given.parent) - 1)


def problem(given: Problem) -> None:
    demand(1 <= given.steps <= MOST_STEPS, f"a scale of {given.steps} steps; must be 1 to {MOST_STEPS}")
    demand(1 <= given.holds_from <= given.steps, f"holds_from is {given.holds_from}; must be 1 to {given.steps}")
    array("levels", given.levels, np.uint8, 2)
    scale("levels", given.levels, given.steps)
    _required(given)
    for number, one in enumerate(given.groupings):
        _as_many(f"grouping {number}", len(one.member), "people", given.people)
    if given.marks is not None:
        array("marks", given.marks, np.uint8, 2)
        demand(given.marks.shape == given.levels.shape, f"marks is {given.marks.shape}, levels {given.levels.shape}")
        within("marks", given.marks, 0, MARKS)
    if given.staff is not None:
        array("staff", given.staff, np.uint8, 1)
        _as_many("staff", len(given.staff), "people", given.people)
        within("staff", given.staff, 0, STAFF)


def _required(given: Problem) -> None:
    array("required", given.required, np.uint8, 2)
    scale("required", given.required, given.steps)
    _as_many("required", given.required.shape[1], "competences", given.competences)
    if given.profile is None:
        _as_many("required (without profiles)", len(given.required), "people", given.people)
        return
    array("profile", given.profile, np.int32, 1)
    _as_many("profile", len(given.profile), "people", given.people)
    within("profile", given.profile, 0, len(given.required) - 1)


def changes(before: Problem, given: Changes) -> None:
    array("person", given.person, np.int32, 1)
    array("competence", given.competence, np.int32, 1)
    array("level", given.level, np.uint8, 1)
    within("person", given.person, 0, before.people - 1)
    within("competence", given.competence, 0, before.competences - 1)
    scale("level", given.level, before.steps)
    _as_many("competence", len(given.competence), "changes", len(given.person))
    _as_many("level", len(given.level), "changes", len(given.person))
    if given.marks is not None:
        array("marks", given.marks, np.uint8, 1)
        _as_many("marks", len(given.marks), "changes", len(given.person))
        within("marks", given.marks, 0, MARKS)
        demand(before.marks is not None, "changes of marks in a body that has none")
    cells = given.person.astype(np.int64) * before.competences + given.competence
    demand(len(np.unique(cells)) == len(cells), "a cell (person, competence) is changed more than once")


def _as_many(what: str, has: int, of: str, wanted: int) -> None:
    demand(has == wanted, f"{what} has {has} {of}, the body has {wanted}")
