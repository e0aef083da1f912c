"""What is kept of an import: who brought in what, how it went, and for a while the report in full."""

from __future__ import annotations

from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from sloyfe.core.access import Follows, Line, Record, Scope, Viewer
from sloyfe.core.access.rules import ALL, NONE, Rule
from sloyfe.core.policy import number

CAPABILITY = "import.run"


class Uploaded(Rule):
    """One's own uploads, and everybody's for those who may open every person's page: a report is full of persons."""

    view = CAPABILITY

    def rows(self, viewer: Viewer, capability: str) -> models.Q:
        if capability != CAPABILITY or not viewer.may(CAPABILITY):
            return NONE
        wide = [grant for grant in viewer.grants_for("person.view") if grant.scope is Scope.EVERYWHERE]
        everybody = {line for grant in wide for line in grant.lines} == set(Line)
        return ALL if everybody else models.Q(by_id=viewer.me)


class Import(Record):
    """One upload. What it holds lies under `folder` until it is applied, dropped or too old.

    `summary` is what `core.imports.report.summary` made of the last log. `counts` stays when the rest is gone,
    so it holds numbers and no names.
    """

    class State(models.TextChoices):
        REHEARSING = "rehearsing", pgettext_lazy("import", "being tried")
        REHEARSED = "rehearsed", pgettext_lazy("import", "tried, not carried out")
        APPLIED = "applied", pgettext_lazy("import", "carried out")
        DROPPED = "dropped", pgettext_lazy("import", "dropped")

    access = Uploaded()

    state = models.CharField(max_length=12, choices=State, default=State.REHEARSING)
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    applied_at = models.DateTimeField(null=True, blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)
    folder = models.CharField(max_length=40, blank=True)
    files = models.JSONField(default=list)
    employer = models.CharField(max_length=200, blank=True)
    last_day = models.DateField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    summary = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = (models.Index(fields=["-created_at"]),)

    def ends_to_confirm(self, day: date) -> int | None:
        """How many things a full list ends, where they are so many that the number must be typed; else None."""
        ends = int(self.counts.get("end", 0)) if self.last_day else 0
        return ends if ends > number("import.ends_ask", day) else None

    @property
    def changes(self) -> bool:
        """Whether carrying it out would change anything."""
        return any(self.counts.get(kind, 0) for kind in ("create", "change", "end"))

    @property
    def can_apply(self) -> bool:
        return (
            self.changes
            and self.state == self.State.REHEARSED
            and bool(self.folder)
            and not self.summary.get("stopped", True)
        )


class Part(Record):
    """A page of the report: so many entries of one kind about one type of thing, as the log writes them.

    `kind` is that of the log's entries, or «problem».
    """

    access = Follows("of")

    of = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=12)
    object_type = models.CharField(max_length=60, blank=True)
    number = models.PositiveIntegerField()
    log = models.TextField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["of", "kind", "object_type", "number"], name="people_imports_part_once"),
        )
