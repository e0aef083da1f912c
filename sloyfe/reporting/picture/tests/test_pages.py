"""The pages and files of the picture: who sees which nodes, what stands there, and bad questions."""

from __future__ import annotations

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from sloyfe.reporting.picture.models import PublishedNode
from sloyfe.reporting.picture.publish import publish
from sloyfe.reporting.picture.tests.bodies import fill
from tests.cast import DAY

BODY = 1


@pytest.fixture
def published(cast):
    fill(cast)
    publish(DAY, by="test")
    return cast


def key(name: str) -> int:
    return PublishedNode.objects.for_system("test").filter(name=name).order_by("-publication").first().key


def test_before_the_first_picture_the_page_says_so(as_role):
    page = as_role("employee").get("/picture/")
    assert page.status_code == 200
    assert "Det er ikke laget noe bilde" in page.content.decode()


@pytest.mark.parametrize("role", ["employee", "leader", "deputy", "neighbour_leader"])
def test_everybody_comes_to_her_own_office(published, as_role, role):
    page = as_role(role).get("/picture/", follow=True)
    assert page.status_code == 200
    here = "Vik" if role == "neighbour_leader" else "Fjord"
    assert f"{here}, " in page.content.decode()


@pytest.mark.parametrize("role", ["county_adviser", "directorate_adviser"])
def test_who_works_above_the_offices_comes_to_what_they_answer_for(published, as_role, role):
    page = as_role(role).get("/picture/", follow=True).content.decode()
    here = "Fylkeskontoret" if role == "county_adviser" else "Hele virksomheten"
    assert f"{here}, " in page


@pytest.mark.parametrize(
    ("role", "node", "status"),
    [
        ("employee", "Fjord", 200),
        ("employee", "Fylkeskontoret", 200),
        ("employee", "Vik", 404),
        ("leader", "Vik", 404),
        ("neighbour_leader", "Vik", 200),
        ("county_adviser", "Vik", 200),
        ("directorate_adviser", "Vik", 200),
        ("union_rep", "Vik", 200),
        ("safety_rep", "Fjord", 200),
        ("outsider", "Fjord", 403),
    ],
)
def test_each_meets_the_nodes_that_concern_her(published, as_role, role, node, status):
    client, at = as_role(role), key(node)
    assert client.get(f"/picture/{at}/").status_code == status
    for file in ("csv", "xlsx", "json"):
        assert client.get(f"/picture/{at}/picture.{file}").status_code == status
    assert client.get(f"/picture/{at}/offices/").status_code == status


@pytest.mark.parametrize(
    "query", ["?on=abc&area=x&line=z", "?on=&area=&line=", "?area=999999", "?line=state", "?figure"]
)
def test_a_question_that_makes_no_sense_is_left_out(published, as_role, query):
    assert as_role("leader").get(f"/picture/{key('Fjord')}/{query}").status_code == 200
    assert as_role("union_rep").get(f"/picture/{BODY}/{query}").status_code == 200


@pytest.mark.parametrize("path", ["/picture/0/", "/picture/99999999999999/", "/picture/1/?on=999999"])
def test_what_is_not_there_is_not_found(published, as_role, path):
    assert as_role("union_rep").get(path).status_code == 404


def test_pages_are_read_only(published, as_role):
    assert as_role("union_rep").post(f"/picture/{BODY}/").status_code == 405


def test_an_earlier_picture_can_be_opened(published, as_role):
    first = PublishedNode.objects.for_system("test").first().publication_id
    publish(DAY + timedelta(days=0), by="test")
    page = as_role("union_rep").get(f"/picture/{BODY}/?on={first}")
    assert page.status_code == 200


def test_files_say_what_the_page_says(published, as_role):
    client = as_role("union_rep")
    told = json.loads(client.get(f"/picture/{BODY}/picture.json").content)
    csv = b"".join(client.get(f"/picture/{BODY}/picture.csv")).decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"/picture/{BODY}/picture.xlsx"))))
    numbers = [n for node in told["nodes"] for entry in node["figures"].values() for n in entry["n"] if n is not None]
    assert len(numbers) > 20
    rows = list(book.active.iter_rows(min_row=2, values_only=True))
    assert sorted(row[4] for row in rows if row[4] is not None) == sorted(numbers)
    assert len(rows) == len(csv.splitlines()) - 1
    assert told["policy"]["people"] == 5


def test_nobody_is_named_and_no_small_number_is_told(published, as_role):
    client = as_role("directorate_adviser")
    told = json.loads(client.get(f"/picture/{BODY}/picture.json").content)
    for node in told["nodes"]:
        entry = node["figures"]["meets"]
        for n, of in zip(entry["n"], entry["of"], strict=True):
            assert n is None or (n >= 3 and of - n >= 3)
            assert of is None or of >= 5
    assert "Kollega" not in json.dumps(told)


def test_offices_stand_by_name(published, as_role):
    page = as_role("union_rep").get(f"/picture/{BODY}/offices/").content.decode()
    names = [name for name in ("Fjord", "Kontor nes", "Vik") if f">{name}</a>" in page]
    assert len(names) == 3
    places = [page.index(f">{name}</a>") for name in names]
    assert places == sorted(places)


@pytest.mark.parametrize("path", ["/picture/{}/", "/picture/{}/offices/", "/picture/{}/picture.json"])
def test_few_statements_are_asked(published, as_role, path):
    client = as_role("union_rep")
    with CaptureQueriesContext(connections["default"]) as asked:
        assert client.get(path.format(BODY)).status_code == 200
    assert len(asked) <= 15, [one["sql"][:90] for one in asked]
