"""Pages of a round: set up, hear, open, read; and on a phone from what it is for to the first answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sloyfe.modules.assessment import actions
from sloyfe.modules.assessment.models import Heard, Round
from sloyfe.modules.catalogue.models import Competence, Framework, Profile, Requirement, Scale, Step
from sloyfe.modules.statements.models import Counting, Statement
from tests.assessment.rounds import WORDS, draft, heard_round, opened_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def admin(cast, today):
    return cast.viewer("hr_admin", day=today)


@pytest.fixture
def asked(cast):
    """Three competences asked of everybody at an office."""
    scale = Scale.objects.create(code="five", label_nb="Fem trinn")
    Step.objects.bulk_create(Step(scale=scale, level=n, label_nb=f"Trinn {n}") for n in range(1, 6))
    framework = Framework.objects.create(code="trade", label_nb="Faget", scale=scale)
    profile = Profile.objects.create(key="every", kind="unit", unit_kind="office", label_nb="Alle kontor")
    told = {"level": 3, "strength": "must", "source": "county", "reach": "each", "valid_from": date(2026, 1, 1)}
    found = []
    for key in ("a", "b", "c"):
        found.append(Competence.objects.create(framework=framework, key=key, label_nb=f"Kan {key}", scale=scale))
        Requirement.objects.create(profile=profile, competence=found[-1], **told)
    return found


def form(cast, today, **other):
    days = {"opens_on": today, "closes_on": today + timedelta(days=20), "delete_on": today + timedelta(days=300)}
    return WORDS | {"place": cast.unit["fjord"].pk, "line": "", "minutes": 8} | days | other


def test_a_round_is_set_up_heard_and_opened(as_role, cast, today):
    client = as_role("hr_admin")
    assert client.post("/rounds/new/", form(cast, today)).status_code == 302
    row = Round.objects.for_system("a test looks").get()
    page = client.get(f"/rounds/{row.pk}/").content.decode()
    assert "Ikke kalt inn ennå." in page
    assert f"/rounds/{row.pk}/open/" not in page
    told = {"agreement": "Avtalen", "held_on": today, "who": "leder", "outcome": "Enige"}
    for path in (f"union/{cast.employer['state'].pk}/", f"union/{cast.employer['sund'].pk}/", "safety/"):
        assert client.post(f"/rounds/{row.pk}/hear/{path}", told).status_code == 302
    assert f"/rounds/{row.pk}/open/" in client.get(f"/rounds/{row.pk}/").content.decode()
    client.post(f"/rounds/{row.pk}/open/")
    row = Round.objects.for_system("a test looks").get()
    assert row.state == "open"
    assert as_role("employee").get("/").content.decode().count(f"<h3>{WORDS['title']}</h3>") == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"purpose": "Lønnsforhandlinger"}, "aldri til lønn"),
        ({"closes_on": "2020-01-01"}, "kan ikke komme før den første"),
        ({"delete_on": "2026-01-02"}, "Svarene slettes etter siste dag"),
        ({"delete_on": "2190-01-02"}, "ikke ligge lenger enn til"),
        ({"basis": "consent"}, ""),
        ({"title": ""}, ""),
        ({"place": "0"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(as_role, cast, today, wrong, said):
    answer = as_role("hr_admin").post("/rounds/new/", form(cast, today, **wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Round.objects.for_system("a test looks").exists()


def test_a_leader_of_one_line_is_told_to_choose_her_own(as_role, cast, today):
    client = as_role("state_leader")
    answer = client.post("/rounds/new/", form(cast, today))
    assert answer.status_code == 422
    assert "Ansatt i" in answer.content.decode()
    assert client.post("/rounds/new/", form(cast, today, line="state")).status_code == 302


def test_from_what_it_is_for_to_the_last_answer(as_role, cast, admin, asked):
    row = opened_round(cast, admin)
    client = as_role("employee")
    first = f"/me/levels/{asked[0].pk}/"
    assert client.get(first).url == f"/rounds/{row.pk}/begin/"  # never a question before she has read what it is for
    assert client.post(first, {"level": 3}).url == f"/rounds/{row.pk}/begin/"
    page = client.get(f"/rounds/{row.pk}/begin/").content.decode()
    for told in (row.purpose, row.law, row.controller, row.ordered_by, "minst 5 personer", "Frivillig", "slettes"):
        assert told in page
    assert "checked" not in page  # nothing is chosen for her
    unchosen = client.post(f"/rounds/{row.pk}/begin/", {})
    assert unchosen.status_code == 422
    assert client.post(f"/rounds/{row.pk}/begin/", {"answers": "yes"}).url == first
    for at, competence in enumerate(asked):
        answer = client.post(f"/me/levels/{competence.pk}/", {"level": 3, "on": "yes"})
        assert answer.url == (f"/me/levels/{asked[at + 1].pk}/" if at < 2 else "/me/levels/")
    said = Statement.objects.for_system("a test looks").filter(kind="level")
    assert {(one.person_id, one.kept_until) for one in said} == {(cast.person["employee"].pk, row.delete_on)}
    assert Counting.objects.for_system("a test looks").get().answers is True
    assert "Du har svart på alt" in client.get("/me/levels/").content.decode()


def test_a_wish_to_learn_or_being_unsure_is_an_answer(as_role, cast, admin, asked):
    row = opened_round(cast, admin)
    client = as_role("employee")
    client.post(f"/rounds/{row.pk}/begin/", {"answers": "yes"})
    here, following = (f"/me/levels/{one.pk}/" for one in asked[:2])
    nothing = client.post(here, {"on": "yes"})
    assert nothing.status_code == 422 and "eller kryss av for noe under" in nothing.content.decode()
    assert client.post(here, {"example": "Gjorde det", "wishes": ["wants"]}).status_code == 422
    assert client.post(here, {"wishes": ["wants", "unsure"], "on": "yes"}).url == following
    said = Statement.objects.for_system("a test looks").filter(competence=asked[0])
    assert {(one.kind, one.kept_until) for one in said} == {("wants", row.delete_on), ("unsure", row.delete_on)}
    page = client.get("/me/levels/").content.decode()
    assert "Du har sagt 1 av 3" in page and "vil lære" in page


def test_each_round_that_is_open_stands_on_the_first_page(as_role, cast, admin, asked):
    rows = [opened_round(cast, admin, title=title) for title in ("En", "To")]
    client = as_role("employee")
    page = client.get("/").content.decode()
    assert all(f"/rounds/{row.pk}/begin/" in page for row in rows)
    assert client.post(f"/rounds/{rows[1].pk}/begin/", {"answers": "yes"}).status_code == 302
    assert client.post(f"/me/levels/{asked[0].pk}/", {"level": 3}).status_code == 302  # the one she has begun


def test_what_is_being_prepared_elsewhere_is_not_listed(as_role, cast, admin):
    actions.write_round(admin, draft(cast, unit="vik", line="state", title="Bare påtenkt"))
    assert "Bare påtenkt" not in as_role("employee").get("/rounds/").content.decode()
    assert "Bare påtenkt" in as_role("hr_admin").get("/rounds/").content.decode()


def test_she_is_asked_about_being_counted_once(as_role, cast, admin, asked):
    row = opened_round(cast, admin)
    client = as_role("employee")
    client.post("/me/counting/", {"answers": "no"})
    page = client.get(f"/rounds/{row.pk}/begin/").content.decode()
    assert 'name="answers"' not in page
    assert client.post(f"/rounds/{row.pk}/begin/").status_code == 302
    assert Counting.objects.for_system("a test looks").get().answers is False


def test_nobody_answers_what_is_closed_or_not_for_her(as_role, cast, admin, asked):
    row = opened_round(cast, admin)
    assert as_role("neighbour_employee").get(f"/rounds/{row.pk}/begin/").status_code == 404
    actions.close_round(cast.viewer("hr_admin", day=row.closes_on + timedelta(days=1)), row)
    client = as_role("employee")
    assert client.get(f"/rounds/{row.pk}/begin/").status_code == 404
    assert client.post(f"/me/levels/{asked[0].pk}/", {"level": 3}).status_code == 422
    assert not Statement.objects.for_system("a test looks").filter(kind="level").exists()


def test_who_may_read_and_who_may_change(as_role, cast, admin):
    row = actions.write_round(admin, draft(cast, day=admin.day))
    for role in ("employee", "neighbour_leader", "union_rep", "safety_rep", "county_adviser"):
        assert as_role(role).get(f"/rounds/{row.pk}/").status_code == 200, role
    for role, code in (("employee", 403), ("union_rep", 403), ("neighbour_leader", 404), ("leader", 404)):
        assert as_role(role).get(f"/rounds/{row.pk}/edit/").status_code == code, role
        assert as_role(role).post(f"/rounds/{row.pk}/discard/").status_code == code, role
    assert as_role("hr_admin").post(f"/rounds/{row.pk}/discard/").status_code == 302


def test_the_union_adds_its_own_words(as_role, cast, admin):
    row = heard_round(cast, admin)
    heard = Heard.objects.for_viewer(admin, "round.edit").get(round=row, employer=cast.employer["sund"])
    client = as_role("union_rep")
    assert f"/rounds/heard/{heard.pk}/own-words/" in client.get(f"/rounds/{row.pk}/").content.decode()
    client.post(f"/rounds/heard/{heard.pk}/own-words/", {"words": "Vi ble hørt sent."})
    assert "Vi ble hørt sent." in as_role("employee").get(f"/rounds/{row.pk}/").content.decode()
    other = Heard.objects.for_viewer(admin, "round.edit").get(round=row, employer=cast.employer["state"])
    assert client.get(f"/rounds/heard/{other.pk}/own-words/").status_code == 404


def test_a_draft_that_is_not_heard_does_not_open(as_role, cast, admin):
    row = actions.write_round(admin, draft(cast, day=admin.day))
    client = as_role("hr_admin")
    page = client.post(f"/rounds/{row.pk}/open/", follow=True).content.decode()
    assert "ikke åpnes før alle er hørt" in page
    assert Round.objects.for_system("a test looks").get().state == "draft"
    assert client.get(f"/rounds/{row.pk}/hear/union/{cast.employer['nes'].pk}/").status_code == 404
    assert client.get(f"/rounds/{row.pk}/hear/nobody/").status_code == 404
