"""What other modules may use of the statements module."""

from sloyfe.modules.statements.index import index_everything
from sloyfe.modules.statements.reads import area_needs, mine
from sloyfe.modules.statements.shared import Shared, shared_with

__all__ = ["Shared", "area_needs", "index_everything", "mine", "shared_with"]
