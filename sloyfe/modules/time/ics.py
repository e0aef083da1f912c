"""Free/busy out of a calendar file: from–to and nothing else. What an event is about is never looked at.

Times without a zone are read in the house's own. What repeats is written out for the weeks asked for, within
limits that an honest calendar never meets.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import recurring_ical_events
from django.utils import timezone
from django.utils.translation import gettext as _

BYTES_AT_MOST = 5_000_000
OCCURRENCES_AT_MOST = 5_000
STEPS_AT_MOST = 200_000
"""Repetitions counted from an event's beginning to the end of the period, over all events."""
A_DAY = {"HOURLY": 24.0, "DAILY": 1.0, "WEEKLY": 1 / 7, "MONTHLY": 1 / 30, "YEARLY": 1 / 365}

Span = tuple[datetime, datetime]

NOT_READABLE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    OSError,
    icalendar.InvalidCalendar,
)
"""What the libraries raise when a file breaks the format, found by feeding them broken files."""


class Unreadable(Exception):
    """The file cannot be read. The message is a sentence for whoever sent it."""


def read_busy(data: bytes, first: date, last: date) -> list[Span]:
    """When the calendar is taken from `first` to `last` (included): in order, and never overlapping."""
    if len(data) > BYTES_AT_MOST:
        raise Unreadable(_("The file is larger than %(limit)s MB. Send a calendar for a shorter time.") % {"limit": 5})
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
        spans = [span for calendar in calendars for span in _spans(calendar, begin, end)]
    except NOT_READABLE:
        raise Unreadable(_not_a_calendar()) from None
    if not any(calendar.walk("VEVENT") or calendar.walk("VFREEBUSY") for calendar in calendars):
        raise Unreadable(_("There are no appointments in the file. Check that you chose the right one."))
    return _merged(spans)


def _not_a_calendar() -> str:
    return _("We could not read this as a calendar. Export it again as iCalendar (.ics) and send that file.")


def _spans(calendar: Any, begin: datetime, end: datetime) -> Iterator[Span]:
    if not isinstance(calendar, icalendar.Calendar):
        raise ValueError("no VCALENDAR around what is in the file")
    _refuse_too_much(calendar, end)
    calendar.subcomponents = [part for part in calendar.subcomponents if part.name != "VEVENT" or "DTSTART" in part]
    for count, event in enumerate(recurring_ical_events.of(calendar).between(begin, end), 1):
        if count > OCCURRENCES_AT_MOST:
            raise Unreadable(_too_much())
        if _takes_time(event):
            yield from _within(event["DTSTART"].dt, event["DTEND"].dt, begin, end)
    for part in calendar.walk("VFREEBUSY"):
        yield from _free_busy(part, begin, end)


def _takes_time(event: Any) -> bool:
    """Not what is shown as free, nor what is called off."""
    shown = {str(event.get(key, "")).upper() for key in ("TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS")}
    return shown.isdisjoint({"TRANSPARENT", "CANCELLED", "FREE"})


def _free_busy(part: Any, begin: datetime, end: datetime) -> Iterator[Span]:
    found = part.get("FREEBUSY", [])
    for line in found if isinstance(found, list) else [found]:
        if str(line.params.get("FBTYPE", "BUSY")).upper() != "FREE":
            yield from _within(line.start, line.end, begin, end)


def _refuse_too_much(calendar: Any, end: datetime) -> None:
    steps = 0.0
    for event in calendar.walk("VEVENT"):
        steps += 1
        rules = event.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            steps += _steps(rule, event, end)
    if steps > STEPS_AT_MOST:
        raise Unreadable(_too_much())


def _steps(rule: Any, event: Any, end: datetime) -> float:
    """How many times a rule comes round until the end. What repeats within the hour never will be a calendar."""
    frequency = str(rule.get("FREQ", [""])[0]).upper()
    within_a_day = 1
    for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        within_a_day *= max(1, len(rule.get(part, [])))
    if frequency not in A_DAY or within_a_day > 24:
        return float("inf")
    if "DTSTART" not in event:
        return 0
    began = event["DTSTART"].dt
    days = max(1, (end.date() - date(began.year, began.month, began.day)).days)
    return float(days * max(A_DAY[frequency], 1 / 7) * within_a_day)


def _too_much() -> str:
    return _("There are more appointments in the file than we can read. Send a calendar for a shorter time.")


def _within(start: date | datetime, stop: date | datetime, begin: datetime, end: datetime) -> Iterator[Span]:
    starts_at, ends_at = max(_instant(start), begin), min(_instant(stop), end)
    if starts_at < ends_at:
        yield starts_at, ends_at


def _instant(value: date | datetime) -> datetime:
    if not isinstance(value, datetime):
        return _midnight(value)
    return value if value.tzinfo else timezone.make_aware(value)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _merged(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, stop in sorted((a.astimezone(UTC), b.astimezone(UTC)) for a, b in spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        else:
            found.append((start, stop))
    return found
