"""The picture as each role meets it: where she is, what is told, why something is not, and what if."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from sloyfe.reporting.picture.publish import publish
from sloyfe.reporting.picture.tests.bodies import OFFICES, fill

WHERE = {
    "employee": "Fjord, ",
    "leader": "Fjord, ",
    "neighbour_leader": "Vik, ",
    "county_adviser": "Fylkeskontoret, ",
    "directorate_adviser": "Hele virksomheten, ",
    "union_rep": "Fjord, ",
}


@pytest.fixture
def published(cast) -> None:
    """Offices of 5 to 40 people; the small ones stand together with their neighbours."""
    fill(cast, offices=OFFICES | {"section": 24} | {f"o{n}": 30 for n in range(4)})
    publish(timezone.localdate(), by="test")


@pytest.mark.parametrize("role", WHERE)
@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_each_role_comes_to_where_she_belongs_and_reads_why_something_is_hidden(open_as, published, role, phone):
    page = open_as(role, "/picture/", phone=phone)
    expect(page.locator("body")).to_contain_text(WHERE[role])
    expect(page.locator("table")).to_contain_text("Kompetanse 0")
    for hidden in page.locator("main .gate").all():
        expect(hidden).to_contain_text("enkeltpersoner har svart")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_down_to_the_offices_and_up_again_and_into_a_file(open_as, published, cast):
    page = open_as("directorate_adviser", "/picture/")
    page.get_by_role("link", name="Fylkeskontoret").click()
    page.get_by_role("link", name="Alle kontor ved siden av hverandre").click()
    expect(page.locator("table")).to_contain_text("Fjord")
    names = [one.strip() for one in page.locator("tbody th a").all_inner_texts()]
    assert names == sorted(names, key=str.casefold), "by name, never by how they do"
    page.get_by_role("link", name="Fjord", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "Kompetanse 0" in download.value.path().read_text("utf-8-sig")


def test_a_leader_asks_what_if_and_nobody_is_pointed_at(open_as, published):
    page = open_as("leader", "/picture/")
    page.get_by_role("link", name="Hva om").click()
    assert page.locator("main input[type=checkbox]").count() == 0
    page.locator("[name=posts]").fill("2")
    page.get_by_role("button", name="Vis før og etter").click()
    expect(page.locator("main")).to_contain_text("etterpå")
    page.locator("[name=posts]").fill("9999")
    page.get_by_role("button", name="Vis før og etter").click()
    expect(page.locator("main")).to_contain_text("Her er det bare 47 personer.")
