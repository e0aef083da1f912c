"""How often persons are looked up, month by month, for the parties. Never who, and never few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer
from sloyfe.core.audit.models import Look
from sloyfe.core.policy import number


@dataclass(frozen=True, slots=True)
class MonthOfLooks:
    """How many looks in one month; `count` is None when they are too few to be told."""

    month: date
    count: int | None
    least: int

    @property
    def words(self) -> str:
        if self.count is None:
            return _("fewer than %(least)s") % {"least": self.least}
        return str(self.count)


def looks_by_month(viewer: Viewer, months: int = 12) -> list[MonthOfLooks]:
    """Looks in the whole body, this month first. Raises PermissionDenied without «looks.count»."""
    if not viewer.may("looks.count"):
        raise PermissionDenied("looks.count")
    least = number("people.counted_at_least", viewer.day)
    wanted = [_back(viewer.day, steps) for steps in range(months)]
    rows = Look.objects.for_system("count looks by month, never who").filter(at__date__gte=wanted[-1])
    by_month = rows.annotate(month=TruncMonth("at")).values_list("month").annotate(n=Count("pk")).order_by()
    found = {timezone.localtime(month).date(): count for month, count in by_month}
    counts = [(month, found.get(month, 0)) for month in wanted]
    return [MonthOfLooks(month, n if n >= least else None, least) for month, n in counts]


def _back(day: date, steps: int) -> date:
    """The first day of the month so many months back."""
    months = day.year * 12 + day.month - 1 - steps
    return date(months // 12, months % 12 + 1, 1)
