"""Requirement profiles: who they are for, what they ask, and who covers whom."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sloyfe.core.access import ByUnit, Dated, Follows, OwnedBy, Public, Record
from sloyfe.modules.catalogue.models.base import Described, Named
from sloyfe.modules.catalogue.models.competences import Competence, Framework


class Profile(Named, Described, Record):
    """A set of requirements. It applies by position, by role held, by unit, or to a person directly.

    Without `framework` it is the body's own, and may ask for competences of any framework. A group only
    gathers profiles under a heading. `others` are other names, by language, as the framework gives them.
    """

    class Kind(models.TextChoices):
        GROUP = "group", _("group")
        POSITION = "position", _("position")
        ROLE = "role", _("role")
        UNIT = "unit", _("unit")
        OCCUPATION = "occupation", _("occupation")
        ROLE_LEVEL = "role_level", _("role level")

    access = Public()

    framework = models.ForeignKey(Framework, models.CASCADE, null=True, blank=True, related_name="profiles")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=60, blank=True)
    others = models.JSONField(default=dict, blank=True)
    position = models.CharField(max_length=200, blank=True)
    role = models.ForeignKey("people.RoleKind", models.CASCADE, null=True, blank=True, related_name="profiles")
    unit = models.ForeignKey("people.Unit", models.CASCADE, null=True, blank=True, related_name="profiles")
    unit_kind = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            *Named.Meta.constraints,
            models.UniqueConstraint(fields=["framework", "key"], name="catalogue_profile_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(framework=None), name="catalogue_own_profile_once"),
        )


class ProfileParent(Record):
    """A profile belongs under another: role family › role › role level."""

    access = Public()

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(Profile, models.CASCADE, related_name="child_links")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["profile", "parent"], name="catalogue_profile_parent_once"),)


class Requirement(Dated, Record):
    """A profile asks for a competence: how strongly, by whom, for each person or for at least n."""

    class Strength(models.TextChoices):
        MUST = "must", pgettext_lazy("strength", "must")
        SHOULD = "should", pgettext_lazy("strength", "should")
        MAY = "may", pgettext_lazy("strength", "may")

    class Source(models.TextChoices):
        LAW = "law", pgettext_lazy("source", "law")
        DIRECTORATE = "directorate", pgettext_lazy("source", "directorate")
        COUNTY = "county", pgettext_lazy("source", "county")
        MUNICIPALITY = "municipality", pgettext_lazy("source", "municipality")
        OFFICE = "office", pgettext_lazy("source", "office")
        FRAMEWORK = "framework", pgettext_lazy("source", "framework")

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

    told = _("A set of requirements that holds for one person.")

    access = Follows("person", view="person.view") | OwnedBy("person", covers=("person",))

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="given")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="profiles_given")


COVER = ("plan.edit", "requirement.edit")


class CoverAgreement(Dated, Record):
    """A neighbour covers a requirement of the kind «at least n» for a unit, by agreement between the two leaders.

    It counts from the day the neighbour said yes (`agreed_on`); empty: asked, and not answered yet.
    """

    access = ByUnit("plan.view", also=COVER) | ByUnit("plan.view", also=COVER, unit="by_unit")

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="agreements")
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="covered_by")
    by_unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="covers")
    people = models.PositiveSmallIntegerField(default=1)
    agreed = models.CharField(max_length=300, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
