from sloyfe.core.access import page
from sloyfe.modules.catalogue.views import browse

urlpatterns = [
    page("catalogue/", browse.catalogue, needs="catalogue.view", name="catalogue"),
]
