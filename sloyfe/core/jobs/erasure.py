"""What becomes of jobs when a person is erased: what she ordered goes, and its input with it."""

from sloyfe.core.audit.erasure import deletes
from sloyfe.core.jobs.models import Job

deletes(Job, "owner_id")
