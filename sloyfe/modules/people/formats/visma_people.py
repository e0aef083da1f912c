"""Visma HRM's persons: employments, positions and where they are.

A position names its unit by chart and unit id. One without a unit id is placed by its cost centre, if
exactly one unit of the chart in the same upload has that code. One without a start date begins when the
record of it became valid, and that is said. The export tells no percentages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sloyfe.core.imports import values
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Weight
from sloyfe.core.imports.xml_records import Node
from sloyfe.modules.people.formats.neutral import NOWHERE, AffiliationRow, LeaderRow, PersonRow
from sloyfe.modules.people.formats.notes import Notes
from sloyfe.modules.people.formats.visma_chart import Chart, unit_number


@dataclass(slots=True)
class People:
    """All persons of all files read so far."""

    notes: Notes
    employer: str
    people: list[PersonRow] = field(default_factory=list)
    affiliations: list[AffiliationRow] = field(default_factory=list)
    met: int = 0
    positions: int = 0
    by_person_id: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def read(self, file: str, persons: Iterable[Node], chart: Chart) -> None:
        before = len(self.affiliations)
        for person in persons:
            self.met += 1
            self._person(Place(file, "person", person.line), person, chart)
        if len(self.affiliations) > before:
            self.notes.say(
                Weight.NOTE,
                Place(file),
                _("The file does not say how large the positions are."),
                _("Upload percentages in a file of affiliations afterwards if they matter."),
            )

    def leaders(self, chart: Chart) -> tuple[LeaderRow, ...]:
        """The managers the chart names, by the employee number of the person with that id."""
        rows = []
        for manager in chart.managers:
            numbers = self.by_person_id.get(manager.person_id, [])
            if len(numbers) == 1:
                rows.append(LeaderRow(self.employer, numbers[0], manager.unit_number, place=manager.place))
            else:
                self._unknown_manager(manager.place, manager.person_id, len(numbers))
        return tuple(rows)

    def _unknown_manager(self, place: Place, person_id: str, found: int) -> None:
        if found:
            message, remedy = _("The manager has several employments."), _("Say which in a file of leaders.")
        else:
            message = _("The manager is not among the persons in this upload.")
            remedy = _("Upload the export of persons together with the organisation.")
        self.notes.say(Weight.SKIPS, place, message, remedy, value=person_id)

    def _person(self, place: Place, person: Node, chart: Chart) -> None:
        name = f"{person.text_at('givenName')} {person.text_at('familyName')}"
        employments = [each for outer in person.all("employments") for each in outer.all("employment")]
        numbers = [self.notes.number(place, each.text_at("employeeId")) for each in employments]
        named = self.notes.text(place, name)
        if not (named and any(numbers)):
            message = _("The person has no name or no employee number, and was left out.")
            self.notes.say(Weight.SKIPS, place, message, _("Correct it in the HR system and export again."))
            return
        first, *others = dict.fromkeys(number for number in numbers if number)
        self.people.append(PersonRow(self.employer, first, named, place=place, other_numbers=tuple(others)))
        if person_id := person.attributes.get("personIdHRM", "").strip():
            self.by_person_id[person_id] += [first, *others]
        for number, employment in zip(numbers, employments, strict=True):
            if number:
                self._employment(place, number, employment, chart)

    def _employment(self, place: Place, number: str, employment: Node, chart: Chart) -> None:
        nodes = [each for outer in employment.all("positions") for each in outer.all("position")]
        if not nodes:
            self.notes.say(Weight.NOTE, place, _("The person has no position, so no place to work."))
        seen: set[AffiliationRow] = set()
        for node in nodes:
            self.positions += 1
            row = self._position(Place(place.file, "position", node.line), number, node, chart)
            if row is None:
                continue
            if replace(row, place=NOWHERE) in seen:
                self.notes.say(Weight.NOTE, row.place, _("The same position is there twice. It was read once."))
                continue
            seen.add(replace(row, place=NOWHERE))
            self.affiliations.append(row)

    def _position(self, place: Place, number: str, node: Node, chart: Chart) -> AffiliationRow | None:
        unit = self._unit(place, node, chart)
        title = self.notes.text(place, node.attribute_at("positionInfo", "positionCode", "name"))
        if not title:
            self.notes.say(Weight.NOTE, place, _("The position has no name."))
        started = len(self.notes.problems)
        start = self._start(place, node)
        last = self.notes.read(place, node.text_at("positionEndDate"), values.day)
        end = last + timedelta(days=1) if last else None
        self.notes.in_order(place, start, end)
        misread = any(problem.weight is not Weight.NOTE for problem in self.notes.problems[started:])
        if misread or not unit:
            return None
        main = {"true": True, "false": False}.get(node.attributes.get("isPrimaryPosition", ""))
        return AffiliationRow(
            self.employer, number, unit, title, valid_from=start, valid_to=end, main=main, place=place
        )

    def _unit(self, place: Place, node: Node, chart: Chart) -> str:
        chart_id = node.attribute_at("chart", "id").strip()
        if chart_id and (unit_id := node.attribute_at("chart", "unit", "id").strip()):
            return self.notes.number(place, unit_number(chart_id, unit_id))
        cost_centre = node.attribute_at("costCentres", "dimension2", "value").strip()
        if number := chart.number_by_cost_centre(chart_id, cost_centre):
            self.notes.say(
                Weight.NOTE,
                place,
                _("The position names no unit. It was placed by its cost centre."),
                value=number,
            )
            return number
        self.notes.say(
            Weight.SKIPS,
            place,
            _("The position names no unit we can find, and was left out."),
            _("Upload the organisation from Visma HRM together with the persons."),
            value=cost_centre,
        )
        return ""

    def _start(self, place: Place, node: Node) -> date | None:
        if told := node.text_at("positionStartDate"):
            return self.notes.read(place, told, values.day)
        valid = self.notes.read(place, node.attributes.get("validFromDate", ""), values.day)
        said = (
            _("The position has no start date. It begins when the record of it became valid.")
            if valid
            else _("The position has no start date.")
        )
        self.notes.say(Weight.NOTE, place, said, value=valid.isoformat() if valid else "")
        return valid
