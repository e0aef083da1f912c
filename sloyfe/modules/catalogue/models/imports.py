"""What importing leaves behind: rows that could not be used, rows as their format wrote them, and the import itself."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sloyfe.core.access import Holding, Public, Record
from sloyfe.modules.catalogue.models.competences import Framework


class ReportedRow(Record):
    """A row of an imported file that could not be used: kept whole, with the reason. Nothing is lost.

    `message` is a message id, filled from `params` and translated where it is shown.
    """

    access = Public()

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="reported_rows")
    file = models.CharField(max_length=200)
    sheet = models.CharField(max_length=200, blank=True)
    row = models.PositiveIntegerField()
    message = models.CharField(max_length=300)
    params = models.JSONField(default=dict, blank=True)
    values = models.JSONField()


class SourceRow(Record):
    """A row as its format wrote it, where that says more than our tables: so it goes out as it came in.

    `key` is the competence's; empty for the file itself.
    """

    access = Public()

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="source_rows")
    key = models.CharField(max_length=200, blank=True)
    values = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["framework", "key"], name="catalogue_source_row_once"),)


def random_name(row: models.Model, name: str) -> str:
    """Where a file lies: nothing of what it was called."""
    return f"catalogue/{uuid4().hex}"


class Import(Record):
    """One import: uploaded, rehearsed, and then carried out or dropped.

    `names` are the files as they were called. `report` is what its page shows, `lines` the fingerprint of the
    rehearsal's log: what is carried out must be what was seen. The files are kept until the import is carried
    out or dropped, and no longer.
    """

    class Format(models.TextChoices):
        OWN = "own", _("our own format (CSV or Excel)")
        ESCO = "esco", _("ESCO (CSV files, as ZIP)")
        DDAT = "ddat", _("the British framework for digital and data (two CSV files)")
        DIGCOMP = "digcomp", _("DigComp 3.0 (JSON-LD)")
        MOODLE = "moodle", _("Moodle's competency framework (CSV)")

    class State(models.TextChoices):
        READING = "reading", pgettext_lazy("import", "being read")
        READY = "ready", pgettext_lazy("import", "ready")
        STOPPED = "stopped", pgettext_lazy("import", "stopped")
        DONE = "done", pgettext_lazy("import", "carried out")

    access = Holding("catalogue.edit")

    format = models.CharField(max_length=10, choices=Format)
    whole = models.BooleanField(default=False)
    into = models.ForeignKey(Framework, models.SET_NULL, null=True, blank=True, related_name="imports")
    edition = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    names = models.JSONField(default=list, blank=True)
    report = models.JSONField(default=dict, blank=True)
    lines = models.CharField(max_length=64, blank=True)
    details = models.FileField(upload_to=random_name, blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")


class ImportFile(Record):
    """An uploaded file, under a random name."""

    access = Holding("catalogue.edit", covers=("of_import",))

    of_import = models.ForeignKey(Import, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content = models.FileField(upload_to=random_name)


class Export(Record):
    """A framework written to a file that takes a while to write; the next one takes its place."""

    class Format(models.TextChoices):
        XLSX = "xlsx", _("Excel workbook")
        CSV = "zip", _("CSV files, as ZIP")
        MOODLE = "csv", _("Moodle's competency framework (CSV)")

    access = Public()

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="exports")
    format = models.CharField(max_length=4, choices=Format)
    language = models.CharField(max_length=10)
    content = models.FileField(upload_to=random_name, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["framework", "format", "language"], name="catalogue_export_once"),
        )
