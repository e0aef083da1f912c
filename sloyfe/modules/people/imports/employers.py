"""Who employs: known by name, or made of the top unit that a file says is theirs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Weight
from sloyfe.modules.people.formats.neutral import UnitRow
from sloyfe.modules.people.formats.own_columns import Kind as Table
from sloyfe.modules.people.imports import words
from sloyfe.modules.people.imports.known import Coming
from sloyfe.modules.people.models import Employer, Kind, LineChoice

LINE_OF = {Kind.MUNICIPALITY: LineChoice.MUNICIPAL, Kind.DIRECTORATE: LineChoice.STATE}


def make_employers(coming: Coming) -> None:
    """An employer for each new name that exactly one top unit of the file carries, if its line can be told."""
    named: dict[str, list[UnitRow]] = {}
    for row in coming.delivery.units:
        if row.employer and row.employer.casefold() not in coming.known.employers:
            named.setdefault(row.employer, []).append(row)
    for name, rows in named.items():
        numbers = {row.number for row in rows}
        tops = {row.number: row for row in rows if row.parent_number not in numbers}
        if len(tops) == 1:
            _make(coming, name, next(iter(tops.values())))


def _make(coming: Coming, name: str, row: UnitRow) -> None:
    unit = coming.known.units.get(row.number)
    line = row.line.value if row.line else LINE_OF.get(Kind(unit.kind)) if unit else None
    if unit is None or line is None:
        return
    employer = Employer.objects.create(name=name, line=line, unit=unit)
    coming.known.employers[name.casefold()] = employer
    told = {words.AUTHORITY: str(line), words.IN_UNIT: coming.known.label(unit.pk)}
    coming.log.created(words.EMPLOYER, name, name, row.place, told)


@dataclass(slots=True)
class Employers:
    """Finds employers by name and gathers the names nobody knows; those stop the file, each said once."""

    coming: Coming
    unknown: dict[str, Place] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def find(self, name: str, place: Place) -> Employer | None:
        found = self.coming.known.employers.get((name or self.coming.terms.employer).casefold())
        if found is None:
            self.unknown.setdefault(name, place)
            self.counts[name] += 1
        return found

    def say_unknown(self) -> None:
        for name, place in self.unknown.items():
            at = words.at_cell(place, words.column(Table.PEOPLE, "employer"))
            if name:
                message = _("No employer is called this. Rows with it: {count}.")
                remedy = _("Write the name as it is in the system, or bring in the units of the employer first.")
            else:
                message = _("The file does not say who employs. Rows without it: {count}.")
                remedy = _("Choose the employer when you upload, or fill in the column.")
            words.say(self.coming.log, Weight.STOPS, at, message, remedy, name, count=self.counts[name])
