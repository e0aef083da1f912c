"""What is asked of the planner, in the trade's words: ids and numbers only, no names, no dates, no clock.

The caller maps its calendar onto a `Grid` of slots and merges working patterns, shifts, absence, duties and
calendars into each person's removals. Times are slots; lengths and learning time are minutes. Everything is
frozen, and nonsense is refused here (`checks.py`) with a ValueError that says what to mend.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from sloyfe.engines.planner import checks


class Priority(IntEnum):
    """Lovpålagt, pålagt, anbefalt, frivillig: each is served fully before the next is looked at."""

    STATUTORY = 1
    MANDATORY = 2
    RECOMMENDED = 3
    VOLUNTARY = 4


class Why(StrEnum):
    """Why somebody is not free. Only BUSY may be suggested moved; the others are nobody's business."""

    PATTERN = "pattern"
    SHIFT = "shift"
    ABSENCE = "absence"
    DUTY = "duty"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Grid:
    """`weeks` weeks of `days` days, each from `first_minute` to `last_minute` (minutes after midnight)."""

    weeks: int
    days: int = 5
    first_minute: int = 8 * 60
    last_minute: int = 16 * 60
    slot_minutes: int = 30

    def __post_init__(self) -> None:
        checks.grid(self)

    @property
    def slots_per_day(self) -> int:
        return (self.last_minute - self.first_minute) // self.slot_minutes

    @property
    def slots_per_week(self) -> int:
        return self.days * self.slots_per_day

    @property
    def slots(self) -> int:
        return self.weeks * self.slots_per_week

    def week(self, slot: int) -> int:
        """Week of the grid, 0 first."""
        return slot // self.slots_per_week

    def day(self, slot: int) -> int:
        """Weekday, 0 is Monday."""
        return slot % self.slots_per_week // self.slots_per_day

    def minute(self, slot: int) -> int:
        """Minute after midnight at which the slot begins."""
        return self.first_minute + slot % self.slots_per_day * self.slot_minutes

    def span(self, week: int, day: int, from_minute: int, to_minute: int) -> range:
        """Slots of that day which [from_minute, to_minute) touches; empty when outside the grid's day."""
        if not (0 <= week < self.weeks and 0 <= day < self.days):
            return range(0)
        low = max(from_minute, self.first_minute) - self.first_minute
        high = min(to_minute, self.last_minute) - self.first_minute
        begin = week * self.slots_per_week + day * self.slots_per_day
        return (
            range(begin + low // self.slot_minutes, begin + -(-high // self.slot_minutes)) if high > low else range(0)
        )

    def length(self, minutes: int) -> int:
        """How many slots a session of so many minutes occupies."""
        return -(-minutes // self.slot_minutes)


@dataclass(frozen=True, slots=True)
class Removal:
    """Slots in which somebody cannot take part, and by which rule.

    `present` says that the person still serves (a fixed duty at the desk) and counts in the minimum staffing.
    """

    rule: Why
    slots: tuple[int, ...]
    present: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """`learning` is the minutes of learning time in each period of `Problem.period_weeks` weeks."""

    id: int
    learning: tuple[int, ...] = ()
    removals: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class Facilitator:
    """Who can lead. `person` ties an inside facilitator to her own calendar and to the minimum staffing."""

    id: int
    person: int | None = None
    removals: tuple[Removal, ...] = ()


@dataclass(frozen=True, slots=True)
class Staffing:
    """Of these people, `at_least` so many must be at work and not in a session in each of these slots.

    Where fewer are at work anyway, nobody of them may leave; the rule asks for nothing more.
    """

    id: int
    people: tuple[int, ...]
    slots: tuple[int, ...]
    at_least: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A series of `sessions`, each of `minutes`, which every participant follows in one cohort.

    The whole office can never leave at once, so the series may be held up to `cohorts` times and the engine
    decides who goes in which; it uses no more of them than it takes to reach everybody. A session is held for
    `group_min` to `group_max` people (None: no upper limit) in weeks `first_week` to `last_week` (both
    included), `gap_weeks` or more between one session and the next, led by one of `facilitators` through the
    whole series (empty: nobody leads). `preferred_week` is a wish for the first session.
    """

    id: int
    priority: Priority
    participants: tuple[int, ...]
    minutes: int
    first_week: int
    last_week: int
    sessions: int = 1
    gap_weeks: int = 1
    cohorts: int = 1
    group_min: int = 1
    group_max: int | None = None
    facilitators: tuple[int, ...] = ()
    preferred_week: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Who takes part in both begins `then` `gap_weeks` or more after the last session of her `first`."""

    first: int
    then: int
    gap_weeks: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """Names one session: the measure, which cohort (0 first) and which number in the series (0 first)."""

    measure: int
    cohort: int
    number: int


@dataclass(frozen=True, slots=True)
class Placement:
    """A session with its first slot, who takes part and who leads."""

    session: Session
    start: int
    people: tuple[int, ...]
    facilitator: int | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """What the last stage counts, in whole points (policy): a session held, a week off the wish, a change."""

    session: int = 10
    week: int = 1
    moved_session: int = 20
    moved_person: int = 2


@dataclass(frozen=True, slots=True)
class Prices:
    """How dear one step of each relaxation is (policy); the cheapest that works is the one suggested."""

    week: int = 2
    gap_week: int = 3
    group_person: int = 3
    cohort: int = 8
    learning_quarter: int = 4
    facilitator: int = 20
    staffing_person: int = 15
    appointment: int = 10
    dropped_person: int = 30


@dataclass(frozen=True, slots=True)
class Problem:
    """All that is asked. `closed` slots belong to nobody (holidays); `earlier` is a plan already told."""

    grid: Grid
    people: tuple[Person, ...]
    measures: tuple[Measure, ...]
    period_weeks: int = 4
    facilitators: tuple[Facilitator, ...] = ()
    staffing: tuple[Staffing, ...] = ()
    orders: tuple[Order, ...] = ()
    closed: tuple[int, ...] = ()
    earlier: tuple[Placement, ...] = ()
    weights: Weights = field(default_factory=Weights)
    prices: Prices = field(default_factory=Prices)

    def __post_init__(self) -> None:
        checks.problem(self)

    @property
    def periods(self) -> int:
        return -(-self.grid.weeks // self.period_weeks)
