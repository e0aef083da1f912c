"""ESCO: skills, occupations and how they hang together, from the official CSV files of one or more versions.

`read` is all that others need. The files say what is in them by their names; see `shelf`.
"""

from sloyfe.modules.catalogue.formats.esco.reader import read

__all__ = ["read"]
