"""What an organisation file holds, said the same way whatever format it came in.

Every reader ends in one `Delivery` of plain rows: no database, no viewer, no clock. Keys are those of the
source: a unit by its official number, a person by employer and employee number. Periods are those of the
tables: from `valid_from` until the day before `valid_to` (files name the last day; readers and the writer
turn it). A row that could not be read is not here; a `Problem` with its place is. National identity numbers
never get this far: a field the format declares as one is skipped in the parser and only counted in
`dropped_fields`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self

from sloyfe.core.imports.places import Place, Problem, Weight

NOWHERE = Place("")


class UnitKind(StrEnum):
    """What a unit is, in the words of the table."""

    DIRECTORATE = "directorate"
    DEPARTMENT = "department"
    SECTION = "section"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    AREA = "area"
    OFFICE = "office"
    TEAM = "team"


class Line(StrEnum):
    """Which of the two lines of authority, in the words of the table."""

    STATE = "state"
    MUNICIPAL = "municipal"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in one period. Kind or line None, or an empty text: the file does not tell.

    Empty `parent_number`: a top, or not told. `area` is the number of the area it belongs to. `valid_from`
    None: as long as anyone knows; `valid_to` None: still open. Two rows of one number are two periods.
    """

    number: str
    name: str
    kind: UnitKind | None = None
    parent_number: str = ""
    line: Line | None = None
    employer: str = ""
    language: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    area: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class LineRow:
    """A further parent of a unit: the second line of authority, or one municipality of several."""

    unit_number: str
    parent_number: str
    line: Line
    valid_from: date | None = None
    valid_to: date | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """`before` became `after` on `day`, the first day of the new. `weight` is the part that went there, 0–1.

    Several rows with one `before` are a split, several with one `after` a merger. Empty `after`: closed on
    that day, and nothing came after.
    """

    before: str
    after: str
    day: date
    weight: Decimal = Decimal(1)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class PersonRow:
    """`other_numbers`: more employee numbers the same person has with the same employer.

    `email` and `phone` are those at work; None where the file has nothing to say of them, empty where there is none.
    """

    employer: str
    employee_number: str
    name: str
    language: str = ""
    place: Place = NOWHERE
    other_numbers: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class AffiliationRow:
    """`percentage` 0–100, None where the source does not say. `main`: True, False or not told."""

    employer: str
    employee_number: str
    unit_number: str
    position: str = ""
    percentage: Decimal | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    main: bool | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class LeaderRow:
    employer: str
    employee_number: str
    unit_number: str
    line: Line | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role somebody holds. Empty tasks, hours, deputy or anchoring mean that it is not settled yet."""

    role: str
    employer: str
    employee_number: str
    unit_number: str
    tasks: str = ""
    hours_week: Decimal | None = None
    deputy_employee_number: str = ""
    anchored_by: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Question:
    """A unit the source says, or seems to say, is closed, without when and into which. It is not in `units`.

    Answered by a succession from that unit, or by the unit itself in a file of our own, in the same upload.
    """

    unit_number: str
    name: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Delivery:
    """All that one upload holds. `formats` names the formats met; `counts` what was seen, used or not.

    `dropped_fields` counts, by field name, the values that were skipped without being read.
    """

    formats: tuple[str, ...] = ()
    units: tuple[UnitRow, ...] = ()
    lines: tuple[LineRow, ...] = ()
    successions: tuple[SuccessionRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    affiliations: tuple[AffiliationRow, ...] = ()
    leaders: tuple[LeaderRow, ...] = ()
    roles: tuple[RoleRow, ...] = ()
    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    dropped_fields: Mapping[str, int] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """True where at least one problem stops the upload: show the problems, store nothing."""
        return any(problem.weight is Weight.STOPS for problem in self.problems)

    def joined(self, other: Delivery) -> Delivery:
        """Both uploads as one, in order; counts are added."""
        parts: dict[str, object] = {}
        for part in fields(self):
            mine, theirs = getattr(self, part.name), getattr(other, part.name)
            parts[part.name] = mine + theirs if isinstance(mine, tuple) else _sum(mine, theirs)
        return Delivery(**parts)  # type: ignore[arg-type]  # the names are Delivery's own

    def with_problems(self, *problems: Problem) -> Self:
        return replace(self, problems=self.problems + problems)


def in_column(place: Place, column: str) -> Place:
    """The same row, and the column the problem is about."""
    return replace(place, column=column)


def _sum(mine: Mapping[str, int], theirs: Mapping[str, int]) -> dict[str, int]:
    return {name: mine.get(name, 0) + theirs.get(name, 0) for name in (*mine, *theirs)}
