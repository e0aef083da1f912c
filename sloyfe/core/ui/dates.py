"""Days, times, hours and counts as people say them, in the language that is active.

«15. desember», «tirsdag 2. desember», «17. november kl. 10.12», «28,5 timer». Month and weekday names are
Django's. Nothing here asks the clock: `today` only decides whether the year has to be said.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


def day_in_words(value: date | datetime, today: date) -> str:
    """«15. desember», and «15. desember 2027» when it is not this year."""
    on = local_day(value)
    pattern = "j F" if _english() else "j. F"
    return date_format(on, pattern if on.year == today.year else f"{pattern} Y")


def weekday_in_words(value: date | datetime, today: date) -> str:
    """«tirsdag 2. desember»."""
    return f"{date_format(local_day(value), 'l')} {day_in_words(value, today)}"


def clock_in_words(value: datetime) -> str:
    """«10.12» in Norwegian, «10:12» in English, always local time."""
    return date_format(timezone.localtime(value), "H:i" if _english() else "H.i")


def moment_in_words(value: datetime, today: date) -> str:
    """«17. november kl. 10.12»."""
    return _("%(day)s at %(clock)s") % {"day": day_in_words(value, today), "clock": clock_in_words(value)}


def hours_in_words(minutes: int | float) -> str:
    """Minutes as hours: «45 minutter», «1 time», «28,5 timer». Exact to the minute, so that sums add up."""
    whole = round(minutes)
    if 0 < abs(whole) < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", whole) % {"n": whole}
    amount = round(whole / 60, 2)
    text = number_in_words(int(amount) if amount == int(amount) else amount)
    return _("%(n)s hour") % {"n": text} if whole == 60 else _("%(n)s hours") % {"n": text}


def number_in_words(value: int | float) -> str:
    """«1 520», «0,75»: grouped, with the decimal sign of the language."""
    return number_format(value, use_l10n=True, force_grouping=True)


def local_day(value: date | datetime) -> date:
    """The day as the clock on the wall has it."""
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def _english() -> bool:
    return (get_language() or "nb").startswith("en")
