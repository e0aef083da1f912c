"""The Pen gate: a change must start and end inside what the writer may edit.

The row is saved first and asked about afterwards, in the same transaction, with the same rule that
decides reading; a row that would leave the writer's reach is rolled back with everything around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sloyfe.core.access.record import Record
from sloyfe.core.access.viewer import Viewer

Row = TypeVar("Row", bound=Record)


class OutOfReach(PermissionDenied):
    """The change would touch, or end in, something the writer may not edit. Nothing was changed."""


def save_as(viewer: Viewer, row: Row, capability: str) -> Row:
    """Validate and save one row, new or changed. Raises ValidationError or OutOfReach; then nothing changed."""
    with transaction.atomic():
        if not row._state.adding:
            _must_reach(viewer, type(row), [row.pk], capability)
        row.full_clean()
        row.save()
        _must_reach(viewer, type(row), [row.pk], capability)
    return row


def save_many_as(viewer: Viewer, model: type[Row], rows: Sequence[Row], capability: str) -> list[Row]:
    """Write new rows in batches and check them all with one question. Rows must be validated by the caller."""
    with transaction.atomic():
        written = list(model.objects.bulk_create(rows, batch_size=1000))
        _must_reach(viewer, model, [row.pk for row in written], capability)
    return written


def delete_as(viewer: Viewer, row: Record, capability: str) -> None:
    with transaction.atomic():
        _must_reach(viewer, type(row), [row.pk], capability)
        row.delete()


def _must_reach(viewer: Viewer, model: type[Record], keys: Iterable[int], capability: str) -> None:
    wanted = set(keys)
    seen: set[int] = set()
    listed = sorted(wanted)
    for start in range(0, len(listed), 5000):
        part = listed[start : start + 5000]
        rows = model.objects.for_viewer(viewer, capability).filter(pk__in=part)
        seen.update(rows.values_list("pk", flat=True))
    if seen != wanted:
        raise OutOfReach(f"{model.__name__}: outside what this viewer may change ({capability})")
