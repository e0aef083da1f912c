from sloyfe.core.access import PUBLIC, SIGNED_IN, page
from sloyfe.modules.people.imports.urls import urlpatterns as imports
from sloyfe.modules.people.views import looks, organisation, people, signing

urlpatterns = [
    *imports,
    page("sign-in/", signing.sign_in, needs=PUBLIC, name="sign-in"),
    page("sign-out/", signing.sign_out, needs=PUBLIC, name="sign-out"),
    page("me/password/", signing.new_password, needs=SIGNED_IN, name="new-password"),
    page("me/looks/", looks.my_looks, needs="own.log", name="my-looks"),
    page("organisation/", organisation.organisation, needs="org.view", name="organisation"),
    page("organisation/unit/<int:pk>/", organisation.unit, needs="org.view", name="unit"),
    # Her own page is open to everybody; the row gate decides about those of others.
    page("people/<int:pk>/", people.person, needs=SIGNED_IN, name="person"),
]
