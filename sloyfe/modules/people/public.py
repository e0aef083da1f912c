"""What other modules may use of the people module."""

from sloyfe.modules.people.daily import NewDay, new_day
from sloyfe.modules.people.imports.reads import imports_of
from sloyfe.modules.people.models import User
from sloyfe.modules.people.reads import (
    Held,
    Workplace,
    below_any_line,
    colleague_named,
    holders,
    people_by_number,
    people_in,
    person_names,
    posts_held,
    staff,
    staff_ids,
    unit_and_above,
    unit_names,
    units_of,
    workplace_names,
    workplaces,
)
from sloyfe.modules.people.tree import around, below, nearest_leaders, office_of
from sloyfe.modules.people.unsettled import ToHandOver, Unsettled, unsettled_handovers, unsettled_roles
from sloyfe.modules.people.viewers import role_name, viewer_for, viewer_for_person

__all__ = [
    "Held",
    "NewDay",
    "ToHandOver",
    "Unsettled",
    "User",
    "Workplace",
    "around",
    "below",
    "below_any_line",
    "colleague_named",
    "holders",
    "imports_of",
    "nearest_leaders",
    "new_day",
    "office_of",
    "people_by_number",
    "people_in",
    "person_names",
    "posts_held",
    "role_name",
    "staff",
    "staff_ids",
    "unit_and_above",
    "unit_names",
    "units_of",
    "unsettled_handovers",
    "unsettled_roles",
    "viewer_for",
    "viewer_for_person",
    "workplace_names",
    "workplaces",
]
