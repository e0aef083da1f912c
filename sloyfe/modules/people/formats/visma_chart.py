"""Visma HRM's organisation chart.

A unit's number here is its chart and its id, as the position refers to it. `parentid` names the parent's
code, not its id, and «0» is the top. A unit may have no manager.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Weight
from sloyfe.core.imports.xml_records import Node
from sloyfe.modules.people.formats.neutral import UnitRow
from sloyfe.modules.people.formats.notes import Notes

_TOP = "0"


@dataclass(frozen=True, slots=True)
class Manager:
    """The person who leads a unit, by Visma's own number for the person."""

    unit_number: str
    person_id: str
    place: Place


@dataclass(slots=True)
class Chart:
    """All units of all charts read so far."""

    notes: Notes
    units: list[UnitRow] = field(default_factory=list)
    managers: list[Manager] = field(default_factory=list)
    met: int = 0
    by_code: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def read(self, file: str, charts: Iterable[Node]) -> None:
        for chart in charts:
            nodes = [unit for units in chart.all("units") for unit in units.all("unit")]
            for node in nodes:
                self.by_code[_chart_id(chart), _said(node, "kode")].append(_number(chart, node))
            for node in nodes:
                self.met += 1
                self._unit(Place(file, "unit", node.line), chart, node)

    def number_by_cost_centre(self, chart_id: str, cost_centre: str) -> str:
        """The only unit with that code (idle zeros apart), in that chart if one is named; empty if none
        or many.
        """
        code = cost_centre.lstrip("0")
        found = [
            number
            for (its_chart, its_code), numbers in self.by_code.items()
            for number in numbers
            if its_code.lstrip("0") == code and chart_id in ("", its_chart)
        ]
        return found[0] if code and len(found) == 1 else ""

    def _unit(self, place: Place, chart: Node, node: Node) -> None:
        name = self.notes.text(place, _said(node, "name"))
        if not (name and _said(node, "id")):
            message = _("The unit has no name or no id, and was left out.")
            self.notes.say(Weight.SKIPS, place, message, _("Correct it in the HR system and export again."))
            return
        parent = self._parent(place, _chart_id(chart), _said(node, "parentid"))
        if parent is None:
            return
        number = self.notes.number(place, _number(chart, node))
        self.units.append(UnitRow(number, name, parent_number=parent, place=place))
        for manager in node.all("manager"):
            if person_id := _said(manager, "id"):
                self.managers.append(Manager(number, person_id, Place(place.file, "unit", manager.line)))

    def _parent(self, place: Place, chart_id: str, parent_code: str) -> str | None:
        """The parent's number, empty for a top, None (with a problem) where it cannot be told."""
        if parent_code in ("", _TOP):
            return ""
        found = self.by_code.get((chart_id, parent_code), [])
        if len(found) == 1:
            return found[0]
        message = (
            _("The unit above is not in the chart.")
            if not found
            else _("Several units have the code of the unit above.")
        )
        remedy = _("Correct it in the HR system and export the whole chart again.")
        self.notes.say(Weight.SKIPS, place, message, remedy, value=parent_code)
        return None


def unit_number(chart_id: str, unit_id: str) -> str:
    return f"{chart_id}-{unit_id}"


def _number(chart: Node, node: Node) -> str:
    return unit_number(_chart_id(chart), _said(node, "id"))


def _chart_id(chart: Node) -> str:
    return _said(chart, "id")


def _said(node: Node, name: str) -> str:
    """An attribute, or a child element of that name: exports have it either way."""
    return (node.attributes.get(name) or node.text_at(name)).strip()
