"""What becomes of working hours, absence and promised time when a person is erased."""

from sloyfe.core.audit.erasure import deletes, kept
from sloyfe.modules.time.models import Absence, Busy, Commitment, FacilitatorHours, RosterShift, WorkingPattern

for model in (WorkingPattern, Absence, FacilitatorHours, RosterShift, Busy, Commitment):
    deletes(model, "person")
kept(Commitment, "origin_id", because="it points at what the time was promised to, never at a person")
