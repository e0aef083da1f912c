"""Up the competence framework: competences into areas, areas into wider areas.

A sum in an area counts (person, competence) pairs; nobody's levels are averaged into an «area level».
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sloyfe.engines.rollup import checks
from sloyfe.engines.rollup.arrays import I32, U8, Bools
from sloyfe.engines.rollup.trees import carry_up


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """`parent` [areas] int32, −1 for a top; `area` [competences] int32, −1 for a competence outside it."""

    parent: I32
    area: I32

    def __post_init__(self) -> None:
        checks.tree("framework parent", self.parent)
        checks.array("area", self.area, np.int32, 1)
        checks.within("area", self.area, -1, len(self.parent) - 1)


def by_area(table: I32, framework: Framework) -> I32:
    """Pairs: [nodes, counts, areas] from one of `Counters.tables`, [nodes, counts, competences]."""
    return np.ascontiguousarray(np.moveaxis(_areas(np.moveaxis(table, -1, 0), framework), 0, -1))


def fragile_by_area(bits: U8, why: int, framework: Framework) -> I32:
    """How many competences of each area have one of these `Rests` bits: [nodes, areas] from `fragile`'s answer."""
    some: Bools = (bits & np.uint8(why)) != 0
    return np.ascontiguousarray(_areas(some.T.astype(np.int32), framework).T)


def _areas(rows: I32, framework: Framework) -> I32:
    has, wanted = len(rows), len(framework.area)
    checks.demand(has == wanted, f"the counters have {has} competences, the framework {wanted}")
    areas = np.zeros((len(framework.parent), *rows.shape[1:]), dtype=np.int32)
    for row, area in zip(rows, framework.area.tolist(), strict=True):
        if area >= 0:
            areas[area] += row
    carry_up(areas, framework.parent)
    return areas
