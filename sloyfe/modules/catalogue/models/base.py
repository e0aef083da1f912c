"""What tables of the catalogue have in common: a label in each language, a description, a status."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABEL = 500


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    OUTDATED = "outdated", _("outdated")


class Named(models.Model):
    """A label in each language. At least one is filled; readers fall back through the others."""

    label_nb = models.CharField(_("bokmål"), max_length=LABEL, blank=True)
    label_nn = models.CharField(_("nynorsk"), max_length=LABEL, blank=True)
    label_en = models.CharField(pgettext_lazy("language", "English"), max_length=LABEL, blank=True)

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
