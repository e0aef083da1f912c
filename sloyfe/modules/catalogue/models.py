"""Frameworks, areas, competences with all their labels, levels, profiles and requirements."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import ByUnit, Dated, Follows, OwnedBy, Public, Record

LABEL = 500


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    OUTDATED = "outdated", _("outdated")


class Named(models.Model):
    """A label in each language. At least one is filled; readers fall back through the others."""

    label_nb = models.CharField(_("bokmål"), max_length=LABEL, blank=True)
    label_nn = models.CharField(_("nynorsk"), max_length=LABEL, blank=True)
    label_en = models.CharField(_("English"), max_length=LABEL, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=~Q(label_nb="", label_nn="", label_en=""),
                name="%(app_label)s_%(class)s_has_a_label",
            ),
        )


class Described(models.Model):
    about_nb = models.TextField(_("description, bokmål"), blank=True)
    about_nn = models.TextField(_("description, nynorsk"), blank=True)
    about_en = models.TextField(_("description, English"), blank=True)

    class Meta:
        abstract = True


class Scale(Named, Record):
    """A level scale, such as the five steps from «with support» to «guides others»."""

    access = Public()

    code = models.SlugField(max_length=60, unique=True)


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


class Framework(Named, Record):
    """A catalogue with a publisher and a version: our own, ESCO, DigComp …"""

    access = Public()

    code = models.SlugField(max_length=60, unique=True)
    publisher = models.CharField(max_length=200, blank=True)
    version = models.CharField(max_length=40, blank=True)
    licence = models.CharField(max_length=300, blank=True)
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
            models.UniqueConstraint(
                fields=["competence", "broader"], name="catalogue_placement_broader_once"
            ),
        )


class AltLabel(Record):
    """Another word for the same thing. With `unit`: what that office calls it (a local term)."""

    access = Public()

    competence = models.ForeignKey(Competence, models.CASCADE, related_name="alt_labels")
    language = models.CharField(max_length=2)
    text = models.CharField(max_length=LABEL)
    unit = models.ForeignKey("people.Unit", models.CASCADE, null=True, blank=True, related_name="local_terms")

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
        constraints = (
            models.UniqueConstraint(fields=["competence", "level"], name="catalogue_wording_once"),
        )


class Relation(Record):
    """One competence is related to another, as a framework says: essential or optional for it."""

    access = Public()

    source = models.ForeignKey(Competence, models.CASCADE, related_name="relations")
    target = models.ForeignKey(Competence, models.CASCADE, related_name="related_from")
    kind = models.CharField(max_length=20)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "target", "kind"], name="catalogue_relation_once"),
        )


class Profile(Named, Described, Record):
    """A set of requirements. It applies by position, by role held, by unit, or to a person directly."""

    class Kind(models.TextChoices):
        POSITION = "position", _("position")
        ROLE = "role", _("role")
        UNIT = "unit", _("unit")
        OCCUPATION = "occupation", _("occupation")
        ROLE_LEVEL = "role_level", _("role level")

    access = Public()

    framework = models.ForeignKey(Framework, models.CASCADE, null=True, blank=True, related_name="profiles")
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    position = models.CharField(max_length=200, blank=True)
    role = models.ForeignKey(
        "people.RoleKind", models.CASCADE, null=True, blank=True, related_name="profiles"
    )
    unit = models.ForeignKey("people.Unit", models.CASCADE, null=True, blank=True, related_name="profiles")
    unit_kind = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")


class Requirement(Dated, Record):
    """A profile asks for a competence: how strongly, by whom, for each person or for at least n."""

    class Strength(models.TextChoices):
        MUST = "must", _("must")
        SHOULD = "should", _("should")
        MAY = "may", _("may")

    class Source(models.TextChoices):
        LAW = "law", _("law")
        DIRECTORATE = "directorate", _("directorate")
        COUNTY = "county", _("county")
        MUNICIPALITY = "municipality", _("municipality")
        OFFICE = "office", _("office")
        FRAMEWORK = "framework", _("framework")

    class Reach(models.TextChoices):
        EACH = "each", _("each person")
        UNIT = "unit", _("at least so many in the office")
        AREA = "area", _("at least so many in the area")

    access = Public()

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="requirements")
    competence = models.ForeignKey(Competence, models.CASCADE, related_name="requirements")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    strength = models.CharField(max_length=6, choices=Strength)
    source = models.CharField(max_length=12, choices=Source)
    basis = models.CharField(max_length=300, blank=True)
    reach = models.CharField(max_length=4, choices=Reach, default=Reach.EACH)
    at_least = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    proof_asked = models.BooleanField(default=False)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["profile", "competence", "valid_from", "reach"], name="catalogue_requirement_once"
            ),
        )


class ProfileGiven(Dated, Record):
    """A profile given to one person directly."""

    access = Follows("person", view="person.view") | OwnedBy("person", covers=("person",))

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="given")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="profiles_given")


class CoverAgreement(Dated, Record):
    """A neighbour covers a requirement of the kind «at least n» for a unit, by agreement."""

    access = ByUnit("plan.view")

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="agreements")
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="covered_by")
    by_unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="covers")
    people = models.PositiveSmallIntegerField(default=1)
    agreed = models.CharField(max_length=300, blank=True)


class ReportedRow(Record):
    """A row of an imported file that could not be used: kept whole, with the reason. Nothing is lost."""

    access = Public()

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="reported_rows")
    file = models.CharField(max_length=200)
    row = models.PositiveIntegerField()
    message = models.CharField(max_length=300)
    values = models.JSONField()
