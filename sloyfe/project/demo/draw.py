"""Small tools to invent with: one generator per part, dates counted from the day, shares that add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

T = TypeVar("T")


def generator(seed: int, part: str) -> Generator:
    """A stream of its own for each part, so that a change in one part leaves the others as they were."""
    return Generator(PCG64(SeedSequence([seed, *part.encode()])))


def months_from(day: date, months: int) -> date:
    """The first of the month, so many months from the day's own month."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_from(day: date, days: int) -> date:
    return day + timedelta(days=int(days))


def one(rng: Generator, options: Sequence[T]) -> T:
    return options[int(rng.integers(len(options)))]


def some(rng: Generator, options: Sequence[T], count: int) -> list[T]:
    """Up to `count` different ones, in random order."""
    picked = rng.permutation(len(options))[:count]
    return [options[int(index)] for index in picked]


def falling(count: int, factor: float = 0.88) -> np.ndarray:
    """Probabilities that fall off evenly: the first is the likeliest."""
    weights = factor ** np.arange(count)
    return weights / weights.sum()


def apportion(total: int, shares: Sequence[float]) -> list[int]:
    """Whole numbers in these proportions that add up to the total, by largest remainder."""
    exact = np.array(shares, dtype=float) / sum(shares) * total
    whole = np.floor(exact).astype(int)
    order = np.argsort(-(exact - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return [int(number) for number in whole]
