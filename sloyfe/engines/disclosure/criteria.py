"""When a count must be protected, and when it is.

Both tails count: «nobody holds it» and «everybody holds it» tell as much about each one as «one holds it».
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.policy import Policy


class Need(NamedTuple):
    """How open an interval must stay: it must reach up to `high`, down to `low`, and be `wide`."""

    low: Ints
    high: Ints
    wide: Ints


def sensitive(size: Ints, count: Ints, policy: Policy) -> Bools:
    """Too few people, or too few on one side. A group of nobody has nothing to protect."""
    side = policy.either_side
    few: Bools = (size < policy.people) | (count < side) | (size - count < side)
    return few & (size > 0)


def need(size: Ints, policy: Policy) -> Need:
    """For a group smaller than the policy's width, nothing at all may be learned."""
    side = np.minimum(size, policy.either_side)
    return Need(low=size - side, high=side, wide=side)


def missing(asked: Need, low: Ints, high: Ints) -> Ints:
    """How many people an interval is short of being open enough; 0 where it is safe."""
    up = np.maximum(asked.high - high, 0)
    down = np.maximum(low - asked.low, 0)
    short: Ints = np.maximum(up + down, asked.wide - (high - low))
    return short
