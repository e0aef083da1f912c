"""Days on which nothing is planned.

Public holidays (lov om 1. og 17. mai, helligdagsfredloven) stand in the law. Quiet days are ours: between
Christmas and New Year, the days before Easter, and the summer weeks of the policy file. Whoever works then keeps
the service going, and a session would be one of those nobody comes to.
"""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter

from sloyfe.core.policy import number

FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)


def public_holidays(first: date, last: date) -> set[date]:
    """Public holidays from `first` to `last`, both included."""
    found: set[date] = set()
    for year in range(first.year, last.year + 1):
        found |= {date(year, month, day) for month, day in FIXED}
        found |= {easter(year) + timedelta(days=offset) for offset in FROM_EASTER}
    return {day for day in found if first <= day <= last}


def quiet_days(first: date, last: date) -> set[date]:
    """Days from `first` to `last`, both included, on which no session is placed though people may be at work."""
    found: set[date] = set()
    for year in range(first.year, last.year + 1):
        found |= {date(year, 12, day) for day in range(24, 32)}
        found |= {easter(year) - timedelta(days=before) for before in range(4, 7)}
        found |= _summer(year)
    return {day for day in found if first <= day <= last}


def _summer(year: int) -> set[date]:
    begin = date.fromisocalendar(year, number("plan.summer_first_week", date(year, 7, 1)), 1)
    end = date.fromisocalendar(year, number("plan.summer_last_week", date(year, 7, 1)), 7)
    return {begin + timedelta(days=n) for n in range((end - begin).days + 1)}
