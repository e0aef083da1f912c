"""Counters as flat columns: the data contract of docs/algorithms/rollup.md, as NumPy arrays of one length."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sloyfe.engines.rollup.answer import FIRST_LEVEL, Count, Counters


def columns(counters: Counters, grouping: int = 0) -> dict[str, npt.NDArray[Any]]:
    """`node`, `competence` and each counter, one row for each (node, competence), nodes first. All int32."""
    table = counters.tables[grouping]
    nodes, _, competences = table.shape
    flat = {
        "node": np.repeat(np.arange(nodes, dtype=np.int32), competences),
        "competence": np.tile(np.arange(competences, dtype=np.int32), nodes),
    }
    names = [count.name.lower() for count in Count] + [f"level_{level}" for level in range(1, counters.steps + 1)]
    assert len(names) == FIRST_LEVEL + counters.steps
    return flat | {name: table[:, place].reshape(-1) for place, name in enumerate(names)}
