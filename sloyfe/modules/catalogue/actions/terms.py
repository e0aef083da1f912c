"""Words an office uses for a competence, so that the same thing is found under either name."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer
from sloyfe.core.audit.actions import record
from sloyfe.modules.catalogue.actions.guards import must_set_in
from sloyfe.modules.catalogue.index import keep_findable
from sloyfe.modules.catalogue.models import AltLabel, Competence

AT_MOST = 40
"""Words of one unit for one competence."""


def add_term(viewer: Viewer, row: Competence, *, text: str, language: str, unit_id: int | None) -> AltLabel:
    """What a unit calls it, or all of us where no unit is named. Found at the next search.

    Raises OutOfReach, or ValidationError where the word is there already or there are too many.
    """
    must_set_in(viewer, unit_id)
    with transaction.atomic():
        there = AltLabel.objects.filter(competence=row, unit=unit_id)
        if there.filter(language=language, text=text).exists():
            raise ValidationError({"text": _("The word is there already.")})
        if there.count() >= AT_MOST and unit_id is not None:
            raise ValidationError({"text": _("There are many words already. Take one away first.")})
        term: AltLabel = AltLabel.objects.create(
            competence=row, language=language, text=text, unit_id=unit_id, ours=unit_id is None
        )
        record(viewer, "term.added", row, text=text, unit=unit_id)
        keep_findable(row)
    return term


def remove_term(viewer: Viewer, term: AltLabel) -> None:
    must_set_in(viewer, term.unit_id)
    with transaction.atomic():
        competence = term.competence
        record(viewer, "term.removed", competence, text=term.text, unit=term.unit_id)
        term.delete()
        keep_findable(competence)
