"""What from outside gives rise to a need: an analysis, a new task, changed rules, and the competences it touches."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sloyfe.core.access import Dated, Public, Record
from sloyfe.modules.catalogue.models.competences import Competence
from sloyfe.modules.catalogue.models.profiles import Requirement


class Cause(Dated, Record):
    """It says what changes, who ordered it, where that stands, from which day, and whether it must be followed.

    `unit` is where it holds, with all below it; without one it holds for the whole body. `line` narrows it to those
    who answer to the state or to a municipality. Written in one language, by whoever tells of it.
    """

    class Kind(models.TextChoices):
        RULES = "rules", pgettext_lazy("cause", "changed rules")
        TASK = "task", pgettext_lazy("cause", "new task")
        ANALYSIS = "analysis", pgettext_lazy("cause", "analysis")
        OTHER = "other", pgettext_lazy("cause", "something else")

    class Line(models.TextChoices):
        STATE = "state", _("only state employees")
        MUNICIPAL = "municipal", _("only municipal employees")

    TITLE, CHANGES, SOURCE = 160, 1000, 300

    access = Public()

    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=TITLE)
    changes = models.TextField(max_length=CHANGES)
    ordered_by = models.CharField(max_length=12, choices=Requirement.Source)
    source = models.CharField(max_length=SOURCE)
    address = models.URLField(max_length=500, blank=True)
    mandatory = models.BooleanField()
    unit = models.ForeignKey("people.Unit", models.CASCADE, null=True, blank=True, related_name="causes")
    line = models.CharField(max_length=9, choices=Line, blank=True)

    class Meta(Dated.Meta):
        ordering = ("valid_from", "pk")


class CauseTouches(Record):
    """One competence it asks for, and at what level where that is known."""

    access = Public()

    cause = models.ForeignKey(Cause, models.CASCADE, related_name="touches")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="causes")
    level = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["cause", "competence"], name="catalogue_cause_touches_once"),)
