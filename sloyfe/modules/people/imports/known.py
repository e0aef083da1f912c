"""All that is known already, read once, so that no row of a file asks the database anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sloyfe.core.imports.log import Log
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.imports.periods import Book
from sloyfe.modules.people.models import (
    Affiliation,
    Edge,
    Employer,
    Person,
    PersonNumber,
    RoleHolding,
    RoleKind,
    Unit,
    UnitName,
)

REASON = "a file is brought in"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the uploader said beside the file. `employer`: who employs where the file names nobody.

    `last_day`: the file is a full list, and those of its employers who are not in it worked to that day.
    """

    employer: str = ""
    last_day: date | None = None


@dataclass(slots=True)
class Known:
    """Keys are those of the file: units by number, employers by name in small letters, people by number."""

    units: dict[str, Unit]
    employers: dict[str, Employer]
    kinds: Mapping[str, RoleKind]
    people: dict[int, Person]
    numbers: dict[tuple[int, str], int]
    names: Book[UnitName]
    edges: Book[Edge]
    work: Book[Affiliation]
    held: Book[RoleHolding]
    unit_by_id: dict[int, Unit] = field(default_factory=dict)

    def label(self, unit_id: int) -> str:
        unit = self.unit_by_id[unit_id]
        return f"{unit.name} ({unit.number})"


@dataclass(slots=True)
class Coming:
    """One file on its way in: what it holds, what was said of it, what is known, and the log."""

    delivery: Delivery
    terms: Terms
    today: date
    writer: int | None
    known: Known
    log: Log
    gives_everywhere: frozenset[str]
    """Role kinds that open something in the whole body, and that the uploader may give."""
    concerned: set[int] = field(default_factory=set)
    """People known before, about whom something was changed."""


def read_known() -> Known:
    known = Known(
        units={unit.number: unit for unit in Unit.objects.order_by("pk")},
        employers={row.name.casefold(): row for row in Employer.objects.order_by("pk")},
        kinds=_kinds(),
        people={row.pk: row for row in Person.objects.for_system(REASON).order_by("pk")},
        numbers={
            (employer, number): person
            for employer, number, person in PersonNumber.objects.for_system(REASON).values_list(
                "employer", "number", "person"
            )
        },
        names=Book(UnitName, lambda row: row.unit_id),
        edges=Book(Edge, lambda row: (row.child_id, row.bond)),
        work=Book(Affiliation, lambda row: row.person_id),
        held=Book(RoleHolding, lambda row: (row.unit_id, row.kind_id)),
    )
    known.unit_by_id = {unit.pk: unit for unit in known.units.values()}
    known.names.load(UnitName.objects.order_by("pk"))
    known.edges.load(Edge.objects.order_by("pk"))
    known.work.load(Affiliation.objects.for_system(REASON).order_by("pk"))
    known.held.load(RoleHolding.objects.for_system(REASON).order_by("pk"))
    return known


def _kinds() -> dict[str, RoleKind]:
    """Kinds of role by code and by what they are called, in small letters; the code wins."""
    rows = list(RoleKind.objects.order_by("pk"))
    called = {name.casefold(): row for row in rows for name in (row.name_en, row.name_nn, row.name_nb) if name}
    return called | {row.code.casefold(): row for row in rows}
