"""What a new day changes in the organisation by itself. Safe to repeat; see `manage.py daily`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from sloyfe.modules.people.history import names_on
from sloyfe.modules.people.leaving import list_handovers
from sloyfe.modules.people.models import Unit
from sloyfe.modules.people.tree import rebuild_closure


@dataclass(frozen=True, slots=True)
class NewDay:
    """What was done: units that took a new name, and things that were listed to be handed over."""

    renamed: int
    handovers: int


def new_day(day: date) -> NewDay:
    """Who stands under whom today, names that begin today, and what was held by those who have left."""
    with transaction.atomic():
        rebuild_closure(day)
        return NewDay(_take_names(day), list_handovers(day))


def _take_names(day: date) -> int:
    """`Unit.name` is today's; one that was decided earlier begins on its day."""
    names = names_on(day)
    late = [unit for unit in Unit.objects.all() if names.get(unit.pk, unit.name) != unit.name]
    for unit in late:
        unit.name = names[unit.pk]
    Unit.objects.bulk_update(late, ["name"])
    return len(late)
