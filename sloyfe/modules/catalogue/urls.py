from sloyfe.core.access import page
from sloyfe.modules.catalogue import views

urlpatterns = [
    page("catalogue/", views.catalogue, needs="catalogue.view", name="catalogue"),
]
