"""What other modules may use of the statements module."""

from sloyfe.modules.statements.index import index_everything
from sloyfe.modules.statements.levels import Said, counting_of, history, my_levels, say_level, set_counting
from sloyfe.modules.statements.reads import area_needs, mine
from sloyfe.modules.statements.shared import Shared, shared_with

__all__ = [
    "Said",
    "Shared",
    "area_needs",
    "counting_of",
    "history",
    "index_everything",
    "mine",
    "my_levels",
    "say_level",
    "set_counting",
    "shared_with",
]
