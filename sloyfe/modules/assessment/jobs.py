"""The worker's part: what a new day does to rounds."""

from sloyfe.core.jobs.daily import every_day
from sloyfe.modules.assessment.daily import new_day

every_day(new_day)
