"""Groupings made of groupings: units by an area they lie in, and one tree crossed with a line."""

from __future__ import annotations

import numpy as np

from sloyfe.engines.rollup import checks
from sloyfe.engines.rollup.arrays import I32
from sloyfe.engines.rollup.problem import NOWHERE, Grouping


def by_unit(units: Grouping, group: I32, parent: I32) -> Grouping:
    """People into areas by the unit they belong to: `group` [units] int32, NOWHERE for none; `parent` [groups]."""
    has, wanted = len(group), len(units.parent)
    checks.demand(has == wanted, f"group has {has} units, the tree {wanted}")
    member = np.where(units.member >= 0, group[units.member], NOWHERE) if wanted else units.member
    return Grouping(parent, member.astype(np.int32))


def crossed(tree: Grouping, line: Grouping) -> Grouping:
    """The tree once for each node of a flat grouping: node × lines + line, e.g. a county's municipal employees."""
    lines = len(line.parent)
    checks.demand(bool((line.parent < 0).all()), "the line must be flat: no node above another")
    checks.demand(len(tree.member) == len(line.member), "the tree and the line must have the same people")
    above = np.where(tree.parent[:, None] >= 0, tree.parent[:, None] * lines + np.arange(lines), NOWHERE)
    both = (tree.member >= 0) & (line.member >= 0)
    member = np.where(both, tree.member * lines + line.member, NOWHERE)
    return Grouping(above.reshape(-1).astype(np.int32), member.astype(np.int32))
