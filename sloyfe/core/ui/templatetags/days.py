"""`{% load days %}`: dates, hours and names as people say them. The words are made in `core.ui.dates`.

The filters that may have to say the year take the day it is now: `{{ when|day:viewer.day }}`. Left out, it is
the day of this request.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone

from sloyfe.core.ui import dates

register = template.Library()


@register.filter
def day(value: date | datetime | None, today: date | None = None) -> str:
    """«15. desember», with the year when it is not this one."""
    return dates.day_in_words(value, today or timezone.localdate()) if value else ""


@register.filter
def weekday(value: date | datetime | None, today: date | None = None) -> str:
    """«tirsdag 2. desember»."""
    return dates.weekday_in_words(value, today or timezone.localdate()) if value else ""


@register.filter
def last_day(value: date | None, today: date | None = None) -> str:
    """The last day of a period whose end is the day after."""
    return day(value - timedelta(days=1), today) if value else ""


@register.filter
def moment(value: datetime | None, today: date | None = None) -> str:
    """«17. november kl. 10.12»."""
    return dates.moment_in_words(value, today or timezone.localdate()) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    """«10.12»."""
    return dates.clock_in_words(value) if value else ""


@register.filter
def hours(minutes: int | float | None) -> str:
    """Minutes as hours: «45 minutter», «28,5 timer»."""
    return dates.hours_in_words(minutes) if minutes is not None else ""


@register.filter
def number(value: int | float | None) -> str:
    """«1 520»."""
    return dates.number_in_words(value) if value is not None else ""


@register.filter
def initials(name: str) -> str:
    """First letters of the first and the last name."""
    parts = name.split()
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()
