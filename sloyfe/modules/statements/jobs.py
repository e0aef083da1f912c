"""The worker's part: what a new day does to statements."""

from sloyfe.core.jobs.daily import every_day
from sloyfe.modules.statements.daily import delete_what_is_past

every_day(delete_what_is_past)
