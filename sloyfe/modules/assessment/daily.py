"""What a new day does to rounds: close those whose last day has passed, and end those whose answers are deleted."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from sloyfe.core.audit.actions import record
from sloyfe.modules.assessment.models import Participation, Round

REASON = "a round has come to its end"


def new_day(day: date) -> None:
    """Safe to repeat. The answers themselves are deleted by the day each carries, in the module they belong to."""
    with transaction.atomic():
        over = Round.objects.for_system(REASON).filter(state=Round.State.OPEN, closes_on__lt=day)
        over.update(state=Round.State.CLOSED)
        for ended in Round.objects.for_system(REASON).filter(state=Round.State.CLOSED, delete_on__lte=day):
            forgotten, _each = Participation.objects.for_system(REASON).filter(round=ended).delete()
            Round.objects.for_system(REASON).filter(pk=ended.pk).update(state=Round.State.DELETED)
            record(REASON, "round.deleted", ended, bookmarks=forgotten, due=ended.delete_on)
