"""Write down what was changed, in the same transaction as the change."""

from __future__ import annotations

from typing import Any

from django.db import models

from sloyfe.core.access import Viewer
from sloyfe.core.audit.models import Event
from sloyfe.core.sql import in_own_transaction


class OutsideTransaction(RuntimeError):
    """An event was to be written apart from its change: one of them could then be lost."""


def record(
    by: Viewer | str, verb: str, row: models.Model | None, *, subject_id: int | None = None, **details: Any
) -> Event:
    """One line: who (a viewer, or the system for a stated reason) did what to which row, if it was to one.

    Call it inside the transaction of the change. `subject_id` is the person it concerns, if any; `details`
    are short facts that JSON can hold (dates and decimals too), about the subject and no other person.
    """
    if not in_own_transaction():
        raise OutsideTransaction("write the event inside the transaction of the change it tells of")
    if isinstance(by, str) and not by.strip():
        raise ValueError("an event needs a viewer, or the system's reason")
    return Event.objects.create(
        actor_id=by.person_id if isinstance(by, Viewer) else None,
        system=by if isinstance(by, str) else "",
        verb=verb,
        table=row._meta.label_lower if row else "",
        row_id=row.pk if row else None,
        subject_id=subject_id,
        details=details,
    )
