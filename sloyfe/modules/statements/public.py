"""What other modules may use of the statements module."""

from sloyfe.modules.statements.index import index_everything
from sloyfe.modules.statements.reads import area_needs, mine

__all__ = ["area_needs", "index_everything", "mine"]
