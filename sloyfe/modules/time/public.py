"""What other modules may use of the time module."""

from sloyfe.modules.time.actions import Entry, settle_ledger, write_ledger
from sloyfe.modules.time.away import Away, Calendars, calendars, facilitator_away
from sloyfe.modules.time.holidays import public_holidays, quiet_days
from sloyfe.modules.time.models import MinimumStaffing
from sloyfe.modules.time.reads import (
    Promise,
    Source,
    booked_minutes,
    learning_minutes,
    minimum_staffing,
    own_weeks,
    sources,
)
from sloyfe.modules.time.workdays import workdays

__all__ = [
    "Away",
    "Calendars",
    "Entry",
    "MinimumStaffing",
    "Promise",
    "Source",
    "booked_minutes",
    "calendars",
    "facilitator_away",
    "learning_minutes",
    "minimum_staffing",
    "own_weeks",
    "public_holidays",
    "quiet_days",
    "settle_ledger",
    "sources",
    "workdays",
    "write_ledger",
]
