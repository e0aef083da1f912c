"""What becomes of requirement profiles given to a person when she is erased."""

from sloyfe.core.audit.erasure import deletes
from sloyfe.modules.catalogue.models import ProfileGiven

deletes(ProfileGiven, "person")
