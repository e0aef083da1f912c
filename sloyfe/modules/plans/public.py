"""What pages across modules may use of the plans."""

from sloyfe.modules.plans.known import Known, known_in
from sloyfe.modules.plans.leaving import in_plans
from sloyfe.modules.plans.needs import Need, needs
from sloyfe.modules.plans.reads import (
    MySession,
    Overview,
    Waiting,
    my_sessions,
    overview,
    plans,
    units_to_plan_for,
    units_to_see_needs,
    waiting_for,
)

__all__ = [
    "Known",
    "MySession",
    "Need",
    "Overview",
    "Waiting",
    "in_plans",
    "known_in",
    "my_sessions",
    "needs",
    "overview",
    "plans",
    "units_to_plan_for",
    "units_to_see_needs",
    "waiting_for",
]
