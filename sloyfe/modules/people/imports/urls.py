from sloyfe.core.access import page
from sloyfe.modules.people.imports import views

urlpatterns = [
    page("import/", views.start, needs="import.run", name="import"),
]
