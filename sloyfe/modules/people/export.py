"""What came in goes out again: units as of a day, and people within one's rights, in our own file format."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.audit.looks import write_looks
from sloyfe.core.imports.sheets import Sheet
from sloyfe.modules.people.formats import neutral
from sloyfe.modules.people.formats.own_files import sheets_of, template
from sloyfe.modules.people.history import names_on
from sloyfe.modules.people.models import (
    Affiliation,
    Bond,
    Edge,
    Person,
    PersonNumber,
    RoleHolding,
    Succession,
    Unit,
)

SEE = "person.view"
LEADER = "leader"


def units_as_of(day: date) -> neutral.Delivery:
    """Every unit of a day under its first parent, the parents beside it, and all that has been passed on."""
    names = names_on(day)
    edges = list(Edge.objects.on(day).select_related("parent", "child").order_by("child", "pk"))
    first = _first_parents(edges)
    areas = {edge.child_id: edge.parent.number for edge in edges if edge.bond == Bond.AREA}
    units = list(Unit.objects.on(day).order_by("number"))
    return neutral.Delivery(
        units=tuple(_unit_row(unit, names.get(unit.pk, unit.name), first.get(unit.pk), areas) for unit in units),
        lines=tuple(_line_row(edge) for edge in edges if edge.bond != Bond.AREA and edge is not first[edge.child_id]),
        successions=tuple(
            neutral.SuccessionRow(row.before.number, row.after.number, row.day, row.share)
            for row in Succession.objects.select_related("before", "after").order_by("day", "pk")
        ),
    )


def _first_parents(edges: Iterable[Edge]) -> dict[int, Edge]:
    """The state line before the municipal; areas have a column of their own."""
    found: dict[int, Edge] = {}
    for edge in edges:
        if edge.bond != Bond.AREA and (edge.child_id not in found or _goes_before(edge, found[edge.child_id])):
            found[edge.child_id] = edge
    return found


def _goes_before(edge: Edge, other: Edge) -> bool:
    return edge.bond == Bond.STATE and other.bond != Bond.STATE


def _unit_row(unit: Unit, name: str, edge: Edge | None, areas: dict[int, str]) -> neutral.UnitRow:
    return neutral.UnitRow(
        number=unit.number,
        name=name,
        kind=neutral.UnitKind(unit.kind),
        parent_number=edge.parent.number if edge else "",
        line=neutral.Line(edge.bond) if edge else None,
        language=unit.language,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        area=areas.get(unit.pk, ""),
    )


def _line_row(edge: Edge) -> neutral.LineRow:
    line = neutral.Line(edge.bond)
    return neutral.LineRow(edge.child.number, edge.parent.number, line, edge.valid_from, edge.valid_to)


def people_of(viewer: Viewer) -> neutral.Delivery:
    """Everybody the viewer may open the page of: work and roles of hers to see. Writes that she was shown them."""
    people = list(Person.objects.for_viewer(viewer, SEE))
    ids = [person.pk for person in people]
    write_looks(viewer, ids, page="people-file", needs=SEE)
    return _People(viewer, people).delivery()


class _People:
    """One export: the employee numbers by which the rows of different sheets know one another."""

    def __init__(self, viewer: Viewer, people: list[Person]) -> None:
        self.viewer, self.people = viewer, people
        self.numbers: dict[int, list[tuple[str, str]]] = {}
        self.with_employer: dict[tuple[int, int], str] = {}
        rows = PersonNumber.objects.for_viewer(viewer, SEE).select_related("employer").order_by("pk")
        for row in rows:
            self.numbers.setdefault(row.person_id, []).append((row.employer.name, row.number))
            self.with_employer[row.person_id, row.employer_id] = row.number

    def number(self, person_id: int) -> tuple[str, str]:
        return self.numbers.get(person_id, [("", "")])[0]

    def delivery(self) -> neutral.Delivery:
        held = list(self._rows(RoleHolding, "role.view").select_related("kind", "unit").order_by("pk"))
        return neutral.Delivery(
            people=tuple(
                neutral.PersonRow(*number, person.name, person.language)
                for person in self.people
                for number in self.numbers.get(person.pk, [("", "")])
            ),
            affiliations=tuple(map(self._affiliation, self._work())),
            leaders=tuple(self._leader(row) for row in held if row.kind.code == LEADER),
            roles=tuple(self._role(row) for row in held if row.kind.code != LEADER),
        )

    def _work(self) -> GuardedQuerySet:
        rows = self._rows(Affiliation, SEE).select_related("unit", "employer")
        return rows.order_by("person__sort_key", "person", "valid_from", "pk")

    def _rows(self, model: type[Affiliation | RoleHolding], capability: str) -> GuardedQuerySet:
        mine = Person.objects.for_viewer(self.viewer, SEE).values("pk")
        rows: GuardedQuerySet = model.objects.for_viewer(self.viewer, capability).filter(person__in=mine)
        return rows

    def _affiliation(self, row: Affiliation) -> neutral.AffiliationRow:
        return neutral.AffiliationRow(
            employer=row.employer.name,
            employee_number=self.with_employer.get((row.person_id, row.employer_id), ""),
            unit_number=row.unit.number,
            position=row.position,
            percentage=row.percentage,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )

    def _leader(self, row: RoleHolding) -> neutral.LeaderRow:
        return neutral.LeaderRow(
            *self.number(row.person_id),
            row.unit.number,
            neutral.Line(row.line) if row.line else None,
            row.valid_from,
            row.valid_to,
        )

    def _role(self, row: RoleHolding) -> neutral.RoleRow:
        deputy = self.number(row.deputy_id)[1] if row.deputy_id else ""
        return neutral.RoleRow(
            row.kind.code,
            *self.number(row.person_id),
            row.unit.number,
            tasks=row.tasks,
            hours_week=row.hours_week,
            deputy_employee_number=deputy,
            anchored_by=row.anchored_by,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )


def one_sheet(delivery: neutral.Delivery, language: str) -> Sheet:
    """For CSV, which has no sheets: the units; or each person's work with her name beside it."""
    if not delivery.affiliations:
        _guide, empty, *_rest = template(language, str)
        return next(iter(sheets_of(delivery, language)), empty)
    people, work = sheets_of(neutral.Delivery(people=delivery.people, affiliations=delivery.affiliations), language)
    named = {(row[0], row[1]): row[2:] for row in people.rows}
    rows = ([*row, *named.get((row[0], row[1]), ("", ""))] for row in work.rows)
    return Sheet(people.name, [*work.header, *people.header[2:]], rows)
