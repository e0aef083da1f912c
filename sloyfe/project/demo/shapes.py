"""What the invented body consists of: frozen rows with local keys, ready to be stored by somebody else.

Periods run from `valid_from` until the day before `valid_to`, as in the tables they end up in.
Keys are strings that mean nothing outside one body. Nothing here knows Django, a clock or a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Unit:
    """`kind` is a people.Kind value; `name` is today's, or the last one where the unit is closed.

    `other_name` is the Northern Sámi form where there is one. `headcount` is the number of people who work
    there today (teams included for an office); 0 for municipalities and areas.
    """

    key: str
    number: str
    kind: str
    name: str
    language: str
    valid_from: date
    valid_to: date | None = None
    other_name: str = ""
    headcount: int = 0


@dataclass(frozen=True, slots=True)
class UnitName:
    """What a unit was called in an earlier period. Today's name is the unit's own."""

    unit: str
    name: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class Edge:
    """`bond` is state, municipal or area. An inter-municipal office has several municipal parents."""

    child: str
    parent: str
    bond: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """One unit went on as another on that day: `share` of it, with a note in words."""

    before: str
    after: str
    day: date
    share: float
    note: str


@dataclass(frozen=True, slots=True)
class Employer:
    key: str
    name: str
    line: str
    unit: str


@dataclass(frozen=True, slots=True)
class Person:
    """`number` is an invented employee number, unique in the body."""

    key: str
    name: str
    number: str
    language: str


@dataclass(frozen=True, slots=True)
class Affiliation:
    """`line` follows from the employer. `main` marks the larger of two. `position` is a word for the post."""

    person: str
    unit: str
    employer: str
    line: str
    position: str
    percentage: float
    main: bool
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class RoleHolding:
    """`line` empty means both. Empty `tasks`, `hours_week`, `deputy` or `anchored_by`: not settled yet."""

    key: str
    person: str
    role: str
    unit: str
    line: str
    tasks: str
    hours_week: float | None
    deputy: str | None
    anchored_by: str
    valid_from: date
    valid_to: date | None = None
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """`kind`: offers, teaches, wants, unsure. `competence`: a code, or empty with `words`."""

    key: str
    person: str
    kind: str
    competence: str
    words: str
    basis: str
    language: str
    valid_from: date
    confirmed_on: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """`audience`: person (then `to_person`), leader, office, area, county, everyone. No row: only me."""

    statement: str
    person: str
    audience: str
    to_person: str | None
    from_day: date
    until_day: date | None = None


@dataclass(frozen=True, slots=True)
class Helper:
    """How somebody who offers help wants to be asked. `weekly_limit` None: as the policy says."""

    person: str
    weekly_limit: int | None
    how: str


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """Hours on a weekday (0 Monday), in week `week` (1 first) of a cycle of `weeks`, from `valid_from`."""

    person: str
    weekday: int
    start: time
    end: time
    valid_from: date
    weeks: int = 1
    week: int = 1


@dataclass(frozen=True, slots=True)
class Absence:
    """First and last day. Never why."""

    person: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class FixedDuty:
    """Something everybody in a unit has every week."""

    unit: str
    what: str
    weekday: int
    start: time
    end: time
    valid_from: date


@dataclass(frozen=True, slots=True)
class MinimumStaffing:
    """At least so many of the unit, and below, at work and free for the public in these hours."""

    unit: str
    what: str
    at_least: int
    weekday: int
    start: time
    end: time
    valid_from: date


@dataclass(frozen=True, slots=True)
class FacilitatorHours:
    """When somebody who leads sessions can do so."""

    person: str
    weekday: int
    start: time
    end: time
    valid_from: date


@dataclass(frozen=True, slots=True)
class LearningTime:
    unit: str
    minutes_week: int
    valid_from: date


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """A calendar or roster a unit uses. `covers_to` None: it has never been read, and pages say so."""

    unit: str
    name: str
    kind: str
    read_on: date | None
    covers_to: date | None


@dataclass(frozen=True, slots=True)
class CoverAgreement:
    """`by_unit` covers `profile`'s requirement of `competence` for `unit` with so many people."""

    unit: str
    by_unit: str
    profile: str
    competence: str
    people: int
    agreed: str
    valid_from: date
    valid_to: date | None
    waiting: bool


@dataclass(frozen=True, slots=True)
class ProfileGiven:
    """A requirement profile given to one person, beside those that follow from post, role and place."""

    profile: str
    person: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class PostedNeed:
    """Nobody was found, and somebody asked the area."""

    person: str
    unit: str
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody to step in as with one click: what she is, and what is worth trying as her (nb, nn, en)."""

    code: str
    username: str
    person: str
    unit: str
    title: dict[str, str]
    what: dict[str, str]


@dataclass(frozen=True, slots=True)
class Body:
    """All rows of one invented body, in the order they can be stored."""

    day: date
    seed: int
    units: tuple[Unit, ...]
    names: tuple[UnitName, ...]
    edges: tuple[Edge, ...]
    successions: tuple[Succession, ...]
    employers: tuple[Employer, ...]
    persons: tuple[Person, ...]
    affiliations: tuple[Affiliation, ...]
    holdings: tuple[RoleHolding, ...]
    statements: tuple[Statement, ...]
    shares: tuple[Share, ...]
    helpers: tuple[Helper, ...]
    posted_needs: tuple[PostedNeed, ...]
    working_days: tuple[WorkingDay, ...]
    absences: tuple[Absence, ...]
    duties: tuple[FixedDuty, ...]
    staffing: tuple[MinimumStaffing, ...]
    facilitator_hours: tuple[FacilitatorHours, ...]
    learning_time: tuple[LearningTime, ...]
    sources: tuple[CalendarSource, ...]
    agreements: tuple[CoverAgreement, ...]
    given: tuple[ProfileGiven, ...]
    cast: tuple[CastMember, ...]
