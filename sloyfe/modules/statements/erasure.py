"""What becomes of what a person has said about herself, and shared, when she is erased: it goes."""

from sloyfe.core.audit.erasure import deletes
from sloyfe.modules.statements.models import AskedInWeek, Counting, Helper, PostedNeed, Share, Statement

for model in (Statement, Helper, AskedInWeek, PostedNeed, Counting):
    deletes(model, "person")
deletes(Share, "to_person")
deletes(Share, "owner")
