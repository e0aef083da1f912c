"""Trees as arrays of parents: which nodes come first, and sums carried from children to parents."""

from __future__ import annotations

import numpy as np

from sloyfe.engines.rollup.arrays import I32, I64


def depths(parent: I32) -> I64 | None:
    """How far below its top each node lies, 0 for a top; None when some nodes run in a circle."""
    jump = parent.astype(np.int64)
    depth = (jump >= 0).astype(np.int64)
    for _ in range(len(parent).bit_length() + 1):
        going = np.flatnonzero(jump >= 0)
        if not len(going):
            return depth
        depth[going], jump[going] = depth[going] + depth[jump[going]], jump[jump[going]]
    return None


def deepest_first(parent: I32) -> list[tuple[int, int]]:
    """(child, parent) of every node below a top, so that a node comes after all that lies beneath it."""
    depth = depths(parent)
    if depth is None:
        raise ValueError("these nodes run in a circle")
    order = np.argsort(-depth, kind="stable")[: int((depth > 0).sum())]
    return list(zip(order.tolist(), parent[order].tolist(), strict=True))


def carry_up(rows: I32, parent: I32) -> None:
    """Adds each child's row to its parent's, in place. One row at a time beat `reduceat`: rows are long."""
    for child, above in deepest_first(parent):
        rows[above] += rows[child]


def preorder(parent: I32) -> tuple[I64, I64]:
    """Of each node its number and the end of its subtree's numbers: beneath x lies what is in [first[x], end[x])."""
    pairs = deepest_first(parent)
    size = np.ones(len(parent), dtype=np.int64)
    for child, above in pairs:
        size[above] += size[child]
    first = np.zeros(len(parent), dtype=np.int64)
    tops = np.flatnonzero(parent < 0)
    first[tops] = np.cumsum(size[tops]) - size[tops]
    free = first + 1
    for child, above in reversed(pairs):
        first[child] = free[above]
        free[child] = first[child] + 1
        free[above] += size[child]
    return first, first + size
