from sloyfe.core.access import SIGNED_IN, page
from sloyfe.reporting import today

urlpatterns = [page("", today.today, needs=SIGNED_IN, name="today")]
