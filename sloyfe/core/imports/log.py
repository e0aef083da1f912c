"""The log of an import: what was created, changed, ended or left as it was, and where in the file it stood.

A rehearsal and the real run write the same log, and `lines` says it so that the two can be compared line for
line: no database ids, no times, in the order of writing. Field values are kept as short plain text. The log
knows no table and translates nothing; names of things and fields are message ids for whoever shows them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sloyfe.core.imports.places import Place, Problem, Weight

Value = str | int | bool | Decimal | date | None
"""What a field can hold in the log; `None` and the empty text are both said as nothing."""


class Kind(StrEnum):
    CREATE = "create"
    CHANGE = "change"
    END = "end"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One field, as text, before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`key` is the source's own key, `label` what a person calls the thing."""

    kind: Kind
    object_type: str
    key: str
    label: str
    place: Place
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """All entries of one kind about one type of thing, in the order of writing."""

    kind: Kind
    object_type: str
    entries: tuple[Entry, ...]

    @property
    def count(self) -> int:
        return len(self.entries)


@dataclass(slots=True)
class Log:
    """Filled by the writer of an import. `applied` is set by `rehearsal.run` alone."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    applied: bool = False

    def created(self, object_type: str, key: str, label: str, place: Place, values: Mapping[str, Value]) -> None:
        changes = tuple(Change(name, "", said(value)) for name, value in values.items() if said(value))
        self.entries.append(Entry(Kind.CREATE, object_type, key, label, place, changes))

    def changed(
        self,
        object_type: str,
        key: str,
        label: str,
        place: Place,
        before: Mapping[str, Value],
        after: Mapping[str, Value],
    ) -> bool:
        """Log what differs between `before` and `after` (fields of `after` only); False if nothing does.

        Where nothing differs the entry says `unchanged`, so a writer can call this for every known row and
        save only when the answer is True.
        """
        pairs = ((name, said(before.get(name)), said(value)) for name, value in after.items())
        changes = tuple(Change(name, old, new) for name, old, new in pairs if old != new)
        kind = Kind.CHANGE if changes else Kind.UNCHANGED
        self.entries.append(Entry(kind, object_type, key, label, place, changes))
        return bool(changes)

    def ended(
        self,
        object_type: str,
        key: str,
        label: str,
        place: Place,
        changes: Mapping[str, tuple[Value, Value]],
    ) -> None:
        """`changes` maps each field to its value before and after (most often the last day)."""
        told = tuple(Change(name, said(old), said(new)) for name, (old, new) in changes.items())
        self.entries.append(Entry(Kind.END, object_type, key, label, place, told))

    def unchanged(self, object_type: str, key: str, label: str, place: Place) -> None:
        self.entries.append(Entry(Kind.UNCHANGED, object_type, key, label, place))

    def problem(self, *problems: Problem) -> None:
        self.problems.extend(problems)

    @property
    def stopped(self) -> bool:
        """True where a problem stops the import: nothing is kept."""
        return any(problem.weight is Weight.STOPS for problem in self.problems)

    def groups(self) -> tuple[Group, ...]:
        """Entries by kind (in the order of `Kind`), then type of thing as first met."""
        gathered: dict[tuple[Kind, str], list[Entry]] = {}
        for entry in self.entries:
            gathered.setdefault((entry.kind, entry.object_type), []).append(entry)
        order = list(Kind)
        keys = sorted(gathered, key=lambda key: order.index(key[0]))
        return tuple(Group(kind, name, tuple(gathered[kind, name])) for kind, name in keys)

    def counts(self) -> dict[Kind, int]:
        """How many entries of each kind, all types together; every kind is there, also at 0."""
        counted = Counter(entry.kind for entry in self.entries)
        return {kind: counted[kind] for kind in Kind}

    def lines(self) -> tuple[str, ...]:
        """The whole log as text, one line for each entry and problem; equal for equal runs."""
        return (*map(_entry_line, self.entries), *map(_problem_line, self.problems))

    def to_json(self) -> str:
        """Whole and reversible (`from_json`); keys sorted, so equal logs are equal texts."""
        data = {
            "applied": self.applied,
            "entries": [asdict(entry) for entry in self.entries],
            "problems": [asdict(_plain(problem)) for problem in self.problems],
        }
        return json.dumps(data, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Log:
    """The log `Log.to_json` wrote. Raises `KeyError` or `ValueError` on anything else."""
    data = json.loads(text)
    entries = [_entry(raw) for raw in data["entries"]]
    problems = [_problem(raw) for raw in data["problems"]]
    return Log(entries, problems, bool(data["applied"]))


def said(value: Value) -> str:
    """A field's value as the log keeps it: days as 2025-12-31, numbers without idle zeros, yes/no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _plain(problem: Problem) -> Problem:
    return Problem(problem.place, problem.weight, problem.message, problem.remedy, problem.value, dict(problem.params))


def _entry(raw: dict[str, Any]) -> Entry:
    changes = tuple(Change(**change) for change in raw["changes"])
    return Entry(Kind(raw["kind"]), raw["object_type"], raw["key"], raw["label"], Place(**raw["place"]), changes)


def _problem(raw: dict[str, Any]) -> Problem:
    return Problem(**{**raw, "place": Place(**raw["place"]), "weight": Weight(raw["weight"])})


def _entry_line(entry: Entry) -> str:
    changes = "; ".join(
        f"{change.field}: {_quoted(change.before)} → {_quoted(change.after)}" for change in entry.changes
    )
    named = f"{entry.object_type} {_quoted(entry.key)} {_quoted(entry.label)}"
    return f"{_place(entry.place)} {entry.kind} {named} {changes}".rstrip()


def _problem_line(problem: Problem) -> str:
    params = "; ".join(f"{name}: {_quoted(value)}" for name, value in sorted(problem.params.items()))
    told = f"{_quoted(problem.message)} {_quoted(problem.value)}"
    return f"{_place(problem.place)} problem {problem.weight} {told} {params}".rstrip()


def _place(place: Place) -> str:
    return f"[{place.file}|{place.sheet}|{place.row}|{place.column}]"


def _quoted(text: str) -> str:
    """On one line whatever the text holds."""
    return json.dumps(text, ensure_ascii=False)
