"""The policy of the Number gate, dated and with its source, from `policy.yaml`. It may be raised, never lowered."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from sloyfe.engines.disclosure.policy import Policy

FILE = Path(__file__).with_name("policy.yaml")
NEVER_LOWERED = ("people", "either_side", "pooled_at_least")


@dataclass(frozen=True, slots=True)
class ReleasePolicy:
    """What holds from a day on. `crossings` are the tables that are published, and no others are."""

    valid_from: date
    people: int
    either_side: int
    pooled_at_least: int
    every_days: int
    kept: int
    crossings: frozenset[str]
    source: str

    @property
    def engine(self) -> Policy:
        """The two numbers the engine protects by."""
        return Policy(self.people, self.either_side)

    def snapshot(self) -> dict[str, Any]:
        """As JSON, to lie beside the numbers that were released under it."""
        return asdict(self) | {"valid_from": self.valid_from.isoformat(), "crossings": sorted(self.crossings)}


def release_policy(day: date) -> ReleasePolicy:
    """What holds on a day. KeyError for a day before the first policy."""
    held = [policy for policy in all_policies() if policy.valid_from <= day]
    if not held:
        raise KeyError(f"no release policy holds on {day}")
    return held[-1]


@cache
def all_policies() -> tuple[ReleasePolicy, ...]:
    with FILE.open(encoding="utf-8") as stream:
        return read(yaml.safe_load(stream))


def read(loaded: dict[date, dict[str, Any]]) -> tuple[ReleasePolicy, ...]:
    """The policies in order of day; ValueError where one asks for less than the engine does, or than the one before."""
    found = tuple(
        ReleasePolicy(valid_from=day, **{**entry, "crossings": frozenset(entry["crossings"])})
        for day, entry in sorted(loaded.items())
    )
    for policy in found:
        _ = policy.engine  # refuses what is too low
        if policy.pooled_at_least < policy.people:
            raise ValueError(
                f"{policy.valid_from}: pooled offices must be at least as many as a group, {policy.people}"
            )
    for before, after in pairwise(found):
        for name in NEVER_LOWERED:
            if getattr(after, name) < getattr(before, name):
                raise ValueError(f"{after.valid_from}: {name} is lowered; it may be raised, never lowered")
    return found
