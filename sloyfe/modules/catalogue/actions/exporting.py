"""Writes a framework to a file: at once when it is small, by the worker when it takes a while."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction

from sloyfe.core.access import Viewer
from sloyfe.core.jobs.actions import order
from sloyfe.core.jobs.models import Job
from sloyfe.modules.catalogue.exporting import draft_of, size_of
from sloyfe.modules.catalogue.formats import moodle, own
from sloyfe.modules.catalogue.models import Export, Framework

WRITE = "catalogue-export"
AT_ONCE = 3000
"""Rows that are written in well under two seconds."""


def is_small(framework: Framework) -> bool:
    return size_of(framework) <= AT_ONCE


def written(framework: Framework, format_code: str, language: str, day: date) -> bytes:
    """The file, in a format of `Export.Format`."""
    draft = draft_of(framework, day)
    if format_code == Export.Format.MOODLE:
        return moodle.write(draft, language)
    if format_code == Export.Format.XLSX:
        return own.workbook(draft, language)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in own.csv_files(draft, language).items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def order_export(viewer: Viewer, framework: Framework, format_code: str) -> Job:
    return order(viewer, WRITE, {"framework": framework.pk, "format": format_code, "day": viewer.day.isoformat()})


def keep_export(framework: Framework, format_code: str, language: str, content: bytes) -> Export:
    """Keep the file in place of the one before."""
    row: Export
    row, _made = Export.objects.get_or_create(framework=framework, format=format_code, language=language)
    if row.content.name:
        transaction.on_commit(partial(row.content.storage.delete, row.content.name))
    row.content.save("export", ContentFile(content))
    return row
