"""Every page of the organisation: who it is for, who it is not for, wrong methods, wrong numbers, wrong words."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone

from sloyfe.core.audit.models import Event, Look
from sloyfe.modules.people import restructure
from sloyfe.modules.people.models import Affiliation, Bond, Edge, Person, RoleHolding, Succession, Unit, UnitName
from sloyfe.modules.people.tests.pages import PAGES, address

EVERYBODY = ("employee", "leader", "hr_admin", "union_rep", "safety_rep", "resource_person")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_opens_for_those_it_is_for_and_for_nobody_else(cast, as_role, page):
    where = address(cast, page)
    for role in page.opens_for:
        assert as_role(role).get(where).status_code == 200, role
    for role in page.closed_for:
        assert as_role(role).get(where).status_code in (403, 404), role
    refused = as_role("anonymous").get(where)
    assert refused.status_code == (200 if page.public else 302)
    client = as_role(page.opens_for[0])
    assert client.put(where).status_code == 405
    if not page.form:
        assert client.post(where).status_code == 405


@pytest.mark.parametrize("number", [0, 999_999, 10**17])
def test_a_number_that_is_nothing_is_not_found(cast, as_role, number):
    for page in (page for page in PAGES if "{" in page.route):
        client = as_role(page.opens_for[0])
        assert client.get(page.route.format(number)).status_code == 404, page.name
        if page.form:
            assert client.post(page.route.format(number)).status_code == 404, page.name


DAYS = ["tull", "2024-13-01", "0001-01-01", "9999-12-31", "31.01.2024", "' or 1=1", "<b>", "x" * 5000, "٢٠٢٤"]


def test_a_day_nobody_can_read_says_so_and_shows_today(cast, as_role):
    client = as_role("employee")
    for asked in DAYS:
        for where in ("/organisation/", f"/organisation/unit/{cast.unit['fjord'].pk}/"):
            answer = client.get(where, {"day": asked})
            assert answer.status_code == 200, asked
            assert "2024-01-31" in answer.content.decode(), asked
        assert client.get("/organisation/units.csv", {"day": asked}).status_code == 400, asked


WORDS = ["", "ø", "Fjord", "<script>alert(1)", "%", "_", "x" * 5000, "\x00", "čáhci", "1' OR '1'='1"]


def test_looking_for_a_unit_or_a_colleague_by_any_words(cast, as_role):
    client = as_role("employee")
    for asked in WORDS:
        assert client.get("/organisation/", {"q": asked}).status_code == 200, asked
        found = client.get("/people/", {"q": asked})
        assert found.status_code in (200, 422), asked
        assert "<script>alert" not in found.content.decode()
        assert "Mona" not in found.content.decode(), asked


def test_the_directory_finds_part_of_a_name_with_any_letters(cast, as_role):
    Person.objects.create(name="Åse Ødegård")
    cast.person["employee"].name = "Ærlig Åsmund Ølberg"
    cast.person["employee"].save()
    client = as_role("leader")
    for words in ("ølberg", "ÅSM", "ærl øl"):
        page = client.get("/people/", {"q": words}).content.decode()
        assert "Ærlig Åsmund Ølberg" in page and "Fjord oppfølging" in page and "veileder" in page
    assert "Åse" not in client.get("/people/", {"q": "Åse"}).content.decode().split("<main", 1)[1].split("value=")[0]
    assert "1 " not in client.get("/people/", {"q": "ødegård"}).content.decode().split('class="lead"')[1][:20]


def test_a_link_to_a_person_is_only_for_those_who_may_open_the_page(cast, as_role):
    her = f'href="/people/{cast.person["employee"].pk}/"'
    assert her in as_role("leader").get("/people/", {"q": "Eli"}).content.decode()
    assert her not in as_role("neighbour_leader").get("/people/", {"q": "Eli"}).content.decode()
    team = f"/organisation/unit/{cast.unit['fjord_team'].pk}/"
    assert her in as_role("leader").get(team).content.decode()
    for role in ("employee", "neighbour_leader", "union_rep", "safety_rep", "state_leader"):
        assert her not in as_role(role).get(team).content.decode(), role


@pytest.mark.django_db(transaction=True)
def test_opening_a_person_is_written_down_and_she_can_read_it(cast, as_role):
    her = cast.person["employee"]
    assert as_role("employee").get(f"/people/{her.pk}/").status_code == 200
    assert not Look.objects.for_system("test").exists()
    page = as_role("leader").get(f"/people/{her.pk}/")
    assert "Sund kommune" in page.content.decode() and page.status_code == 200
    look = Look.objects.for_system("test").get()
    assert (look.looker_id, look.subject_id) == (cast.person["leader"].pk, her.pk)
    told = as_role("employee").get("/me/looks/").content.decode()
    assert "Mona Myhre" in told and "Fjord" in told
    assert "Mona" not in as_role("state_employee").get("/me/looks/").content.decode().split("<main", 1)[1]
    assert as_role("neighbour_leader").get(f"/people/{her.pk}/").status_code == 404
    assert Look.objects.for_system("test").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_of_people_holds_those_in_reach_and_each_of_them_is_told(cast, as_role):
    body = as_role("leader").get("/organisation/people.csv")
    text = b"".join(body.streaming_content).decode("utf-8-sig")
    assert "Eli Elvestad" in text and "Stein Strand" not in text and "Vera Vikse" not in text
    looked_at = set(Look.objects.for_system("test").values_list("subject_id", flat=True))
    assert looked_at == {cast.person[role].pk for role in ("employee", "deputy", "union_rep")}
    book = as_role("hr_admin").get("/organisation/people.xlsx")
    sheets = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content)))
    names = {row[2] for row in sheets["Personer"].iter_rows(min_row=2, values_only=True)}
    assert names == {person.name for person in cast.person.values()}
    assert sheets["Tilknytninger"].max_row == 1 + Affiliation.objects.for_system("test").count()


def test_the_units_as_a_file_are_those_of_the_day(cast, as_role):
    restructure.rename(cast.viewer("hr_admin"), cast.unit["vik"], name="Nyvik", from_day=date(2025, 1, 1))
    client = as_role("employee")
    then = b"".join(client.get("/organisation/units.csv", {"day": "2024-06-01"}).streaming_content).decode()
    now = b"".join(client.get("/organisation/units.csv").streaming_content).decode()
    assert "Nyvik" in now and "Nyvik" not in then and "u-county" in now
    assert not b"".join(client.get("/organisation/units.csv", {"day": "2020-01-01"}).streaming_content).count(b"u-vik")


def test_no_page_asks_in_a_loop(cast, as_role, django_assert_max_num_queries):
    """The same number of questions with 200 people and 60 roles in the office as with a handful."""
    many = Person.objects.bulk_create(Person(name=f"Navn Nr{n}", sort_key=f"nr{n} navn") for n in range(200))
    Affiliation.objects.bulk_create(
        Affiliation(
            person=person, unit=cast.unit["fjord"], employer=cast.employer["sund"], line="municipal",
            valid_from=date(2024, 1, 1),
        )
        for person in many
    )  # fmt: skip
    RoleHolding.objects.bulk_create(
        RoleHolding(
            person=person, kind=cast.kind["resource_person"], unit=cast.unit["fjord"], valid_from=date(2024, 1, 1)
        )
        for person in many[:60]
    )  # fmt: skip
    client = as_role("leader")
    fjord, her = cast.unit["fjord"].pk, cast.person["employee"].pk
    for where in (
        "/organisation/",
        f"/organisation/unit/{fjord}/",
        f"/organisation/unit/{fjord}/give-role/",
        "/people/?q=na",
        "/roles/",
        f"/people/{her}/",
        "/organisation/people.csv",
    ):
        client.get(where)  # the first time fills what is kept between requests
        with django_assert_max_num_queries(25):
            client.get(where)


# --- changing the organisation ------------------------------------------------------------------------


def counts():
    return [model.objects.count() for model in (Unit, UnitName, Edge, Succession)] + [
        Event.objects.for_system("test").count()
    ]


def changes(cast):
    """For each form: where, what is sent, and a question that is true only when it has been done."""
    vik, team = cast.unit["vik"], cast.unit["fjord_team"]
    here = f"/organisation/unit/{vik.pk}/"
    today = timezone.localdate().isoformat()
    return {
        "open": (
            "/organisation/open/",
            {"number": "9955", "name": "Nytt kontor", "kind": "office", "language": "nn", "first_day": today},
            lambda: Unit.objects.filter(number="9955", names__name="Nytt kontor").exists(),
        ),
        "rename": (
            f"{here}rename/",
            {"name": "Viken", "from_day": today},
            lambda: Unit.objects.filter(pk=vik.pk, name="Viken").exists(),
        ),
        "place": (
            f"{here}place/",
            {"bond": "area", "under": "", "also_under": "", "and_under": "", "from_day": today},
            lambda: not Edge.objects.filter(child=vik, bond=Bond.AREA, valid_to=None).exists(),
        ),
        "merge": (
            f"{here}pass-on/",
            {"day": today, "after_1": "Fjord", "bring_along": "on", "note": "Slått sammen"},
            lambda: Succession.objects.filter(before=vik, after=cast.unit["fjord"], share=1).exists(),
        ),
        "close": (
            f"/organisation/unit/{cast.unit['kyst'].pk}/close/",
            {"from_day": today},
            lambda: Unit.objects.filter(pk=cast.unit["kyst"].pk, valid_to=today).exists(),
        ),
        "place by number": (
            f"/organisation/unit/{team.pk}/place/",
            {"bond": "state", "under": "u-vik", "from_day": today},
            lambda: Edge.objects.filter(child=team, parent=vik, bond=Bond.STATE, valid_to=None).exists(),
        ),
    }


@pytest.mark.parametrize("change", ["open", "rename", "place", "merge", "close", "place by number"])
def test_a_change_is_told_first_and_done_when_she_says_so(cast, as_role, change):
    where, sent, done = changes(cast)[change]
    client = as_role("hr_admin")
    before = counts()
    told = client.post(where, sent)
    assert told.status_code == 200 and 'name="sure"' in told.content.decode()
    assert counts() == before and not done()
    again = client.post(where, {**sent, "again": "1"})
    assert 'name="sure"' not in again.content.decode() and not done()
    answer = client.post(where, {**sent, "sure": "1"})
    assert answer.status_code == 302, answer.content.decode()
    assert done() and counts() != before
    assert client.get(answer.url).status_code == 200


HOSTILE = ["", " ", "x" * 10_000, "<script>alert(1)</script>", "'; DROP TABLE people_unit; --", "\x00\u202e", "=1+1"]


@pytest.mark.parametrize("change", ["open", "rename", "place", "merge", "close"])
def test_nonsense_in_a_change_says_so_and_changes_nothing(cast, as_role, change):
    where, sent, _done = changes(cast)[change]
    client = as_role("hr_admin")
    before = counts()
    for field in sent:
        for words in HOSTILE:
            answer = client.post(where, {**sent, field: words})
            assert answer.status_code in (200, 422), (field, words)
            assert "<script>alert" not in answer.content.decode()
    assert counts() == before


@pytest.mark.parametrize(
    ("change", "wrong", "told"),
    [
        ("open", {"number": "u-vik"}, "number"),
        ("rename", {"from_day": "2020-01-01"}, "Vik"),
        ("place", {"bond": "state", "under": "fjord oppfølging", "from_day": "2023-01-01"}, "fjord oppfølging"),
        ("place", {"under": "Finnes ikke"}, "Finnes ikke"),
        ("merge", {"after_2": "Fylkeskontoret"}, "share"),
        ("merge", {"share_1": "70", "after_2": "Fylkeskontoret", "share_2": "70"}, "share"),
        ("merge", {"after_1": "Vik"}, ""),
        ("merge", {"bring_along": ""}, "Vik"),
        ("close", {"from_day": "2023-01-01"}, ""),
    ],
)
def test_what_does_not_hold_together_is_refused_in_a_sentence(cast, as_role, change, wrong, told):
    where, sent, _done = changes(cast)[change]
    client = as_role("hr_admin")
    before = counts()
    for sure in ({}, {"sure": "1"}):
        answer = client.post(where, {**sent, **wrong, **sure}, headers={"accept-language": "en"})
        assert answer.status_code == 422
        errors = answer.content.decode().split("ds-error-summary", 1)[1].split("</ds-error-summary>")[0]
        assert told in errors and "<li>" in errors
    assert counts() == before


def test_a_wrong_day_is_put_right_on_the_page(cast, as_role):
    hr, vik = cast.viewer("hr_admin"), cast.unit["vik"]
    restructure.pass_on(hr, vik, after={cast.unit["fjord"].pk: Decimal(1)}, day=date(2025, 6, 1), bring_along=True)
    row = Succession.objects.get()
    client = as_role("hr_admin")
    where = f"/organisation/change/{row.pk}/correct/"
    told = client.post(where, {"day": "2025-09-01"}).content.decode()
    assert "Vik" in told and "Fjord" in told and Succession.objects.get().day == date(2025, 6, 1)
    assert client.post(where, {"day": "2025-09-01", "sure": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.day == date(2025, 9, 1) and row.corrected_on == timezone.localdate()
    assert client.post(where, {"day": "2025-09-01", "sure": "1"}).status_code == 422


def test_a_unit_is_looked_for_on_the_day_of_the_change(cast, as_role):
    """The new municipality can be named on the day it begins, though it does not exist today."""
    hr, client = cast.viewer("hr_admin"), as_role("hr_admin")
    ahead = timezone.localdate() + timedelta(days=200)
    new = restructure.open_unit(hr, number="9970", name="Storfjord", kind="municipality", first_day=ahead)
    where = f"/organisation/unit/{cast.unit['fjord'].pk}/place/"
    sent = {"bond": "municipal", "under": "Storfjord (9970)", "from_day": ahead.isoformat()}
    assert client.post(where, {**sent, "from_day": timezone.localdate().isoformat()}).status_code == 422
    assert client.post(where, {**sent, "sure": "1"}).status_code == 302
    assert Edge.objects.filter(child=cast.unit["fjord"], parent=new, valid_from=ahead).exists()
