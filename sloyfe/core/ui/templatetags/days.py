"""Days, times and hours in words: «15. desember», «tirsdag 2. desember», «28,5 timer»."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()
PATTERNS = {"en": "j F"}
USUAL = "j. F"


@register.filter
def day(value: date | datetime | None) -> str:
    """«15. desember», with the year when it is not this one."""
    if value is None:
        return ""
    on = _local(value)
    pattern = PATTERNS.get((get_language() or "nb")[:2], USUAL)
    return date_format(on, pattern if on.year == timezone.localdate().year else f"{pattern} Y")


@register.filter
def weekday(value: date | datetime) -> str:
    """«tirsdag 2. desember»."""
    return f"{date_format(_local(value), 'l').lower() if _norwegian() else date_format(_local(value), 'l')} {day(value)}"


@register.filter
def last_day(value: date | None) -> str:
    """The last day of a period whose end is the day after."""
    return day(value - timedelta(days=1)) if value else ""


@register.filter
def clock(value: datetime) -> str:
    return date_format(timezone.localtime(value), "H:i")


@register.filter
def hours(minutes: int | float) -> str:
    """Minutes as hours in words: «28,5 timer», «1 time»."""
    amount = round(minutes / 60, 1)
    text = number_format(int(amount) if amount == int(amount) else amount, use_l10n=True, force_grouping=True)
    return _("%(n)s hour") % {"n": text} if amount == 1 else _("%(n)s hours") % {"n": text}


@register.filter
def initials(name: str) -> str:
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


def _local(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _norwegian() -> bool:
    return (get_language() or "nb")[:2] != "en"
