"""When a level may be said for the first time: in the mapping round that is open to somebody.

This module knows no rounds; the one above it registers how to find hers. Without one nothing new is said, and what has
been said can still be read, mended and taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sloyfe.core.access import Viewer


@dataclass(frozen=True, slots=True)
class Occasion:
    """The round a viewer can answer today. `begun`: she has read what it is for, and chosen about being counted."""

    pk: int
    title: str
    closes_on: date
    kept_until: date
    begun: bool


Find = Callable[[Viewer], Occasion | None]
_find: list[Find] = []


def finds_occasions(find: Find) -> Find:
    """Register how the round that is open to somebody is found."""
    _find.append(find)
    return find


def occasion_of(viewer: Viewer) -> Occasion | None:
    return next((found for find in _find if (found := find(viewer))), None)
