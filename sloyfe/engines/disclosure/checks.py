"""Refuses a body that makes no sense, before anything is decided about it.

Each message says what is wrong, where and what is expected; none of them tells a count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sloyfe.engines.disclosure.kinds import Ints

if TYPE_CHECKING:
    from sloyfe.engines.disclosure.problem import Body, Sum


def _need(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


def body(asked: Body) -> None:
    """Everything that must hold between the parts; raises ValueError at the first that does not."""
    _shapes(asked)
    rows, columns = asked.size.shape
    _need(len(set(asked.key)) == rows, "two rows have the same key; each needs its own")
    _need(bool((asked.size >= 0).all()), "a group has a negative size")
    wrong = np.argwhere((asked.count < 0) | (asked.count > asked.size))
    _need(not len(wrong), f"{len(wrong)} cells count more than their group or less than nobody, first at {wrong[:1]}")
    _sums("row", asked.rows, rows)
    _sums("column", asked.columns, columns)
    for one in asked.rows:
        _adds_up("row", one, asked.count[one.total], asked.count[list(one.parts)].sum(axis=0))
        _adds_up("row, in size,", one, asked.size[one.total], asked.size[list(one.parts)].sum(axis=0))
    for one in asked.columns:
        _adds_up("column", one, asked.count[:, one.total], asked.count[:, list(one.parts)].sum(axis=1))
    for known in asked.known_by:
        _need(all(0 <= row < rows for row in known), f"somebody knows rows {known}; rows are 0 to {rows - 1}")


def _shapes(asked: Body) -> None:
    shape = asked.size.shape
    _need(len(shape) == 2, f"sizes have {len(shape)} dimensions; they need rows and columns")
    _need(asked.count.shape == shape, f"counts are {asked.count.shape} and sizes {shape}; they must be the same")
    _need(asked.states.shape == shape, f"states are {asked.states.shape} and sizes {shape}; they must be the same")
    _need(len(asked.key) == shape[0], f"there are {len(asked.key)} keys for {shape[0]} rows")
    for name, array in (("sizes", asked.size), ("counts", asked.count), ("states", asked.states)):
        _need(array.dtype == np.int64, f"{name} are {array.dtype}; they must be int64")


def _sums(kind: str, sums: Sequence[Sum], many: int) -> None:
    for one in sums:
        places = (one.total, *one.parts)
        _need(all(0 <= place < many for place in places), f"a {kind} sum names {places}; they are 0 to {many - 1}")
        _need(len(set(places)) == len(places), f"a {kind} sum names {places}; each may stand once")
        _need(len(one.parts) > 0, f"the {kind} sum of {one.total} has no parts")


def _adds_up(kind: str, one: Sum, total: Ints, parts: Ints) -> None:
    wrong = int((total != parts).sum())
    _need(not wrong, f"the sum of {kind} {one.total} does not add up in {wrong} places")
