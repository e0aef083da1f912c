"""What other modules may use of «finn tid»."""

from sloyfe.modules.staffing.actions import find_time, take
from sloyfe.modules.staffing.ask import Ask
from sloyfe.modules.staffing.models import Proposal
from sloyfe.modules.staffing.reads import Proposed, latest_proposal, proposals, proposed_sessions

__all__ = [
    "Ask",
    "Proposal",
    "Proposed",
    "find_time",
    "latest_proposal",
    "proposals",
    "proposed_sessions",
    "take",
]
