"""All routes. Each module brings its own; every one is made by `page`, which says what it needs."""

from django.conf import settings

from sloyfe.core.access import PUBLIC, page
from sloyfe.core.jobs.urls import urlpatterns as jobs
from sloyfe.core.ui.urls import urlpatterns as face
from sloyfe.modules.assessment.urls import urlpatterns as assessment
from sloyfe.modules.catalogue.urls import urlpatterns as catalogue
from sloyfe.modules.people.urls import urlpatterns as people
from sloyfe.modules.plans.urls import urlpatterns as plans
from sloyfe.modules.staffing.urls import urlpatterns as staffing
from sloyfe.modules.statements.urls import urlpatterns as statements
from sloyfe.modules.time.urls import urlpatterns as time
from sloyfe.project import views
from sloyfe.project.demo import views as demo
from sloyfe.reporting.urls import urlpatterns as reporting

urlpatterns = [
    page("health/", views.health, needs=PUBLIC, name="health"),
    page("language/", views.set_language, needs=PUBLIC, name="language"),
    page("setup/", views.setup, needs="system.view", name="setup"),
    *face,
    *people,
    *time,
    *catalogue,
    *statements,
    *staffing,
    *assessment,
    *plans,
    *jobs,
    *reporting,
]
if settings.DEMO:
    urlpatterns += [
        page("demo/", demo.roles, needs=PUBLIC, name="demo-roles"),
        page("demo/step-in/", demo.step_in, needs=PUBLIC, name="demo-step-in"),
    ]

handler400 = "sloyfe.core.ui.views.bad_request"
handler403 = "sloyfe.core.ui.views.forbidden"
handler404 = "sloyfe.core.ui.views.not_found"
handler500 = "sloyfe.core.ui.views.server_error"
