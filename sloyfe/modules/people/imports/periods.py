"""Which day a row of a file speaks of, and dated rows on their way to being written.

A file says what holds now; the tables keep what held before. So a row is compared with what holds on one
day, and where the two differ the old ends and the new begins: nothing that was is told anew. The exception
is a row that itself ends before today: it tells of that period, and is written there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from django.db import models

BATCH = 1000
FIRST_DAY = date(1900, 1, 1)
"""Where a unit begins that a file gives no first day: as long as anyone knows."""

Row = TypeVar("Row", bound=Any)


def spoken_of(valid_from: date | None, valid_to: date | None, today: date) -> date:
    """The day on which a row of a file is compared with what is known."""
    if valid_from and valid_from > today:
        return valid_from
    if valid_to and valid_to <= today:
        return valid_from or valid_to - timedelta(days=1)
    return today


def change_day(valid_from: date | None, valid_to: date | None, began: date, today: date) -> date:
    """When what a row says takes over from what began on `began`: on its own first day, else today."""
    if valid_from and valid_from > began:
        return valid_from
    past = valid_to is not None and valid_to <= today
    return began if past else max(today, began)


def last_day(valid_to: date | None) -> date | None:
    """The last day of a half-open period, as people say it."""
    return valid_to - timedelta(days=1) if valid_to else None


def earliest(*ends: date | None) -> date | None:
    """The first end; None is no end."""
    return min((end for end in ends if end is not None), default=None)


def overlaps(row: Any, valid_from: date, valid_to: date | None) -> bool:
    begins_before_end = valid_to is None or row.valid_from < valid_to
    return begins_before_end and (row.valid_to is None or valid_from < row.valid_to)


@dataclass(slots=True)
class Book(Generic[Row]):
    """The dated rows of one table by `key`, with what is new and changed; `write` stores it in bulk."""

    model: type[Row]
    key: Callable[[Row], Hashable]
    rows: dict[Hashable, list[Row]] = field(default_factory=lambda: defaultdict(list))
    new: list[Row] = field(default_factory=list)
    changed: dict[int, tuple[Row, set[str]]] = field(default_factory=dict)
    dropped: list[Row] = field(default_factory=list)

    def load(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.rows[self.key(row)].append(row)

    def on(self, key: Hashable, day: date) -> list[Row]:
        return [row for row in self.rows.get(key, ()) if row.holds_on(day)]

    def all(self) -> Iterator[Row]:
        for rows in self.rows.values():
            yield from rows

    def add(self, row: Row) -> Row:
        self.rows[self.key(row)].append(row)
        self.new.append(row)
        return row

    def put(self, row: Row, **values: object) -> None:
        """Set fields of a row that is here already."""
        for name, value in values.items():
            setattr(row, name, value)
        if not row._state.adding:
            self.changed.setdefault(id(row), (row, set()))[1].update(values)

    def cut(self, row: Row, day: date) -> None:
        """The row holds until the day at the latest; one that would begin after that goes."""
        if row.valid_from < day:
            self.put(row, valid_to=earliest(row.valid_to, day))
            return
        self.rows[self.key(row)].remove(row)
        if row._state.adding:
            self.new.remove(row)
        else:
            self.changed.pop(id(row), None)
            self.dropped.append(row)

    def take_over(self, row: Row, begins: date, ends: date | None, **values: object) -> Row:
        """`values` hold from `begins` until `ends` or the row's own end; what was before and after stays."""
        until = row.valid_to
        if ends is not None and (until is None or ends < until):
            self.add(_copy(row, valid_from=ends, valid_to=until))
            until = ends
        if begins <= row.valid_from:
            self.put(row, **values, valid_to=until)
            return row
        new = self.add(_copy(row, **values, valid_from=begins, valid_to=until))
        self.put(row, valid_to=begins)
        return new

    def free(self, key: Hashable, begins: date, ends: date | None, same: Callable[[Row], bool]) -> tuple[date, Any]:
        """The period as far as no row that is the same thing holds in it already."""
        for row in sorted(self.rows.get(key, ()), key=lambda each: each.valid_from):
            if same(row) and overlaps(row, begins, ends):
                if row.valid_from <= begins:
                    begins = row.valid_to or begins
                else:
                    ends = earliest(ends, row.valid_from)
        return begins, ends

    def write(self, reason: str) -> None:
        guarded = self.model.objects.for_system(reason)
        guarded.filter(pk__in=[row.pk for row in self.dropped]).delete()
        self.model.objects.bulk_create(self.new, batch_size=BATCH)
        ends: dict[date | None, list[int]] = defaultdict(list)
        others: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row, names in self.changed.values():
            if names == {"valid_to"}:
                ends[row.valid_to].append(row.pk)
            else:
                others[tuple(sorted(names))].append(row)
        for day, keys in ends.items():
            for some in in_parts(keys):
                guarded.filter(pk__in=some).update(valid_to=day)
        for fields, rows in others.items():
            guarded.bulk_update(rows, fields, batch_size=200)
        self.new, self.changed, self.dropped = [], {}, []


def in_parts(keys: Sequence[int], size: int = 5000) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def _copy(row: Row, **values: object) -> Row:
    kept = {
        each.attname: getattr(row, each.attname)
        for each in row._meta.concrete_fields
        if not each.primary_key and isinstance(each, models.Field)
    }
    made: Row = type(row)(**(kept | values))
    return made
