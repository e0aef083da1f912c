"""Moodle's competency framework CSV (admin/tool/lpimportcsv), in and out: `read` and `write`.

`completed` and `language_of` tell what is new in a file of a framework that is here already.
"""

from sloyfe.modules.catalogue.formats.moodle.echo import completed, language_of
from sloyfe.modules.catalogue.formats.moodle.reader import read
from sloyfe.modules.catalogue.formats.moodle.writer import write

__all__ = ["completed", "language_of", "read", "write"]
