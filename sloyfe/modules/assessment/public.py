"""What other modules may use of the mapping rounds."""

from sloyfe.modules.assessment.reads import calling, occasion, open_to

__all__ = ["calling", "occasion", "open_to"]
