"""How municipality numbers have followed one another, read from a table of years.

For each year and each number in use, the table says which of today's numbers that ground belongs to, and
how much. So it leads straight to today, not by the steps between: an end is followed only where the
number it leads to took over at once, and counted where something stood between. In the last year before a
change the new numbers may stand beside the old ones; they came into use the year after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sloyfe.core.imports.cells import Cells, read_rows
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.core.imports.rows import Table
from sloyfe.modules.people.formats.neutral import Delivery, SuccessionRow

FORMAT = "municipality changes"
MUNICIPALITY = "municip"
_PREFIX = "municip_nor"
_COLUMNS = {
    "after": ("location_code_current",),
    "before": ("location_code_original",),
    "year": ("calyear",),
    "weight": ("weighting",),
    "granularity": ("granularity_geo",),
}


@dataclass(frozen=True, slots=True)
class Part:
    """In `year`, so much of the ground of `before` is ground of today's `after`."""

    before: str
    after: str
    year: int
    weight: Decimal
    place: Place


def recognises(table: Table) -> bool:
    return table.has(*(names[0] for names in _COLUMNS.values()))


def unit_number(official: str) -> str:
    """The unit number of a municipality: «K» and its four digits, since offices have four digits too."""
    return f"K{official}"


def official_number(cells: Cells, name: str) -> str:
    """The four digits after the prefix these files use."""
    code = cells.text(name, required=True)
    digits = code.removeprefix(_PREFIX)
    if code and (digits == code or len(digits) != 4 or not digits.isdecimal()):
        cells.wrong(name, _("This is not a municipality number."), _("Write it as in the rest of the file."))
    return digits


class History:
    """The years each number was in use, and what it turned into."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts: dict[str, dict[int, list[Part]]] = defaultdict(lambda: defaultdict(list))
        for part in parts:
            self.parts[part.before][part.year].append(part)
        self.first = {number: min(years) for number, years in self.parts.items()}
        self.last = {number: max(years) for number, years in self.parts.items()}
        self.began, self.ends = min(self.first.values(), default=0), max(self.last.values(), default=0)
        for part in self._leading_on():
            if self.first.get(part.after) == part.year:
                self.first[part.after] = part.year + 1

    def period(self, number: str) -> tuple[date | None, date | None]:
        """First day, and the day after the last; None where the table begins or ends with it in use."""
        first, last = self.first.get(number, self.began), self.last.get(number, self.ends)
        start = None if first == self.began else date(first, 1, 1)
        return start, None if last == self.ends else date(last + 1, 1, 1)

    def successions(self) -> tuple[tuple[SuccessionRow, ...], int]:
        """What came at once after each number that ended, and how many ends led somewhere only later."""
        rows, later = [], 0
        for part in self._leading_on():
            if self._at_once(part):
                before, after = unit_number(part.before), unit_number(part.after)
                day = date(part.year + 1, 1, 1)
                rows.append(SuccessionRow(before, after, day, part.weight, part.place))
            else:
                later += 1
        return tuple(rows), later

    def _leading_on(self) -> Iterator[Part]:
        """The parts of the last year of each number that has ended."""
        for number, last in self.last.items():
            if last < self.ends:
                yield from self.parts[number][last]

    def _at_once(self, part: Part) -> bool:
        """True if the number was in use the year after, and no other came that year on the same ground."""
        year = part.year + 1
        if not self.first.get(part.after, year + 1) <= year:
            return False
        return not any(
            number != part.after and first == year and any(p.after == part.after for p in self.parts[number][year])
            for number, first in self.first.items()
        )


def read(table: Table) -> tuple[History, Delivery]:
    """The history, and the successions in it."""
    named = table.with_columns(_COLUMNS, tuple(_COLUMNS))
    municipal = [row for row in named.rows if row["granularity"] == MUNICIPALITY]
    parts, problems = read_rows(municipal, _part)
    history = History(parts)
    successions, later = history.successions()
    told = problems + table.problems + ((_led_on_later(table, later),) if later else ())
    counts = {"municipality years": len(municipal), "successions": len(successions)}
    return history, Delivery((FORMAT,), successions=successions, problems=told, counts=counts)


def _part(cells: Cells) -> Part | None:
    before, after = official_number(cells, "before"), official_number(cells, "after")
    year = cells.number("year", 1800, 2199, 0)
    weight = cells.number("weight", 0, 1, 4)
    if year is None or weight is None:
        cells.wrong("year", _("The row has no year or no share."), _("Fill it in."))
        return None
    return Part(before, after, int(year), weight, cells.row.place())


def _led_on_later(table: Table, count: int) -> Problem:
    message = _("Older changes left out: {count}. The file says where they ended up, not the steps between.")
    params: Mapping[str, str] = {"count": str(count)}
    return Problem(table.place, Weight.NOTE, message, params=params)
