"""What is stored of a node, as JSON: one entry for each table, one place for each competence.

    {"meets": {"n": [17, null], "of": [25, 31], "why": [0, 3], "as_of": [null, null]}, …}

`n` is the number that is told, of `of` people; null where none is. `why` is the engine's `Reason`. `as_of` is the day
of an earlier picture whose number still stands. `of` is null where the group itself is too small to be told, or is a
number that is not told; a reason that would tell of such a group reads «protected» too. Of wishes only «five or more»
is told: `n` is then 1. Lines of authority stand in the entries «lines.state» and «lines.municipal».
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sloyfe.core.release import HIDDEN, Reason
from sloyfe.reporting.picture.counting import LINES, UPPER, line_key
from sloyfe.reporting.picture.models import PublishedNode
from sloyfe.reporting.picture.nodes import Node

if TYPE_CHECKING:
    from sloyfe.reporting.picture.publish import Table

Figures = dict[str, dict[str, list[Any]]]
MANY_WISH = 5
OF_STAFF = ("meets", "wish", "responded", "leaving", "lines")
"""Tables whose groups are staff numbers, which may be told by themselves."""
Kind = PublishedNode.Kind


def figures_of(node: Node, tables: Mapping[str, Table]) -> Figures:
    found: Figures = {}
    for name, table in tables.items():
        if name == "lines":
            if node.kind in (Kind.BODY, Kind.GROUP):
                found |= {f"lines.{line}": _row(name, table, line_key(node.key, line)) for line in LINES}
        elif name in ("meets", "wish") or node.kind in UPPER:
            found[name] = _row(name, table, node.key)
    return found


def _row(name: str, table: Table, key: int) -> dict[str, list[Any]]:
    row = table.body.key.index(key)
    least = table.released.policy.people
    entry: dict[str, list[Any]] = {"n": [], "of": [], "why": [], "as_of": []}
    for column, reason in enumerate(table.released.reason[row].tolist()):
        n, of, as_of = int(table.released.count[row, column]), int(table.body.size[row, column]), None
        if reason == Reason.UNCHANGED:
            n, of, day = table.carried(row, column)
            as_of = day.isoformat()
        told = n != HIDDEN
        entry["n"].append(_as_told(name, n) if told else None)
        entry["of"].append(of if told or (name in OF_STAFF and of >= least) else None)
        entry["why"].append(reason if name in OF_STAFF or told else int(Reason.PROTECTED))
        entry["as_of"].append(as_of)
    return entry


def _as_told(name: str, n: int) -> int:
    return int(n >= MANY_WISH) if name == "wish" else n
