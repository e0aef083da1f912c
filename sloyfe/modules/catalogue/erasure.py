"""What becomes of requirement profiles given to a person when she is erased."""

from sloyfe.core.audit.erasure import deletes, kept
from sloyfe.modules.catalogue.models import Import, ProfileGiven

deletes(ProfileGiven, "person")
kept(Import, "job_id", because="it names a job, not a person")
