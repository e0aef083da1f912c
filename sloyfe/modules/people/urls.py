from sloyfe.core.access import PUBLIC, SIGNED_IN, page
from sloyfe.modules.people.imports.urls import urlpatterns as imports
from sloyfe.modules.people.views import editing, files, looks, organisation, people, roles, signing

urlpatterns = [
    *imports,
    page("sign-in/", signing.sign_in, needs=PUBLIC, name="sign-in"),
    page("sign-out/", signing.sign_out, needs=PUBLIC, name="sign-out"),
    page("welcome/<str:uidb64>/<str:token>/", signing.choose_password, needs=PUBLIC, name="choose-password"),
    page("me/password/", signing.new_password, needs=SIGNED_IN, name="new-password"),
    page("me/looks/", looks.my_looks, needs="own.log", name="my-looks"),
    page("organisation/", organisation.organisation, needs="org.view", name="organisation"),
    page("organisation/units.csv", files.units_csv, needs="org.view", name="units-csv"),
    page("organisation/units.xlsx", files.units_xlsx, needs="org.view", name="units-xlsx"),
    page("organisation/people.csv", files.people_csv, needs="person.view", name="people-csv"),
    page("organisation/people.xlsx", files.people_xlsx, needs="person.view", name="people-xlsx"),
    page("organisation/open/", editing.open_unit, needs="org.edit", name="unit-open"),
    page("organisation/unit/<int:pk>/", organisation.unit, needs="org.view", name="unit"),
    page("organisation/unit/<int:pk>/rename/", editing.rename, needs="org.edit", name="unit-rename"),
    page("organisation/unit/<int:pk>/place/", editing.place, needs="org.edit", name="unit-place"),
    page("organisation/unit/<int:pk>/pass-on/", editing.pass_on, needs="org.edit", name="unit-pass-on"),
    page("organisation/unit/<int:pk>/close/", editing.close, needs="org.edit", name="unit-close"),
    page("organisation/unit/<int:pk>/give-role/", roles.give, needs="role.edit", name="role-give"),
    page("organisation/change/<int:pk>/correct/", editing.correct, needs="org.edit", name="change-correct"),
    page("people/", people.directory, needs="person.name", name="people"),
    # Her own page is open to everybody; the row gate decides about those of others.
    page("people/<int:pk>/", people.person, needs=SIGNED_IN, name="person"),
    page("people/<int:pk>/sign-in/", signing.let_in, needs="person.edit", name="let-in"),
    page("people/<int:pk>/shut-out/", signing.shut_out, needs="person.edit", name="shut-out"),
    page("people/work/<int:pk>/end/", people.end_work, needs="person.edit", name="work-end"),
    page("roles/", roles.role_list, needs="role.view", name="roles"),
    page("roles/<int:pk>/", roles.change, needs="role.edit", name="role"),
    page("roles/<int:pk>/end/", roles.end, needs="role.edit", name="role-end"),
    page("roles/handover/<int:pk>/", roles.settle, needs="role.edit", name="handover"),
]
