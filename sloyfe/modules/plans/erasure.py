"""What becomes of plans when a person is erased: her own seats and answers go, the office's plan stays."""

from sloyfe.core.audit.erasure import CannotErase, deletes, empties, shredder
from sloyfe.modules.plans.models import Feed, FollowUp, Measure, OtherView, Participant, Seat

for model in (Participant, Seat, FollowUp, Feed, OtherView):
    deletes(model, "person")
empties(Measure, "facilitator")


@shredder("plans.measure.responsible")
def responsible(person_id: int) -> int:
    """A measure must have somebody who is responsible: another takes over first."""
    if Measure.objects.for_system("erase a person").filter(responsible=person_id).exists():
        raise CannotErase("Somebody else must take over the measures this person is responsible for.")
    return 0
