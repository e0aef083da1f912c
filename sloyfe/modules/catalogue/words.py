"""What the codes in our tables are called, for reports of imports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sloyfe.core.imports.report import Labels
from sloyfe.modules.catalogue.models import Competence, Profile, Requirement, Status

RELATIONS = {
    "essential": _("essential"),
    "optional": _("optional"),
    "related": _("related"),
    "cross_reference": _("see also"),
}
LANGUAGES = {"nb": _("Bokmål"), "nn": _("Nynorsk"), "en": _("English")}

LABELS: Labels = {
    "status": dict(Status.choices),
    "kind": {**RELATIONS, **dict(Profile.Kind.choices), **dict(Competence.Kind.choices)},
    "strength": dict(Requirement.Strength.choices),
    "source": dict(Requirement.Source.choices),
    "language": LANGUAGES,
    "proof asked for": {"yes": _("yes"), "no": _("no")},
}
"""By what the log calls the field."""
