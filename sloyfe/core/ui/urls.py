from sloyfe.core.access import PUBLIC, page
from sloyfe.core.ui import views

urlpatterns = [
    page("components/", views.components, needs=PUBLIC, name="components"),
    page("privacy/", views.privacy, needs=PUBLIC, name="privacy"),
    page("accessibility/", views.accessibility, needs=PUBLIC, name="accessibility"),
]
