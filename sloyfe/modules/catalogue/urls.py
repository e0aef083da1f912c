from sloyfe.core.access import page
from sloyfe.modules.catalogue.views import browse, editing, exporting, importing, profiles

VIEW, EDIT, SET = "catalogue.view", "catalogue.edit", "requirement.edit"

urlpatterns = [
    page("catalogue/", browse.catalogue, needs=VIEW, name="catalogue"),
    page("catalogue/topics/", browse.topics, needs=VIEW, name="catalogue-topics"),
    page("catalogue/frameworks/<int:pk>/", browse.framework, needs=VIEW, name="catalogue-framework"),
    page("catalogue/frameworks/<int:pk>/reported/", browse.reported, needs=EDIT, name="catalogue-reported"),
    page("catalogue/frameworks/<int:pk>/export.<str:extension>", exporting.export, needs=VIEW, name="catalogue-export"),
    page("catalogue/exports/<int:pk>/", exporting.ready, needs=VIEW, name="catalogue-export-ready"),
    page("catalogue/exports/<int:pk>/file", exporting.download, needs=VIEW, name="catalogue-export-file"),
    page("catalogue/areas/<int:pk>/", browse.area, needs=VIEW, name="catalogue-area"),
    page("catalogue/<int:pk>/", browse.competence, needs=VIEW, name="catalogue-competence"),
    page("catalogue/new/", editing.new, needs=EDIT, name="catalogue-new"),
    page("catalogue/frameworks/<int:pk>/new/", editing.new_in, needs=EDIT, name="catalogue-new-in"),
    page("catalogue/<int:pk>/edit/", editing.edit, needs=EDIT, name="catalogue-edit"),
    page("catalogue/<int:pk>/levels/", editing.levels, needs=EDIT, name="catalogue-levels"),
    page("catalogue/<int:pk>/words/", editing.add_term, needs=VIEW, name="catalogue-add-term"),
    page("catalogue/words/<int:pk>/remove/", editing.remove_term, needs=VIEW, name="catalogue-remove-term"),
    page("catalogue/profiles/", profiles.profiles, needs=VIEW, name="catalogue-profiles"),
    page("catalogue/profiles/new/", profiles.new, needs=SET, name="catalogue-profile-new"),
    page("catalogue/profiles/<int:pk>/", profiles.profile, needs=VIEW, name="catalogue-profile"),
    page("catalogue/profiles/<int:pk>/edit/", profiles.edit, needs=SET, name="catalogue-profile-edit"),
    page("catalogue/profiles/<int:pk>/ask/", profiles.ask, needs=SET, name="catalogue-ask"),
    page("catalogue/requirements/<int:pk>/", profiles.change, needs=SET, name="catalogue-requirement"),
    page("catalogue/requirements/<int:pk>/end/", profiles.end, needs=SET, name="catalogue-requirement-end"),
    page("me/requirements/", profiles.mine, needs="own.page", name="my-requirements"),
    page("catalogue/import/", importing.begin, needs=EDIT, name="catalogue-import"),
    page("catalogue/import/template.xlsx", importing.template, needs=EDIT, name="catalogue-template"),
    page("catalogue/import/<int:pk>/", importing.report, needs=EDIT, name="catalogue-import-report"),
    page("catalogue/import/<int:pk>/report.csv", importing.details, needs=EDIT, name="catalogue-import-details"),
    page("catalogue/import/<int:pk>/carry-out/", importing.carry_out, needs=EDIT, name="catalogue-import-carry-out"),
    page("catalogue/import/<int:pk>/drop/", importing.drop, needs=EDIT, name="catalogue-import-drop"),
]
