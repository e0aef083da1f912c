from sloyfe.core.access import SIGNED_IN, page
from sloyfe.reporting import today
from sloyfe.reporting.picture.urls import urlpatterns as picture

urlpatterns = [page("", today.today, needs=SIGNED_IN, name="today"), *picture]
