"""What somebody asks time for: measures with people and a window, in words that JSON can carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Ask:
    """One measure that needs dates. `key` is the asker's own name for it; `binding` a class of measure."""

    key: int
    title: str
    binding: str
    participants: tuple[int, ...]
    minutes: int
    sessions: int
    gap_weeks: int
    group_size: int
    first_day: date
    last_day: date
    facilitator: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Ask:
        dates = {name: date.fromisoformat(data[name]) for name in ("first_day", "last_day")}
        return cls(**{**data, **dates, "participants": tuple(data["participants"])})
