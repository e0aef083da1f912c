"""axe finds nothing on any page, wide or narrow, light or dark."""

from __future__ import annotations

import pytest

from tests.bad_input import world

MORE = {
    "leader": ("/", "/team/", "/organisation/", "/picture/"),
    "hr_admin": ("/setup/",),
    "union_rep": ("/", "/setup/"),
}

LOOKS = {"light desk": ("light", False), "dark phone": ("dark", True)}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("role", sorted(world.PAGES.keys() - {"anonymous"}))
def test_nothing_to_complain_of(open_as, axe, cast, role, look):
    """Every page of the house that has a form or shows rows, with one row of everything in it."""
    rows = world.build(cast)
    scheme, phone = LOOKS[look]
    found = {}
    page = open_as(role, "/", scheme=scheme, phone=phone)
    home = page.url.rstrip("/")
    for path in dict.fromkeys((*MORE.get(role, ()), *(path.format(**rows) for path in world.PAGES[role]))):
        page.goto(home + path)
        found[path] = axe(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_components_page(open_as, axe, scheme):
    assert axe(open_as("employee", "/components/", scheme=scheme)) == []
