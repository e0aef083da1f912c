"""What a page said to one viewer is kept by nobody on the way, and not by the browser for the next at the desk."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("address", ["/", "/me/looks/", "/people/", "/organisation/units.csv", "/no-such-page/"])
def test_no_page_of_a_signed_in_viewer_is_stored(as_role, address):
    said = as_role("leader").get(address)["Cache-Control"]
    assert "no-store" in said and "private" in said


def test_the_next_one_at_the_desk_is_not_served_what_was_refused(as_role):
    assert "no-store" in as_role("employee").get("/setup/")["Cache-Control"]
