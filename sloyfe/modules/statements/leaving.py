"""What of the statements is no longer found when somebody's work here ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import ngettext

from sloyfe.core.access import Viewer
from sloyfe.modules.people.public import tells_of_person
from sloyfe.modules.statements.models import Statement


@tells_of_person
def shared_so_far(viewer: Viewer, person_id: int, day: date) -> Iterable[str]:
    """Only what the viewer can see already is counted: what was shared with others is theirs."""
    seen = Statement.objects.for_viewer(viewer).on(viewer.day).filter(person=person_id).count()
    if seen:
        told = ngettext(
            "%(n)s thing shared with you and colleagues is no longer found by those who ask.",
            "%(n)s things shared with you and colleagues are no longer found by those who ask.",
            seen,
        )
        yield told % {"n": seen}
