"""axe finds nothing on any page, wide or narrow, light or dark."""

from __future__ import annotations

import pytest

PAGES = {
    "employee": ("/", "/ask/", "/ask/?q=tolk", "/me/", "/me/say/offers/", "/me/weeks/", "/plans/", "/catalogue/"),
    "leader": ("/", "/needs/", "/plans/begin/", "/roles/", "/organisation/"),
    "hr_admin": ("/import/", "/setup/", "/organisation/"),
}
LOOKS = {"light desk": ("light", False), "dark phone": ("dark", True)}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("role", PAGES)
def test_nothing_to_complain_of(open_as, axe, role, look):
    scheme, phone = LOOKS[look]
    found = {}
    page = open_as(role, "/", scheme=scheme, phone=phone)
    for path in PAGES[role]:
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + path)
        found[path] = axe(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_components_page(open_as, axe, scheme):
    assert axe(open_as("employee", "/components/", scheme=scheme)) == []
