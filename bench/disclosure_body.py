"""The body that the benchmark of disclosure control publishes: offices of 3 to 200, counties, competences, and the
publishing units that small offices are pooled in. Generated from a seed; nobody in it exists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sloyfe.engines.disclosure.kinds import Ints
from sloyfe.engines.disclosure.pooling import Office, pool
from sloyfe.engines.disclosure.problem import Body, State, Sum


@dataclass(frozen=True)
class Offices:
    """`size` by office, `county` by office, `have` offices × competences."""

    size: Ints
    county: Ints
    have: Ints


def offices(people: int, many: int, counties: int, competences: int, seed: int) -> Offices:
    """Skewed sizes; common and rare competences; offices that differ from each other."""
    rng = np.random.default_rng(seed)
    weight = np.exp(rng.normal(0, 2.0, many))
    for _ in range(50):
        weight *= people / np.clip(weight, 3, 200).sum()
    size = np.clip(np.round(weight), 3, 200).astype(np.int64)
    common = rng.beta(1.1, 1.3, competences)
    odds = np.log(common / (1 - common)) + rng.normal(0, 0.5, (many, competences))
    have = rng.binomial(size[:, None], 1 / (1 + np.exp(-odds))).astype(np.int64)
    return Offices(size, np.arange(many) % counties, have)


def body(of: Offices, *, pooled_to: int = 0) -> tuple[Body, Ints, Ints]:
    """Directorate, counties, publishing units of several offices, offices; the row of each office and of its unit.

    With `pooled_to`, an office in a unit of several is told only within it.
    """
    many, columns = of.have.shape
    counties = int(of.county.max()) + 1
    units = _units(of, pooled_to)
    first_unit, first_office = 1 + counties, 1 + counties + len(units)
    unit_of = np.arange(many) + first_office
    for at, members in enumerate(units):
        unit_of[list(members)] = first_unit + at
    size = np.repeat(of.size[:, None], columns, axis=1)
    stacked: list[list[Ints]] = [[], []]
    for kind, leaves in enumerate((size, of.have)):
        stacked[kind] += [leaves.sum(axis=0)]
        stacked[kind] += [leaves[of.county == one].sum(axis=0) for one in range(counties)]
        stacked[kind] += [leaves[list(members)].sum(axis=0) for members in units]
        stacked[kind] += list(leaves)
    sums = [Sum(0, tuple(range(1, first_unit)))]
    for one in range(counties):
        sums.append(Sum(1 + one, tuple(np.unique(unit_of[of.county == one]).tolist())))
    for at, members in enumerate(units):
        sums.append(Sum(first_unit + at, tuple((first_office + np.array(members)).tolist())))
    state = np.full((first_office + many, columns), State.OPEN, dtype=np.int64)
    state[first_office:][unit_of < first_office] = State.SHUT
    rows = np.arange(first_office + many)
    whole = Body(tuple(rows.tolist()), np.array(stacked[0]), np.array(stacked[1]), tuple(sums), state=state)
    return whole, rows[first_office:], unit_of


def _units(of: Offices, people: int) -> list[tuple[int, ...]]:
    if not people:
        return []
    given = [
        Office(key, int(size), int(county)) for key, (size, county) in enumerate(zip(of.size, of.county, strict=True))
    ]
    return [unit.offices for unit in pool(given, people=people) if len(unit.offices) > 1]


def lines(of: Offices, seed: int) -> Body:
    """Every row in two lines besides: all, state, municipal. A table of two ways."""
    rng = np.random.default_rng(seed)
    share = rng.uniform(0.3, 0.7, len(of.size))
    state_size = np.round(of.size * share).astype(np.int64)
    state_have = rng.hypergeometric(of.have, of.size[:, None] - of.have, state_size[:, None]).astype(np.int64)
    whole, *_ = body(of)
    part, *_ = body(Offices(state_size, of.county, state_have))
    size = np.stack([whole.size, part.size, whole.size - part.size], axis=1).reshape(-1, whole.size.shape[1])
    count = np.stack([whole.count, part.count, whole.count - part.count], axis=1).reshape(size.shape)
    sums = [Sum(3 * row, (3 * row + 1, 3 * row + 2)) for row in range(len(whole.key))]
    sums += [
        Sum(3 * one.total + line, tuple(3 * row + line for row in one.parts)) for one in whole.rows for line in range(3)
    ]
    return Body(tuple(range(len(size))), size, count, tuple(sums))
