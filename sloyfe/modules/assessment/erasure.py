"""What becomes of somebody's part in a mapping when she is erased: it goes. The round itself names nobody."""

from sloyfe.core.audit.erasure import deletes
from sloyfe.modules.assessment.models import Participation

deletes(Participation, "person")
