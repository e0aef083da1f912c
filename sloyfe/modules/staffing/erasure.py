"""What becomes of proposed dates when a person is erased."""

from sloyfe.core.audit.erasure import deletes, kept
from sloyfe.modules.staffing.models import Proposal, ProposedSeat

deletes(ProposedSeat, "person")
kept(Proposal, "origin_id", because="it points at the plan that asked, never at a person")
kept(Proposal, "job_id", because="it points at a job, which its own shredder deletes")
