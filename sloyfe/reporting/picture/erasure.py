"""What becomes of pictures when a person is erased: the sums that were told stay, how she was counted goes."""

from sloyfe.core.audit.erasure import deletes
from sloyfe.reporting.picture.models import Counted

deletes(Counted, "person")
