from sloyfe.core.access import page
from sloyfe.modules.catalogue.views import browse, importing

VIEW, EDIT = "catalogue.view", "catalogue.edit"

urlpatterns = [
    page("catalogue/", browse.catalogue, needs=VIEW, name="catalogue"),
    page("catalogue/import/", importing.begin, needs=EDIT, name="catalogue-import"),
    page("catalogue/import/template.xlsx", importing.template, needs=EDIT, name="catalogue-template"),
    page("catalogue/import/<int:pk>/", importing.report, needs=EDIT, name="catalogue-import-report"),
    page("catalogue/import/<int:pk>/report.csv", importing.details, needs=EDIT, name="catalogue-import-details"),
    page("catalogue/import/<int:pk>/carry-out/", importing.carry_out, needs=EDIT, name="catalogue-import-carry-out"),
    page("catalogue/import/<int:pk>/drop/", importing.drop, needs=EDIT, name="catalogue-import-drop"),
]
