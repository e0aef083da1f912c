"""Random bodies from a seed: trees of units, linked lines, classes of levels. Small unless asked otherwise."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from sloyfe.engines.disclosure.kinds import Ints
from sloyfe.engines.disclosure.problem import Body, Sum


def counts(rng: Generator, size: Ints) -> Ints:
    """People who have it: common and rare competences, offices that differ."""
    rows, columns = size.shape
    common = rng.beta(0.7, 1.2, columns)
    odds = np.log(common / (1 - common + 1e-9) + 1e-9)[None] + rng.normal(0, 0.7, (rows, columns))
    return rng.binomial(size, 1 / (1 + np.exp(-odds))).astype(np.int64)


def star(sizes: list[int], have: list[int]) -> Body:
    """One county (row 0) and its offices."""
    size = np.array([[sum(sizes)], *([one] for one in sizes)], dtype=np.int64)
    count = np.array([[sum(have)], *([one] for one in have)], dtype=np.int64)
    return Body(tuple(range(len(size))), size, count, (Sum(0, tuple(range(1, len(size)))),))


def tree(seed: int, *, counties: int = 3, offices: int = 4, columns: int = 3, largest: int = 16) -> Body:
    """A directorate (row 0), counties, and up to so many offices in each."""
    rng = np.random.default_rng(seed)
    county = np.repeat(np.arange(counties), rng.integers(1, offices + 1, counties))
    size = np.repeat(rng.integers(1, largest + 1, len(county))[:, None], columns, axis=1).astype(np.int64)
    return from_leaves(size, counts(rng, size), county)


def from_leaves(size: Ints, count: Ints, county: Ints) -> Body:
    """Row 0 the whole, then one row for each county, then the offices."""
    many = int(county.max()) + 1
    above = [county == one for one in range(many)]
    first = 1 + many
    sums = [Sum(0, tuple(range(1, first)))]
    sums += [Sum(1 + one, tuple((first + np.flatnonzero(of)).tolist())) for one, of in enumerate(above)]
    sizes = [size.sum(axis=0), *(size[of].sum(axis=0) for of in above), *size]
    have = [count.sum(axis=0), *(count[of].sum(axis=0) for of in above), *count]
    return Body(tuple(range(len(sizes))), np.array(sizes), np.array(have), tuple(sums))


def lines(seed: int, *, offices: int = 4, columns: int = 2, largest: int = 12) -> Body:
    """A county and its offices, each in two lines: a table of two ways. Rows: (all, state, municipal) each."""
    rng = np.random.default_rng(seed)
    leaf_size = np.repeat(rng.integers(0, largest + 1, (offices, 2, 1)), columns, axis=2).astype(np.int64)
    leaf = counts(rng, leaf_size.reshape(-1, columns)).reshape(leaf_size.shape)

    def spread(leaves: Ints) -> Ints:
        whole = np.concatenate([leaves.sum(axis=0)[None], leaves])
        return np.concatenate([whole.sum(axis=1)[:, None], whole], axis=1).reshape(-1, columns)

    sums = [Sum(3 * office, (3 * office + 1, 3 * office + 2)) for office in range(offices + 1)]
    sums += [Sum(line, tuple(3 * office + line for office in range(1, offices + 1))) for line in range(3)]
    size = spread(leaf_size)
    return Body(tuple(range(len(size))), size, spread(leaf), tuple(sums))


def classes(seed: int, *, offices: int = 4, largest: int = 20) -> Body:
    """A county and its offices with columns: all, level 0–1, 2, 3–4, and «2 or higher»; two column sums."""
    rng = np.random.default_rng(seed)
    people = rng.integers(1, largest + 1, offices)
    leaf = np.array([rng.multinomial(one, rng.dirichlet((1.0, 1.0, 1.0))) for one in people], dtype=np.int64)
    leaf = np.concatenate([people[:, None], leaf, leaf[:, 1:].sum(axis=1)[:, None]], axis=1).astype(np.int64)
    count = np.concatenate([leaf.sum(axis=0)[None], leaf])
    size = np.repeat(count[:, :1], count.shape[1], axis=1)
    state = np.zeros_like(size)
    state[:, 0] = 2
    rows = (Sum(0, tuple(range(1, offices + 1))),)
    return Body(tuple(range(len(size))), size, count, rows, (Sum(0, (1, 4)), Sum(4, (2, 3))), state)
