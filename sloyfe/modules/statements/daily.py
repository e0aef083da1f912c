"""What a new day does to statements: what a mapping round keeps until today is deleted, history and shares with it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from sloyfe.core.access import GuardedQuerySet
from sloyfe.core.audit.actions import record
from sloyfe.core.search.index import remove
from sloyfe.modules.statements.index import ASKABLE, KIND
from sloyfe.modules.statements.models import Statement

REASON = "delete what a mapping round keeps until today"
AT_A_TIME = 2000


def delete_what_is_past(day: date) -> int:
    """How many statements were deleted: all whose day has come, a few thousand in each transaction."""
    total = 0
    while found := dict(_past(day).order_by("pk").values_list("pk", "kind")[:AT_A_TIME]):
        with transaction.atomic():
            for key in (key for key, kind in found.items() if kind in ASKABLE):
                remove(KIND, str(key))
            deleted = _past(day).filter(pk__in=list(found)).delete()[1].get(Statement._meta.label, 0)
            if deleted:
                record(REASON, "statements.deleted_on_their_day", None, number=deleted)
        total += deleted
    return total


def _past(day: date) -> GuardedQuerySet:
    return Statement.objects.for_system(REASON).filter(kept_until__lte=day)
