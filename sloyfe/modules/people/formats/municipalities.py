"""Reads the country's municipalities: a table of names, and one of how the numbers followed one another.

Either can come alone. Together they give each municipality its period, also those that are gone, as long
as some table has their name. Counties and wards in the tables are counted and left out: they are no units
here.
"""

from __future__ import annotations

from collections.abc import Iterable

from sloyfe.core.imports.cells import Cells, read_rows
from sloyfe.core.imports.rows import Table
from sloyfe.modules.people.formats import redistricting
from sloyfe.modules.people.formats.neutral import Delivery, UnitKind, UnitRow
from sloyfe.modules.people.formats.redistricting import MUNICIPALITY, History, official_number, unit_number

FORMAT = "municipality names"
_COLUMNS = {"number": ("location_code",), "name": ("location_name",), "granularity": ("granularity_geo",)}


def recognises(table: Table) -> bool:
    return table.has(*(names[0] for names in _COLUMNS.values())) and not table.has("calyear")


def read(names: Iterable[Table], changes: Iterable[Table]) -> Delivery:
    """All tables of the upload at once; of several names for one number the first table's is kept."""
    delivery, history = Delivery(), History(())
    for table in changes:
        history, told = redistricting.read(table)
        delivery = delivery.joined(told)
    seen: set[str] = set()
    for table in names:
        delivery = delivery.joined(_units(table, history, seen))
    return delivery


def _units(table: Table, history: History, seen: set[str]) -> Delivery:
    named = table.with_columns(_COLUMNS, tuple(_COLUMNS))
    rows = [row for row in named.rows if row["granularity"] == MUNICIPALITY]
    counties = sum(row["granularity"] == "county" for row in named.rows)

    def unit(cells: Cells) -> UnitRow | None:
        number, name = official_number(cells, "number"), cells.text("name", required=True)
        if number in seen:
            return None
        seen.add(number)
        start, end = history.period(number)
        kind, place = UnitKind.MUNICIPALITY, cells.row.place()
        return UnitRow(unit_number(number), name, kind, valid_from=start, valid_to=end, place=place)

    units, problems = read_rows(rows, unit)
    counts = {"municipalities": len(rows), "counties": counties}
    return Delivery((FORMAT,), units=units, problems=table.problems + problems, counts=counts)
