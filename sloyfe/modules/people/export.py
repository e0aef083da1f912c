"""What came in goes out again: units as of a day, and people within one's rights, in our own file format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    Employer,
    Person,
    PersonNumber,
    RoleHolding,
    RoleKind,
    Succession,
    Unit,
)

SEE = "person.view"
PEOPLE_FILE = "people-file"
AT_ONCE = 5000
"""People whose workbook is written in well under two seconds."""
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


def is_large(viewer: Viewer) -> bool:
    return int(Person.objects.for_viewer(viewer, SEE).count()) > AT_ONCE


def people_of(viewer: Viewer) -> neutral.Delivery:
    """Everybody the viewer may open the page of: work and roles of hers to see. Writes that she was shown them."""
    people = list(Person.objects.for_viewer(viewer, SEE).values_list("pk", "name", "language", "email", "phone"))
    write_looks(viewer, [pk for pk, *_told in people], page="people-file", needs=SEE)
    return _People(viewer, people).delivery()


class _People:
    """One export: the employee numbers by which the rows of different sheets know one another.

    Plain values and no rows of models: a whole body is tens of thousands of each.
    """

    def __init__(self, viewer: Viewer, people: list[tuple[int, str, str, str, str]]) -> None:
        self.viewer, self.people = viewer, people
        self.employers = dict(Employer.objects.values_list("pk", "name"))
        self.units = dict(Unit.objects.values_list("pk", "number"))
        self.kinds = dict(RoleKind.objects.values_list("pk", "code"))
        self.numbers: dict[int, list[tuple[str, str]]] = {}
        self.with_employer: dict[tuple[int, int], str] = {}
        rows = PersonNumber.objects.for_viewer(viewer, SEE).order_by("pk")
        for person, employer, number in rows.values_list("person", "employer", "number"):
            self.numbers.setdefault(person, []).append((self.employers[employer], number))
            self.with_employer[person, employer] = number

    def number(self, person: int) -> tuple[str, str]:
        return self.numbers.get(person, [("", "")])[0]

    def delivery(self) -> neutral.Delivery:
        leaders, roles = self._held()
        return neutral.Delivery(
            people=tuple(
                neutral.PersonRow(*number, name, language, email=email, phone=phone)
                for pk, name, language, email, phone in self.people
                for number in self.numbers.get(pk, [("", "")])
            ),
            affiliations=tuple(self._work()),
            leaders=tuple(leaders),
            roles=tuple(roles),
        )

    def _rows(self, model: type[Affiliation | RoleHolding], capability: str) -> GuardedQuerySet:
        mine = Person.objects.for_viewer(self.viewer, SEE).values("pk")
        rows: GuardedQuerySet = model.objects.for_viewer(self.viewer, capability).filter(person__in=mine)
        return rows

    def _work(self) -> Iterator[neutral.AffiliationRow]:
        rows = self._rows(Affiliation, SEE).order_by("person__sort_key", "person", "valid_from", "pk")
        told = ("person", "employer", "unit", "position", "percentage", "valid_from", "valid_to")
        for person, employer, unit, *rest in rows.values_list(*told):
            number = self.with_employer.get((person, employer), "")
            yield neutral.AffiliationRow(self.employers[employer], number, self.units[unit], *rest)

    def _held(self) -> tuple[list[neutral.LeaderRow], list[neutral.RoleRow]]:
        leaders, roles = [], []
        mandate = ("tasks", "hours_week", "deputy", "anchored_by", "valid_from", "valid_to")
        rows = (
            self._rows(RoleHolding, "role.view").order_by("pk").values_list("person", "kind", "unit", "line", *mandate)
        )
        for person, kind, unit, line, tasks, hours, deputy, anchored, begins, ends in rows:
            who, where = self.number(person), self.units[unit]
            if self.kinds[kind] == LEADER:
                on_line = neutral.Line(line) if line else None
                leaders.append(neutral.LeaderRow(*who, where, on_line, begins, ends))
            else:
                stands_in = self.number(deputy)[1] if deputy else ""
                rest = (tasks, hours, stands_in, anchored, begins, ends)
                roles.append(neutral.RoleRow(self.kinds[kind], *who, where, *rest))
        return leaders, roles


def one_sheet(delivery: neutral.Delivery, language: str) -> Sheet:
    """For CSV, which has no sheets: the units; or each person's work with her name beside it."""
    if not delivery.affiliations:
        _guide, empty, *_rest = template(language, str)
        return next(iter(sheets_of(delivery, language)), empty)
    people, work = sheets_of(neutral.Delivery(people=delivery.people, affiliations=delivery.affiliations), language)
    named = {(row[0], row[1]): row[2:] for row in people.rows}
    rows = ([*row, *named.get((row[0], row[1]), [""] * len(people.header[2:]))] for row in work.rows)
    return Sheet(people.name, [*work.header, *people.header[2:]], rows)
