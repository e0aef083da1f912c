"""Counts a table over the nodes: which rows it has, how they add up, and what may be told of each.

`meets` and `wish` are told of every node that is shown. The others divide people finer and are told of counties,
areas and the body only, and only where the number that they divide is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sloyfe.core.access import Line
from sloyfe.engines.disclosure.criteria import missing, need, sensitive
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body, State, Sum
from sloyfe.engines.rollup.answer import Count
from sloyfe.engines.rollup.problem import NOWHERE, Grouping, Problem
from sloyfe.engines.rollup.solve import roll_up
from sloyfe.reporting.picture.gathered import TABLES, Bools, Bytes, Gathered, Ints
from sloyfe.reporting.picture.models import PublishedNode
from sloyfe.reporting.picture.nodes import Node

Kind = PublishedNode.Kind
UPPER = (Kind.BODY, Kind.GROUP, Kind.AREA)
WITH_LINES = (Kind.BODY, Kind.GROUP)
LINES = tuple(line.value for line in Line)
NOBODY, SOMEBODY, NOT_IN_GROUP = 1, 2, 255


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a table: lasting keys, what adds up to what, which may be told, and each person's own row."""

    keys: tuple[int, ...]
    sums: tuple[Sum, ...]
    told: Bools
    place: Ints
    known: Bools | None = None


def line_key(node: int, line: str) -> int:
    """A node's people of one line; node keys end in less than 6."""
    return node // 8 * 8 + 6 + LINES.index(line) if node > 1 else -6 - LINES.index(line)


def rows_of(table: str, nodes: Sequence[Node], gathered: Gathered) -> Rows:
    """The rows a table is counted in. People are placed in a row that is no total."""
    if table == "lines":
        return _line_rows(nodes, gathered)
    kept = [node for node in nodes if node.shown or table == "meets"]
    at = {node.key: row for row, node in enumerate(kept)}
    parts: dict[int, list[int]] = defaultdict(list)
    for node in kept:
        if node.parent is not None:
            parts[at[node.parent]].append(at[node.key])
    sums = tuple(Sum(total, tuple(of)) for total, of in sorted(parts.items()))
    fine = table in ("meets", "wish")
    told = np.array([node.shown and (fine or node.kind in UPPER) for node in kept])
    totals = set(parts)
    own = {office: row for row, node in enumerate(kept) if row not in totals for office in node.offices}
    return Rows(tuple(node.key for node in kept), sums, told, _places(own, gathered.office))


def _line_rows(nodes: Sequence[Node], gathered: Gathered) -> Rows:
    """For the body and each county: all (known from the table «meets»), state, municipal."""
    kept = [node for node in nodes if node.kind in WITH_LINES]
    body, groups = kept[0], kept[1:]
    keys = [key for node in kept for key in (node.key, *(line_key(node.key, line) for line in LINES))]
    wide = 1 + len(LINES)
    sums = [Sum(wide * row, tuple(range(wide * row + 1, wide * (row + 1)))) for row in range(len(kept))]
    sums += [Sum(1 + line, tuple(wide * (1 + g) + 1 + line for g in range(len(groups)))) for line in range(len(LINES))]
    assert keys[0] == body.key
    own = {office: 1 + row for row, node in enumerate(groups) for office in node.offices}
    group = _places(own, gathered.office)
    line = np.array([LINES.index(one) for one in gathered.line.tolist()], dtype=np.int64)
    known = np.arange(len(keys)) % wide == 0
    return Rows(tuple(keys), tuple(sums), ~known, group * wide + 1 + line, known)


def _places(row: dict[int, int], office: Ints) -> Ints:
    return np.array([row[one] for one in office.tolist()], dtype=np.int64)


def body_of(table: str, rows: Rows, gathered: Gathered, divided: Bools | None, policy: Policy) -> Body:
    """`divided` (rows × columns): where the number that this table divides is told. None for the first table."""
    group, has = TABLES[table](gathered.said)
    size, count = counts(rows, group, has)
    told = np.repeat(rows.told[:, None], size.shape[1], axis=1)
    state = np.where(told, State.OPEN, State.SHUT).astype(np.int64)
    if table in ("below", "above", "leaving"):
        assert divided is not None
        state[~divided] = State.SHUT
    if rows.known is not None:
        assert divided is not None
        whole = divided[rows.known].all(axis=0) & ~_narrow(rows, size, count, policy)
        state[np.ix_(rows.known, whole)] = State.KNOWN
        state[:, ~whole] = State.SHUT
    if table == "leaving":
        state[:, _staying_few(rows, gathered, size, count, policy)] = State.SHUT
    return Body(rows.keys, size, count, rows.sums, state=state)


def counts(rows: Rows, group: Bools, has: Bools) -> tuple[Ints, Ints]:
    """How many are in the group and how many of them have it, rows × columns; counted by the rollup."""
    parent = np.full(len(rows.keys), NOWHERE, dtype=np.int32)
    for one in rows.sums:
        free = [part for part in one.parts if parent[part] == NOWHERE]
        parent[free] = one.total
    levels = np.where(has, SOMEBODY, NOBODY).astype(np.uint8)
    required: Bytes = np.where(group, SOMEBODY, NOT_IN_GROUP).astype(np.uint8)
    grouping = Grouping(parent, rows.place.astype(np.int32))
    counters = roll_up(Problem(levels, required, (grouping,), steps=SOMEBODY, holds_from=SOMEBODY))
    size, count = (counters.of(one).astype(np.int64) for one in (Count.ASKED, Count.MEETS))
    for one in reversed(rows.sums):  # totals that lie in two directions, such as the lines of the whole body
        size[one.total] = size[list(one.parts)].sum(axis=0)
        count[one.total] = count[list(one.parts)].sum(axis=0)
    return size, count


def _narrow(rows: Rows, size: Ints, count: Ints, policy: Policy) -> Bools:
    """Columns where the whole, which is known, already says too much of one part."""
    found = np.zeros(size.shape[1], dtype=np.int64)
    for one in rows.sums:
        parts = list(one.parts)
        if rows.known is None or not rows.known[one.total]:
            continue
        low = np.maximum(count[one.total] - (size[one.total] - size[parts]), 0)
        high = np.minimum(size[parts], count[one.total])
        short = missing(need(size[parts], policy), low, high)
        found += np.where(sensitive(size[parts], count[parts], policy), short, 0).sum(axis=0)
    return found > 0


def _staying_few(rows: Rows, gathered: Gathered, size: Ints, count: Ints, policy: Policy) -> Bools:
    """Columns where those who meet it and stay are so few somewhere that the number of leavers would tell of them."""
    asked, meets = counts(rows, *TABLES["meets"](gathered.said))
    few = sensitive(asked - size, meets - count, policy)[rows.told]
    columns: Bools = few.sum(axis=0) > 0
    return columns
