"""Frameworks, their scales and areas, and competences with all their words and where they lie."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Public, Record
from sloyfe.modules.catalogue.models.base import LABEL, Described, Named, Status


class Scale(Named, Record):
    """A level scale, such as the five steps from «with support» to «guides others»."""

    access = Public()

    code = models.SlugField(max_length=60, unique=True)
    proficient = models.PositiveSmallIntegerField(null=True, blank=True)


class Step(Named, Described, Record):
    """One step of a scale, with its wording."""

    access = Public()

    scale = models.ForeignKey(Scale, models.CASCADE, related_name="steps")
    level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("level",)
        constraints = (
            *Named.Meta.constraints,
            models.UniqueConstraint(fields=["scale", "level"], name="catalogue_step_once"),
        )


class Framework(Named, Described, Record):
    """A catalogue with a publisher and a version: our own, ESCO, DigComp …

    `licence` is the sentence the licence asks us to show.
    """

    access = Public()

    code = models.SlugField(max_length=60, unique=True)
    publisher = models.CharField(max_length=200, blank=True)
    version = models.CharField(max_length=40, blank=True)
    licence = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300, blank=True)
    scale = models.ForeignKey(Scale, models.PROTECT, null=True, blank=True, related_name="frameworks")


class Area(Named, Described, Record):
    """A group of competences within a framework; areas may lie in areas."""

    access = Public()

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="areas")
    key = models.CharField(max_length=200)

    class Meta:
        constraints = (
            *Named.Meta.constraints,
            models.UniqueConstraint(fields=["framework", "key"], name="catalogue_area_once"),
        )


class AreaParent(Record):
    access = Public()

    area = models.ForeignKey(Area, models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(Area, models.CASCADE, related_name="child_links")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "parent"], name="catalogue_area_parent_once"),)


class Competence(Named, Described, Record):
    """Something one can know, do or stand for."""

    class Kind(models.TextChoices):
        KNOWLEDGE = "knowledge", _("knowledge")
        SKILL = "skill", _("skill")
        ATTITUDE = "attitude", _("attitude")
        COMPETENCE = "competence", _("competence")
        UNSAID = "", _("not said")

    access = Public()

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="competences")
    key = models.CharField(max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PUBLISHED)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaces")
    scale = models.ForeignKey(Scale, models.PROTECT, null=True, blank=True, related_name="competences")

    class Meta:
        constraints = (
            *Named.Meta.constraints,
            models.UniqueConstraint(fields=["framework", "key"], name="catalogue_competence_once"),
        )
        indexes = (models.Index(fields=["framework", "status"]),)


class Placement(Record):
    """A competence lies in an area, or under a broader competence; it may have many places."""

    access = Public()

    competence = models.ForeignKey(Competence, models.CASCADE, related_name="placements")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="placements")
    broader = models.ForeignKey(Competence, models.CASCADE, null=True, blank=True, related_name="narrower")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(area__isnull=False) ^ Q(broader__isnull=False),
                name="catalogue_placement_in_one_thing",
            ),
            models.UniqueConstraint(fields=["competence", "area"], name="catalogue_placement_area_once"),
            models.UniqueConstraint(fields=["competence", "broader"], name="catalogue_placement_broader_once"),
        )


class AltLabel(Record):
    """Another word for the same thing. With `unit`: what that office calls it (a local term).

    `ours`: said here, for the whole body, and not by the framework; a new edition leaves it alone.
    """

    access = Public()

    competence = models.ForeignKey(Competence, models.CASCADE, related_name="alt_labels")
    language = models.CharField(max_length=2)
    text = models.CharField(max_length=LABEL)
    unit = models.ForeignKey("people.Unit", models.CASCADE, null=True, blank=True, related_name="local_terms")
    ours = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["competence", "language", "text"], condition=Q(unit=None), name="catalogue_alt_once"
            ),
            models.UniqueConstraint(
                fields=["competence", "language", "text", "unit"],
                condition=Q(unit__isnull=False),
                name="catalogue_local_term_once",
            ),
        )


class LevelWording(Described, Record):
    """What a level means for just this competence."""

    access = Public()

    competence = models.ForeignKey(Competence, models.CASCADE, related_name="wordings")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["competence", "level"], name="catalogue_wording_once"),)


class Relation(Record):
    """One competence is related to another, as a framework says: essential or optional for it."""

    access = Public()

    source = models.ForeignKey(Competence, models.CASCADE, related_name="relations")
    target = models.ForeignKey(Competence, models.CASCADE, related_name="related_from")
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "target", "kind"], name="catalogue_relation_once"),)
