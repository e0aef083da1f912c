from sloyfe.core.access import SIGNED_IN, page
from sloyfe.core.jobs import views

urlpatterns = [
    page("jobs/<int:pk>/", views.job_page, needs=SIGNED_IN, name="job"),
    page("jobs/<int:pk>/stop/", views.stop, needs=SIGNED_IN, name="job-stop"),
    page("jobs/<int:pk>/ready/", views.file_ready, needs=SIGNED_IN, name="job-file-ready"),
    page("jobs/<int:pk>/file/", views.file, needs=SIGNED_IN, name="job-file"),
]
