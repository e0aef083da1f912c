"""What somebody asks time for: measures with people and a window, in words that JSON can carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Ask:
    """One measure that needs dates, or what is left of it. `binding` is a class of measure.

    `key` is the asker's own name for it; several may have the same, for groups of one measure. Where it goes on
    after sessions that have dates, `first_number` is the number of the next one and the group stays as it is.
    The groups are numbered from `first_cohort`.
    """

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
    first_number: int = 1
    first_cohort: int = 1

    @property
    def goes_on(self) -> bool:
        return self.first_number > 1

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


@dataclass(frozen=True, slots=True)
class Replaced:
    """A session whose date is given back when the proposal is taken. `session` is the asker's own id."""

    session: int
    title: str
    cohort: int
    starts_at: datetime
    ends_at: datetime

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Replaced:
        moments = {name: datetime.fromisoformat(data[name]) for name in ("starts_at", "ends_at")}
        return cls(**{**data, **moments})
