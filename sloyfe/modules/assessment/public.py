"""What other modules may use of the mapping rounds."""

from sloyfe.modules.assessment.reads import occasion, open_for

__all__ = ["occasion", "open_for"]
