"""What pictures remember of a person goes when what she said has gone: on its day, or because she took it back.

The pictures themselves stand. Of her only a part of a sum is left, as somebody who was there then and never since.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from sloyfe.core.audit.actions import record
from sloyfe.reporting.picture.gather import levels_counted
from sloyfe.reporting.picture.memory import Past
from sloyfe.reporting.picture.publish import forget, kept
from sloyfe.reporting.picture.seal import digest

REASON = "what is no longer said is not remembered"


def forget_what_has_gone(day: date) -> int:
    """How many are forgotten. Safe to repeat; done on each new day, after what is deleted that day is gone."""
    forgotten = 0
    for publication in kept():
        past = Past.read(publication, publication.competences)
        said_now = levels_counted(day, past.people, publication.competences)
        gone = past.people[((past.said.level > 0) & (said_now == 0)).any(axis=1)].tolist()
        if gone:
            with transaction.atomic():
                forget(publication, gone)
                record(REASON, "picture.forgot", publication, people=len(gone), digest=digest(publication))
        forgotten += len(gone)
    return forgotten
