"""Days on which nothing is planned: Norwegian public holidays (lov om 1. og 17. mai, helligdagsfredloven)."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter

FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)


def public_holidays(first: date, last: date) -> set[date]:
    """Public holidays from `first` to `last`, both included."""
    found: set[date] = set()
    for year in range(first.year, last.year + 1):
        found |= {date(year, month, day) for month, day in FIXED}
        found |= {easter(year) + timedelta(days=offset) for offset in FROM_EASTER}
    return {day for day in found if first <= day <= last}
