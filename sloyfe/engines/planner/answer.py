"""What the planner answers: dates, what did not fit and why, what it costs, and how sure it is.

Reasons are data about the service (a rule, a weekday, a time), never about a person: no id of a person stands
in `Unplaced`, `Reason` or `Relaxation`, and working patterns, leave and illness all read as CALENDAR.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sloyfe.engines.planner.problem import Placement, Priority


class Status(StrEnum):
    """PROVED: nothing better exists. LIMIT: the effort is used up, same input and seed give the same plan.

    TIME: the wall clock ended it, STOPPED: somebody did; the plan is kept, but another run may differ.
    """

    PROVED = "proved"
    LIMIT = "limit"
    TIME = "time"
    STOPPED = "stopped"


class Rule(StrEnum):
    """The hard rules, as reasons and violations name them; TAKEN is only a reason."""

    WINDOW = "window"
    CALENDAR = "calendar"
    STAFFING = "staffing"
    FACILITATOR = "facilitator"
    BUDGET = "budget"
    ORDER = "order"
    GROUP = "group"
    COHORTS = "cohorts"
    PARTICIPANT = "participant"
    ONE_AT_A_TIME = "one_at_a_time"
    TAKEN = "taken"


class Aim(StrEnum):
    """What a stage counts, in the order in which they are served.

    REACH: people × sessions held in a class, more is better. Of the others less is better: people who are ALONE in
    a group though they could have had company, GROUPS that are held, and COST in points.
    """

    REACH = "reach"
    ALONE = "alone"
    GROUPS = "groups"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Stage:
    """One aim as the plan meets it; `priority` says which class where the aim is REACH.

    `asked` is what full success would be; `bound` is what is proved impossible to pass.
    """

    aim: Aim
    priority: Priority | None
    value: int
    bound: int
    asked: int

    @property
    def closed(self) -> bool:
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Hours:
    """Person-minutes: what the plan asks, what learning time there is, what was placed.

    `beyond` is the part of what is asked that goes past people's own learning time before any date is sought.
    `by_period` holds (there is, placed) for each period.
    """

    asked: int
    available: int
    beyond: int
    placed: int
    by_period: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """`removed` of the starts are lost to this rule alone or with others.

    For STAFFING also which minimum and the weekday and time (minutes after midnight) where it takes most.
    """

    rule: Rule
    removed: int
    staffing: int | None = None
    weekday: int | None = None
    minute_from: int | None = None
    minute_to: int | None = None


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The cheapest single change that gives a start. `by` is its size, in the rule's own unit:

    WINDOW weeks later (negative: earlier) · ORDER weeks less between sessions, or after measure `instead` ·
    GROUP people more (negative: fewer) · COHORTS times more · BUDGET minutes more per person in `period` ·
    FACILITATOR one more who can lead · STAFFING people fewer in `staffing` · CALENDAR appointments to move ·
    TAKEN sessions of measure `instead` that would go.
    Where it concerns one occasion, week, weekday and time say which. `confirmed` only after solving again.
    """

    rule: Rule
    measure: int
    by: int
    price: int
    staffing: int | None = None
    period: int | None = None
    instead: int | None = None
    week: int | None = None
    weekday: int | None = None
    minute_from: int | None = None
    minute_to: int | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """From session `number` on, `people` participants of the measure have no date; why, and what would help.

    `cohort` is None when it speaks of participants outside every cohort, else the cohort whose series broke.
    `starts` is how many starts there are in the grid; `reasons` come largest first.
    """

    measure: int
    number: int
    people: int
    cohort: int | None
    starts: int
    reasons: tuple[Reason, ...]
    relaxation: Relaxation | None


@dataclass(frozen=True, slots=True)
class Progress:
    """While it runs: percent of the effort used, and people × sessions placed of those asked."""

    percent: int
    placed: int
    asked: int


@dataclass(frozen=True, slots=True)
class Answer:
    """`placements` are sorted by session; `stages` are the priority classes asked for, then the other aims in turn.

    `rounds` counts the exact models that were solved on the way.
    """

    status: Status
    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    stages: tuple[Stage, ...]
    hours: Hours
    rounds: int = 0
