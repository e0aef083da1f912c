"""The entries of a FINT file: their texts, their references to each other, and their periods in Norwegian
days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sloyfe.core.imports import values
from sloyfe.core.imports.places import Place
from sloyfe.core.imports.trees import Tree
from sloyfe.modules.people.formats.neutral import in_column
from sloyfe.modules.people.formats.notes import Notes

_NORWAY = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list, and where it stands: the list is the sheet, its number in it the row."""

    place: Place
    fields: Mapping[str, Tree]

    @property
    def id(self) -> str:
        return self.said("id")

    def at(self, column: str) -> Place:
        return in_column(self.place, column)

    def said(self, *path: str) -> str:
        """The text down that path; empty where there is none. A list counts as its first item."""
        found: Tree = dict(self.fields)
        for name in path:
            found = found[0] if isinstance(found, list) and found else found
            found = found.get(name) if isinstance(found, dict) else None
        if isinstance(found, bool):
            return "true" if found else "false"
        return found if isinstance(found, str) else ""

    def identifier(self, name: str) -> str:
        """An identifier, wrapped in an object as the model has it or written straight."""
        return (self.said(name, "identifikatorverdi") or self.said(name)).strip()

    def references(self, name: str) -> list[str]:
        """The ids this field refers to, be it one or a list."""
        found = self.fields.get(name)
        return [ref for ref in (found if isinstance(found, list) else [found]) if isinstance(ref, str) and ref]

    def period(self, notes: Notes, name: str) -> tuple[date | None, date | None]:
        """First day, and the day after the last."""
        start = notes.read(self.at(f"{name}.start"), self.said(name, "start"), day_in_norway)
        last = notes.read(self.at(f"{name}.slutt"), self.said(name, "slutt"), day_in_norway)
        return start, last + timedelta(days=1) if last else None


def entries_of(file: str, name: str, tree: Tree) -> tuple[Entry, ...]:
    """Every entry of a list; what is not an entry has nothing to say and is left out."""
    items = tree if isinstance(tree, list) else [tree]
    return tuple(
        Entry(Place(file, name, number), item) for number, item in enumerate(items, 1) if isinstance(item, dict)
    )


def day_in_norway(text: str) -> date:
    """The day of a time stamp as the clock is in Norway, or a plain day. Raises ValueProblem."""
    written = text.strip()
    plain = values.day(written)
    if "T" not in written or not (written.endswith("Z") or "+" in written):
        return plain
    try:
        return datetime.fromisoformat(written).astimezone(_NORWAY).date()
    except (ValueError, OverflowError):
        return plain
