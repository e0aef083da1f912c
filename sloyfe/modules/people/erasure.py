"""What becomes of each row of the organisation that names a person, when she is erased.

From the top: she herself goes last (see `core.audit.erasure` on the order).
"""

from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from sloyfe.core.audit.erasure import deletes, empties, shredder
from sloyfe.modules.people.models import Affiliation, Handover, Person, PersonNumber, RoleHolding, User

deletes(Person, "id")
deletes(Affiliation, "person")
deletes(PersonNumber, "person")
deletes(RoleHolding, "person")
empties(RoleHolding, "deputy")
deletes(Handover, "person")
empties(Handover, "taken_by")


@shredder("people.user.person")
def sign_in(person_id: int) -> int:
    """The account, and what is kept of when and from where it was tried."""
    accounts = User.objects.filter(person=person_id)
    names = list(accounts.values_list("username", flat=True))
    for kept in (AccessAttempt, AccessFailureLog, AccessLog):
        kept.objects.filter(username__in=names).delete()
    accounts.delete()
    return len(names)
