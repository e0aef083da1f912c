"""What the codes in our tables are called, for reports of imports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sloyfe.core.imports.report import Labels
from sloyfe.modules.catalogue.models import Competence, Profile, Requirement, Status

RELATIONS = {
    "essential": pgettext_lazy("relation", "essential"),
    "optional": pgettext_lazy("relation", "optional"),
    "related": pgettext_lazy("relation", "related"),
    "cross_reference": pgettext_lazy("relation", "see also"),
}
LANGUAGES = {"nb": _("bokmål"), "nn": _("nynorsk"), "en": pgettext_lazy("language", "English")}
SPOKEN = {**LANGUAGES, "se": _("Northern Sámi")}
"""What people say at work may be in more languages than the catalogue itself."""

LABELS: Labels = {
    "status": dict(Status.choices),
    "kind": {**RELATIONS, **dict(Profile.Kind.choices), **dict(Competence.Kind.choices)},
    "strength": dict(Requirement.Strength.choices),
    "source": dict(Requirement.Source.choices),
    "language": SPOKEN,
    "proof asked for": {"yes": pgettext_lazy("report", "yes"), "no": pgettext_lazy("report", "no")},
}
"""By what the log calls the field."""
