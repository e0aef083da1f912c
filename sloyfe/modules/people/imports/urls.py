from sloyfe.core.access import page
from sloyfe.modules.people.imports import views
from sloyfe.modules.people.imports.models import CAPABILITY

urlpatterns = [
    page("import/", views.start, needs=CAPABILITY, name="import"),
    page("import/template.xlsx", views.template_xlsx, needs=CAPABILITY, name="import-template-xlsx"),
    page("import/template-<int:number>.csv", views.template_csv, needs=CAPABILITY, name="import-template-csv"),
    page("import/<int:pk>/", views.show, needs=CAPABILITY, name="import-report"),
    page("import/<int:pk>/part/<int:part>/", views.part, needs=CAPABILITY, name="import-part"),
    page("import/<int:pk>/apply/", views.apply, needs=CAPABILITY, name="import-apply"),
    page("import/<int:pk>/drop/", views.drop, needs=CAPABILITY, name="import-drop"),
    page("import/<int:pk>/report.csv", views.report_csv, needs=CAPABILITY, name="import-report-csv"),
    page("import/<int:pk>/report.xlsx", views.report_xlsx, needs=CAPABILITY, name="import-report-xlsx"),
    page("import/<int:pk>/questions.xlsx", views.questions, needs=CAPABILITY, name="import-questions"),
]
