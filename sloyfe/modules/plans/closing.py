"""The loop closed: a sentence about what changed in the work, and what those who took part say to it.

Whoever writes it agrees by writing. It stands when more than the share policy asks for agree, so that nobody who is
absent holds it up. Who agrees is never listed; who sees it otherwise says so in words, and a new sentence asks anew.
"""

from __future__ import annotations

from django.db import transaction

from sloyfe.core.access import Viewer, save_as
from sloyfe.core.policy import number
from sloyfe.modules.plans.models import Measure, OtherView, Participant

EDIT = "plan.edit"
OWN = "own.page"


def propose_closing(viewer: Viewer, measure: Measure, *, closing: str) -> bool:
    """A sentence about the work; what was said to an earlier one is gone. Returns whether it stands already."""
    with transaction.atomic():
        measure.closing, measure.closed_on = closing, None
        save_as(viewer, measure, EDIT)
        OtherView.objects.for_system("a new sentence is answered anew").filter(measure=measure).delete()
        everybody = Participant.objects.for_viewer(viewer, EDIT).filter(measure=measure)
        everybody.update(agreed_closing_on=None)
        everybody.filter(person=viewer.person_id).update(agreed_closing_on=viewer.day)
        return _close_if_enough(viewer, measure.pk)


def agree_closing(viewer: Viewer, row: Participant) -> bool:
    """One participant agrees. Returns whether that closed the loop."""
    with transaction.atomic():
        row.agreed_closing_on = viewer.day
        save_as(viewer, row, OWN)
        OtherView.objects.for_viewer(viewer, OWN).filter(measure=row.measure_id, person=row.person_id).delete()
        return _close_if_enough(viewer, row.measure_id)


def see_otherwise(viewer: Viewer, row: Participant, *, words: str) -> None:
    """One participant does not agree, and says why. An agreement she gave is taken back."""
    with transaction.atomic():
        row.agreed_closing_on = None
        save_as(viewer, row, OWN)
        mine = OtherView.objects.for_viewer(viewer, OWN).filter(measure=row.measure_id, person=row.person_id).first()
        mine = mine or OtherView(measure_id=row.measure_id, person_id=row.person_id)
        mine.words = words
        save_as(viewer, mine, OWN)


def _close_if_enough(viewer: Viewer, measure_id: int) -> bool:
    rows = Participant.objects.for_system("have enough agreed on the sentence").filter(measure=measure_id)
    agreed = rows.exclude(agreed_closing_on=None).count()
    if 100 * agreed <= number("plan.closing_share", viewer.day) * rows.count():
        return False
    still_open = Measure.objects.for_system("close the loop when enough have agreed").filter(pk=measure_id)
    return bool(still_open.exclude(closing="").update(closed_on=viewer.day))
