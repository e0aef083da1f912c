"""What becomes of what a person has said about herself, and shared, when she is erased: it goes.

What she has confirmed for a colleague stays the colleague's, without her name.
"""

from sloyfe.core.audit.erasure import deletes, empties, shredder
from sloyfe.core.search.index import remove
from sloyfe.modules.statements.index import ASKABLE, KIND
from sloyfe.modules.statements.models import (
    AskedInWeek,
    ConfirmationAsk,
    Counting,
    Helper,
    PostedNeed,
    Proof,
    Share,
    Statement,
)

for model in (Helper, AskedInWeek, PostedNeed, Counting):
    deletes(model, "person")


@shredder("statements.statement.person")
def what_she_said(person_id: int) -> int:
    """Out of the search index first: nothing else would find it there afterwards."""
    rows = Statement.objects.for_system("erase a person").filter(person=person_id)
    for key in rows.filter(kind__in=ASKABLE).values_list("pk", flat=True):
        remove(KIND, str(key))
    return rows.delete()[1].get(Statement._meta.label, 0)


empties(Statement, "by")
deletes(Share, "to_person")
deletes(Share, "owner")
deletes(Proof, "owner")
deletes(ConfirmationAsk, "owner")
deletes(ConfirmationAsk, "asked")
