"""What becomes of what a person has said about herself, and shared, when she is erased: it goes.

What she has confirmed for a colleague stays the colleague's, without her name.
"""

from sloyfe.core.audit.erasure import deletes, empties
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

for model in (Statement, Helper, AskedInWeek, PostedNeed, Counting):
    deletes(model, "person")
empties(Statement, "by")
deletes(Share, "to_person")
deletes(Share, "owner")
deletes(Proof, "owner")
deletes(ConfirmationAsk, "owner")
deletes(ConfirmationAsk, "asked")
