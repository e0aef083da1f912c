"""Moodle's competency framework CSV (admin/tool/lpimportcsv), in and out: `read` and `write`."""

from sloyfe.modules.catalogue.formats.moodle.reader import read
from sloyfe.modules.catalogue.formats.moodle.writer import write

__all__ = ["read", "write"]
