"""What other modules may use of «finn tid»."""

from sloyfe.modules.staffing.actions import find_time, take
from sloyfe.modules.staffing.ask import Ask, Replaced
from sloyfe.modules.staffing.gather import SESSIONS, earliest_day
from sloyfe.modules.staffing.models import Proposal
from sloyfe.modules.staffing.reads import Proposed, latest_proposal, proposals, proposed_sessions, replaced_by

__all__ = [
    "SESSIONS",
    "Ask",
    "Proposal",
    "Proposed",
    "Replaced",
    "earliest_day",
    "find_time",
    "latest_proposal",
    "proposals",
    "proposed_sessions",
    "replaced_by",
    "take",
]
