"""Changes to the ledger of commitments, for the modules that give and take people's time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sloyfe.modules.time.models import Commitment


@dataclass(frozen=True, slots=True)
class Entry:
    person_id: int
    starts_at: datetime
    ends_at: datetime
    what: str
    origin_id: int


def write_ledger(origin: str, entries: Iterable[Entry], firmness: str) -> None:
    """Write or move commitments of one origin. The caller has checked the right to do so."""
    rows = [
        Commitment(
            person_id=e.person_id,
            starts_at=e.starts_at,
            ends_at=e.ends_at,
            what=e.what,
            firmness=firmness,
            origin=origin,
            origin_id=e.origin_id,
        )
        for e in entries
    ]
    Commitment.objects.for_system(f"ledger: {origin} gives and moves time").bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "origin", "origin_id"],
        update_fields=["starts_at", "ends_at", "what", "firmness"],
        batch_size=500,
    )


def settle_ledger(origin: str, origin_ids: Iterable[int], firmness: str, people: Collection[int] | None = None) -> int:
    """Mark commitments of one origin done or cancelled: everybody's, or those of some people."""
    with transaction.atomic():
        rows = Commitment.objects.for_system(f"ledger: {origin} settles time")
        settled = rows.filter(origin=origin, origin_id__in=list(origin_ids))
        if people is not None:
            settled = settled.filter(person__in=list(people))
        return int(settled.update(firmness=firmness))
