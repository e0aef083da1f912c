"""What other modules may use of the statements module."""

from sloyfe.modules.statements.confirmations import to_confirm
from sloyfe.modules.statements.index import index_everything
from sloyfe.modules.statements.leaving import shared_so_far
from sloyfe.modules.statements.levels import Said, counting_of, history, my_levels, say_level, set_counting
from sloyfe.modules.statements.occasion import Occasion, finds_occasions
from sloyfe.modules.statements.proofs import MyProof, expiring
from sloyfe.modules.statements.reads import area_needs, stale
from sloyfe.modules.statements.shared import Shared, shared_with
from sloyfe.modules.statements.standing import Standing, holds, standing
from sloyfe.modules.statements.wishes import answer, say_wishes

__all__ = [
    "shared_so_far",
    "MyProof",
    "Occasion",
    "Said",
    "Shared",
    "Standing",
    "answer",
    "area_needs",
    "counting_of",
    "expiring",
    "finds_occasions",
    "history",
    "holds",
    "index_everything",
    "my_levels",
    "say_level",
    "say_wishes",
    "set_counting",
    "shared_with",
    "stale",
    "standing",
    "to_confirm",
]
