"""Makes neutral rows of the cells of our own files.

What an employer is called is a column, or is said once for the whole upload. An empty cell is never a
guess: it is nothing told. Periods in files name their last day; the rows end on the day after.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sloyfe.core.imports.cells import Cells
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.modules.people.formats.contact import is_email, is_phone
from sloyfe.modules.people.formats.neutral import (
    AffiliationRow,
    LeaderRow,
    LineRow,
    PersonRow,
    RoleRow,
    SuccessionRow,
    UnitRow,
)
from sloyfe.modules.people.formats.notes import NUMBER_AT_MOST
from sloyfe.modules.people.formats.own_columns import LANGUAGE_FORMS, LINES, UNIT_KINDS

TASKS_AT_MOST = 5_000


@dataclass(frozen=True, slots=True)
class RowMaker:
    """One method for each kind of row; each gives the row as far as it can be read, problems in the cells."""

    employer: str

    def unit(self, cells: Cells) -> UnitRow:
        number, parent = _number(cells, "number", required=True), _number(cells, "parent_number")
        if number and number == parent:
            cells.wrong("parent_number", _("The unit is its own parent."), _("Leave the cell empty for the top unit."))
        valid_from, valid_to = _period(cells)
        return UnitRow(
            number,
            cells.text("name", required=True),
            cells.choice("kind", UNIT_KINDS),
            parent,
            cells.choice("line", LINES),
            self._employer(cells),
            cells.choice("language", LANGUAGE_FORMS) or "",
            valid_from,
            valid_to,
            _number(cells, "area"),
            cells.row.place(),
        )

    def line(self, cells: Cells) -> LineRow | None:
        unit, parent = (
            _number(cells, "unit_number", required=True),
            _number(cells, "parent_number", required=True),
        )
        if not cells.row.has("line"):
            cells.wrong("line", _("The cell is empty."), _("Fill it in."))
        line = cells.choice("line", LINES)
        return LineRow(unit, parent, line, *_period(cells), cells.row.place()) if line else None

    def succession(self, cells: Cells) -> SuccessionRow | None:
        """A row with only the old unit in it is a question nobody has answered yet; it is passed by."""
        if not (cells.row.has("after") or cells.row.has("day")):
            return None
        before, after = _number(cells, "before", required=True), _number(cells, "after")
        if before and before == after:
            cells.wrong("after", _("The unit became itself."), _("Write the number of the unit that came after."))
        day, share = cells.day("day", required=True), cells.percentage("weight")
        weight = Decimal(1) if share is None else share / 100
        return SuccessionRow(before, after, day, weight, cells.row.place()) if day else None

    def person(self, cells: Cells) -> PersonRow:
        name = cells.text("name") or f"{cells.text('first_name')} {cells.text('last_name')}".strip()
        if not name and cells.usable:
            cells.wrong("name", _("The cell is empty."), _("Fill it in."))
        return PersonRow(
            self._employer(cells),
            _number(cells, "employee_number", required=True),
            name,
            cells.choice("language", LANGUAGE_FORMS) or "",
            cells.row.place(),
            email=_reached(cells, "email", is_email, _("This is not an e-mail address.")),
            phone=_reached(cells, "phone", is_phone, _("This is not a telephone number.")),
        )

    def affiliation(self, cells: Cells) -> AffiliationRow:
        valid_from, valid_to = _period(cells)
        return AffiliationRow(
            *self._holder(cells),
            cells.text("position"),
            cells.percentage("percentage"),
            valid_from,
            valid_to,
            place=cells.row.place(),
        )

    def leader(self, cells: Cells) -> LeaderRow:
        line = cells.choice("line", LINES)
        return LeaderRow(*self._holder(cells), line, *_period(cells), cells.row.place())

    def role(self, cells: Cells) -> RoleRow:
        return RoleRow(
            _number(cells, "role", required=True),
            *self._holder(cells),
            cells.text("tasks", at_most=TASKS_AT_MOST, lines=True),
            cells.number("hours_week", 0, 60, 1),
            _number(cells, "deputy_employee_number"),
            cells.text("anchored_by"),
            *_period(cells),
            cells.row.place(),
        )

    def _employer(self, cells: Cells) -> str:
        return cells.text("employer") or self.employer

    def _holder(self, cells: Cells) -> tuple[str, str, str]:
        employee = _number(cells, "employee_number", required=True)
        return self._employer(cells), employee, _number(cells, "unit_number", required=True)


def _number(cells: Cells, name: str, *, required: bool = False) -> str:
    return cells.text(name, at_most=NUMBER_AT_MOST, required=required)


def _period(cells: Cells) -> tuple[date | None, date | None]:
    valid_from, valid_to = cells.day("valid_from"), cells.day_after("valid_to")
    cells.in_order("valid_from", "valid_to", valid_from, valid_to)
    return valid_from, valid_to


def _reached(cells: Cells, name: str, is_one: Callable[[str], bool], message: str) -> str | None:
    """What a cell of contact says: None where the file has no such column, empty where the cell is."""
    if name not in cells.row.head.index:
        return None
    said = cells.text(name)
    if said and not is_one(said):
        cells.wrong(name, message, _("Correct it, or leave the cell empty."))
    return said
