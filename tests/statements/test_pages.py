"""The pages of «Min side» and of asking, as each role, and with bad input."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sloyfe.modules.statements import actions
from sloyfe.modules.statements.models import PostedNeed, Share, Statement
from sloyfe.modules.statements.proofs import Facts, add_proof

OPEN = ("/ask/", "/ask/?q=tolk", "/me/", "/me/say/offers/", "/me/say/unsure/", "/me/asking/", "/me/weeks/")


@pytest.mark.parametrize("url", OPEN)
def test_open_to_those_who_work_here_and_nobody_else(as_role, url):
    assert as_role("employee").get(url).status_code == 200
    assert as_role("outsider").get(url).status_code == 403
    assert as_role("anonymous").get(url).status_code == 302


def test_saying_sharing_closing_and_taking_back_by_form(as_role, cast):
    client = as_role("employee")
    said = client.post("/me/say/offers/", {"words": "Tolk på telefon", "audiences": ["office"]}, follow=True)
    assert "Tolk på telefon" in said.content.decode()
    row = Statement.objects.for_system("test").get()
    client.post(f"/me/{row.pk}/share/", {"audience": "person", "colleague": "vera vikse"})
    assert Share.objects.for_system("test").filter(until_at=None).count() == 2
    for share in Share.objects.for_system("test").filter(until_at=None):
        assert client.post(f"/me/share/{share.pk}/close/").status_code == 302
    assert not Share.objects.for_system("test").filter(until_at=None).exists()
    client.post(f"/me/{row.pk}/take-back/")
    assert "Tolk på telefon" not in client.get("/me/").content.decode().split("</h1>")[1]


@pytest.mark.parametrize("role", ["leader", "hr_admin", "neighbour_employee"])
def test_nobody_reaches_anothers_statement_by_its_number(as_role, cast, role):
    row = actions.say(cast.viewer("employee"), kind="unsure", words="Gjeldsordning")
    client = as_role(role)
    for url in (f"/me/{row.pk}/share/", f"/me/{row.pk}/confirm/", f"/me/{row.pk}/take-back/", f"/ask/{row.pk}/"):
        assert client.post(url).status_code == 404
    assert Statement.objects.for_system("test").get(pk=row.pk).valid_to is None


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("/me/say/offers/", {}),
        ("/me/say/offers/", {"topic": "finnes ikke"}),
        ("/me/say/offers/", {"words": "x" * 10_000}),
        ("/me/say/offers/", {"words": "ok", "audiences": ["nobody"]}),
        ("/me/say/unsure/", {}),
        ("/me/asking/", {"weekly_limit": "-1"}),
        ("/me/asking/", {"weekly_limit": "mange"}),
        ("/ask/area/", {"text": ""}),
        ("/ask/area/", {"text": "x" * 10_000}),
    ],
)
def test_bad_input_is_said_and_changes_nothing(as_role, url, data):
    response = as_role("employee").post(url, data)
    assert response.status_code == 422
    assert "ds-error-summary" in response.content.decode()
    assert not Statement.objects.for_system("test").exists()
    assert not PostedNeed.objects.for_system("test").exists()


def test_unknown_kinds_and_numbers_are_not_found(as_role):
    client = as_role("employee")
    assert client.get("/me/say/salary/").status_code == 404
    assert client.post("/me/999999/confirm/").status_code == 404
    assert client.get("/me/1/confirm/").status_code == 405


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(question=st.text(max_size=220), words=st.text(max_size=320))
def test_any_text_at_all_is_answered(as_role, question, words):
    client = as_role("employee")
    assert client.get("/ask/", {"q": question}).status_code == 200
    assert client.post("/me/say/wants/", {"words": words}).status_code in (302, 422)


def test_my_data_holds_what_i_said_and_nothing_of_others(as_role, cast):
    actions.say(cast.viewer("employee"), kind="unsure", words="Gjeldsordning")
    actions.say(cast.viewer("leader"), kind="unsure", words="Konflikter")
    response = as_role("employee").get("/me/data.zip")
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    data = json.loads(archive.read("sloyfe/data.json"))
    assert [row["words"] for row in data["statements.Statement"]] == ["Gjeldsordning"]
    assert "people.Affiliation" in data
    page = archive.read("sloyfe/index.html").decode()
    assert "Gjeldsordning" in page
    assert "Konflikter" not in page


def test_my_data_says_in_words_what_it_is(as_role, cast):
    eli = cast.viewer("employee")
    offer = actions.say(eli, kind="offers", words="Gjeldsordning")
    actions.share(eli, offer, audience="person", to_person=cast.person["deputy"].pk)
    add_proof(eli, Facts("education", "=Bachelor i sosialt arbeid", date(2001, 6, 15), nkr=6, issuer="OsloMet"))
    archive = zipfile.ZipFile(io.BytesIO(as_role("employee").get("/me/data.zip").content))
    page = archive.read("sloyfe/index.html").decode()
    for words in ("kan spørres om", "Dina Dale", "Sund kommune", "Fjord oppfølging", "utdanning", "15.06.2001"):
        assert words in page, words
    assert re.findall(r"<dt>[^<]*[a-z]_[a-z][^<]*</dt>", page) == [], "a field by its name in the system"
    assert re.findall(r"<dd>(?:None|True|False|\{)", page) == []
    table = archive.read("sloyfe/det-jeg-kan-vise.csv").decode("utf-8-sig")
    assert "15.06.2001" in table and ";6;" in table and "\n=" not in table


def test_resource_persons_see_what_the_area_asks_for(as_role, cast):
    actions.post_need(cast.viewer("employee"), text="Tolk på natta")
    assert "Tolk på natta" in as_role("resource_person").get("/area/needs/").content.decode()
    assert as_role("employee").get("/area/needs/").status_code == 403
