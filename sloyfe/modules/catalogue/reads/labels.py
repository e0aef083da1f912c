"""Labels in the database: what to order by, in the reader's language."""

from __future__ import annotations

from django.db.models import CharField, F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lower, NullIf

from sloyfe.core.lang import FALLBACK


def by_label(language: str, through: str = "") -> Combinable:
    """Order by the label that is shown: the reader's language first, then the others."""
    return Lower(shown_label(language, through))


def shown_label(language: str, through: str = "") -> Combinable:
    columns = dict.fromkeys(code for code in (language, *FALLBACK) if code in FALLBACK)
    labels = [NullIf(F(f"{through}label_{code}"), Value("")) for code in columns]
    return Coalesce(*labels, Value(""), output_field=CharField())
