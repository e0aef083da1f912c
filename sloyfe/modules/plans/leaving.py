"""What of the plans somebody leaves when her work here ends: what she answers for, what she leads, her places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from sloyfe.core.access import Viewer
from sloyfe.modules.people.public import tells_of_person
from sloyfe.modules.plans.models import Measure, Seat, Session

WHY = "what is left when somebody's work ends"


@tells_of_person
def in_plans(viewer: Viewer, person_id: int, day: date) -> Iterable[str]:
    """Numbers only: the titles are for those who may read the plan."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    hers = Q(measure__facilitator=person_id)
    ahead = Q(starts_at__gte=begin, state=Session.State.PLANNED)
    open_measures = Measure.objects.for_system(WHY).filter(responsible=person_id, closed_on=None)
    answers = open_measures.exclude(priority__plan__state="closed").count()
    leads = Session.objects.for_system(WHY).filter(ahead, hers).count()
    places = Seat.objects.for_system(WHY).filter(
        person=person_id, session__starts_at__gte=begin, session__state=Session.State.PLANNED
    )
    told = (
        (
            answers,
            ngettext(
                "%(n)s measure in a plan needs somebody else to answer for it.",
                "%(n)s measures in plans need somebody else to answer for them.",
                answers,
            ),
        ),
        (
            leads,
            ngettext(
                "%(n)s session after that day needs somebody else to lead it.",
                "%(n)s sessions after that day need somebody else to lead them.",
                leads,
            ),
        ),
        (
            count := places.count(),
            ngettext(
                "%(n)s place in a session after that day can go to somebody else.",
                "%(n)s places in sessions after that day can go to somebody else.",
                count,
            ),
        ),
    )
    return [words % {"n": n} for n, words in told if n]
