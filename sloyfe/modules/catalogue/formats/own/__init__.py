"""The catalogue's own simple format, CSV or XLSX, in and out: a sheet or a CSV file for each kind of thing.

`read` takes any of the sheets in any order; `workbook` and `csv_files` write them all; `template` is an empty
workbook with every heading and a sheet that says what may be written.
"""

from sloyfe.modules.catalogue.formats.own.reader import read
from sloyfe.modules.catalogue.formats.own.writer import csv_files, template, workbook

__all__ = ["csv_files", "read", "template", "workbook"]
