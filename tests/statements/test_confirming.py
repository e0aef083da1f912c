"""Having something confirmed: the owner asks, the one she asked answers, and it is hers alone until she shares it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.urls import reverse

from sloyfe.core.access import OutOfReach
from sloyfe.core.audit.erasure import erase_person
from sloyfe.core.audit.looks import looks_at
from sloyfe.core.audit.models import Event
from sloyfe.core.personal import own_rows
from sloyfe.modules.catalogue.models import Competence, Framework, Profile, Requirement, Scale, Step
from sloyfe.modules.statements import confirmations, confirming
from sloyfe.modules.statements.actions import say, share, take_back
from sloyfe.modules.statements.daily import delete_what_is_past
from sloyfe.modules.statements.models import ConfirmationAsk, Statement
from sloyfe.modules.statements.shared import shared_with
from sloyfe.modules.statements.team import my_team
from tests.cast import DAY

WORDS = "Fant en ordning for tre familier"
SEEN = "Så henne gjøre det i høst"


@pytest.fixture
def debt(cast):
    scale = Scale.objects.create(code="five", label_nb="Fem trinn")
    Step.objects.create(scale=scale, level=3, label_nb="Selvstendig")
    framework = Framework.objects.create(code="trade", label_nb="Faget", scale=scale)
    return Competence.objects.create(framework=framework, key="debt", label_nb="Gjeldsrådgivning")


@pytest.fixture
def level(cast, debt):
    return Statement.objects.create(
        person=cast.person["employee"],
        kind="level",
        competence=debt,
        level=3,
        words=WORDS,
        valid_from=DAY - timedelta(days=9),
        confirmed_on=DAY,
        kept_until=DAY + timedelta(days=400),
    )


def asked(cast, statement, whom="leader", *, in_talk=True):
    eli = cast.viewer("employee")
    return confirming.ask_to_confirm(eli, statement, asked=cast.person[whom].pk, in_talk=in_talk)


def confirmations_kept():
    return list(Statement.objects.for_system("test").filter(kind="confirmed"))


def test_only_the_one_asked_sees_it_only_through_the_ask_and_only_until_she_answers(cast, level, debt):
    say(cast.viewer("employee"), kind="offers", competence_id=debt.pk, words="Noe annet")
    ask = asked(cast, level)
    mona = cast.viewer("leader")
    (one,) = confirmations.to_confirm(mona)
    assert (one.who, one.what, one.step, one.words, one.in_talk) == (
        "Eli Elvestad",
        "Gjeldsrådgivning",
        "Selvstendig",
        WORDS,
        True,
    )
    for role in cast.person:
        viewer = cast.viewer(role)
        assert bool(confirmations.to_confirm(viewer)) == (role == "leader"), role
        if role != "employee":
            assert not Statement.objects.for_viewer(viewer).exists(), "the statement itself stays closed"
            assert not ConfirmationAsk.objects.for_viewer(viewer).exists() or role == "leader"
    assert my_team(mona) == [] and shared_with(mona, [debt.pk], [level.person_id]).can == {}
    confirming.confirm_it(mona, ask.pk, example=SEEN)
    assert confirmations.to_confirm(mona) == []
    assert not ConfirmationAsk.objects.for_viewer(mona).exists()
    assert not Statement.objects.for_viewer(mona).exists()


def test_what_is_confirmed_is_hers_with_the_level_she_asked_about(cast, level, debt):
    ask = asked(cast, level)
    confirming.confirm_it(cast.viewer("leader"), ask.pk, example=SEEN)
    (row,) = confirmations_kept()
    assert (row.person_id, row.by_id, row.competence_id) == (level.person_id, cast.person["leader"].pk, debt.pk)
    assert (row.level, row.words, row.basis) == (3, SEEN, "talk")
    assert (row.valid_from, row.valid_to, row.kept_until) == (DAY, date(2028, 11, 18), level.kept_until)
    (one,) = confirmations.confirmed_for_me(cast.viewer("employee"))
    assert (one.by, one.step, one.apart) == ("Mona Myhre", "Selvstendig", False)
    Statement.objects.for_system("test").filter(pk=level.pk).update(level=4)
    assert confirmations.confirmed_for_me(cast.viewer("employee"))[0].apart
    later = cast.viewer("employee", day=row.valid_to)
    assert confirmations.confirmed_for_me(later) == []
    (event,) = Event.objects.for_system("test").filter(verb="statement.confirmed")
    assert (event.subject_id, event.details) == (level.person_id, {"in_talk": True})


def test_an_offer_is_confirmed_without_a_level(cast, debt):
    offer = say(cast.viewer("employee"), kind="offers", competence_id=debt.pk)
    ask = asked(cast, offer, "state_employee", in_talk=False)
    (one,) = confirmations.to_confirm(cast.viewer("state_employee"))
    assert one.step == ""
    confirming.confirm_it(cast.viewer("state_employee"), ask.pk, example=SEEN)
    (row,) = confirmations_kept()
    assert (row.level, row.basis) == (None, "colleague")


@pytest.mark.parametrize("state", ["talk_first", "not_seen"])
def test_a_talk_first_or_not_seen_writes_nothing_else(cast, level, state):
    ask = asked(cast, level)
    assert getattr(confirming, state)(cast.viewer("leader"), ask.pk)
    assert confirmations_kept() == [] and confirmations.to_confirm(cast.viewer("leader")) == []
    (waiting,) = confirmations.asked_by_me(cast.viewer("employee"))
    assert waiting.state == state
    assert not Event.objects.for_system("test").filter(table__contains="statement").exists()
    assert confirming.withdraw_ask(cast.viewer("employee"), ask.pk)
    assert confirmations.asked_by_me(cast.viewer("employee")) == []
    asked(cast, level)  # and after the talk she may ask again


def test_nobody_confirms_unasked_for_herself_twice_or_after_it_is_taken_back(cast, level, debt):
    eli, mona = cast.viewer("employee"), cast.viewer("leader")
    with pytest.raises(ValidationError):
        confirming.ask_to_confirm(eli, level, asked=eli.me, in_talk=False)
    with pytest.raises(OutOfReach):
        confirming.ask_to_confirm(mona, level, asked=cast.person["hr_admin"].pk, in_talk=False)
    ask = asked(cast, level)
    with pytest.raises(ValidationError):
        asked(cast, level, "state_employee")
    for role in cast.person:
        if role != "leader":
            assert confirming.confirm_it(cast.viewer(role), ask.pk, example=SEEN) is None, role
            assert not confirming.talk_first(cast.viewer(role), ask.pk), role
    assert not confirming.withdraw_ask(mona, ask.pk)
    assert confirming.withdraw_ask(eli, ask.pk) and not confirming.withdraw_ask(eli, ask.pk)
    assert confirming.confirm_it(mona, ask.pk, example=SEEN) is None
    again = asked(cast, level)
    assert confirming.confirm_it(mona, again.pk, example=SEEN)
    assert confirming.confirm_it(mona, again.pk, example=SEEN) is None
    assert len(confirmations_kept()) == 1


def test_what_she_no_longer_says_is_no_longer_asked_about(cast, debt):
    offer = say(cast.viewer("employee"), kind="offers", competence_id=debt.pk)
    ask = asked(cast, offer)
    take_back(cast.viewer("employee"), offer)
    assert confirmations.to_confirm(cast.viewer("leader")) == []
    assert confirming.confirm_it(cast.viewer("leader"), ask.pk, example=SEEN) is None
    assert confirmations.asked_by_me(cast.viewer("employee")) == []
    with pytest.raises(ValidationError):
        asked(cast, offer)


@pytest.mark.parametrize("kind", ["wants", "uses", "unsure"])
def test_what_cannot_be_seen_cannot_be_asked_about(cast, debt, as_role, kind):
    row = say(cast.viewer("employee"), kind=kind, competence_id=debt.pk)
    with pytest.raises(ValidationError):
        asked(cast, row)
    assert as_role("employee").get(reverse("my-ask-to-confirm", args=[row.pk])).status_code == 404


def test_she_shares_it_remarks_on_it_and_takes_it_away(cast, level, as_role):
    confirming.confirm_it(cast.viewer("leader"), asked(cast, level).pk, example=SEEN)
    (row,) = confirmations_kept()
    client, eli = as_role("employee"), cast.viewer("employee")
    assert client.get(reverse("my-share", args=[row.pk])).status_code == 200
    share(eli, row, audience="leader")
    assert client.post(reverse("my-remark", args=[row.pk]), {"remark": "Det var i vår"}).status_code == 302
    (told,) = my_team(cast.viewer("leader"))[0].lines
    assert (told.by, told.words, told.contest) == ("Mona Myhre", SEEN, "Det var i vår")
    for name in ("my-take-back", "my-bring-back", "my-confirm"):
        assert client.post(reverse(name, args=[row.pk])).status_code == 404, "those are for her own words"
    later = replace(eli, day=DAY + timedelta(days=3))
    confirming.take_away(later, row)
    assert my_team(cast.viewer("leader", day=later.day)) == []
    assert [each.valid_to for each in confirmations_kept()] == [later.day]


def test_one_taken_away_the_same_day_leaves_nothing(cast, level):
    confirming.confirm_it(cast.viewer("leader"), asked(cast, level).pk, example=SEEN)
    confirming.take_away(cast.viewer("employee"), confirmations_kept()[0])
    assert confirmations_kept() == []


def test_the_pages_from_asking_to_answering(cast, level, as_role):
    eli, mona = as_role("employee"), as_role("leader")
    where = reverse("my-ask-to-confirm", args=[level.pk])
    page = eli.get(where).content.decode()
    assert "Mona Myhre" in page and "checked" not in page
    for wrong in ({}, {"who": "colleague"}, {"who": "colleague", "colleague": "Ingen"}, {"who": "999999"}):
        assert eli.post(where, wrong).status_code == 422
    assert eli.post(where, {"who": "colleague", "colleague": "Eli Elvestad"}).status_code == 422
    assert not ConfirmationAsk.objects.for_system("test").exists()
    assert eli.post(where, {"who": str(cast.person["leader"].pk)}).url == reverse("my-confirmations")
    (ask,) = ConfirmationAsk.objects.for_system("test")
    answer = reverse("my-confirm-for", args=[ask.pk])
    for page in ("today", "my-page", "my-confirmations"):
        assert answer in mona.get(reverse(page)).content.decode()
    shown = mona.get(answer).content.decode()
    assert WORDS in shown and "Selvstendig" in shown
    (look,) = looks_at(cast.viewer("employee"))
    assert look.looker == "Mona Myhre" and look.why == ("Du hadde delt dette selv.",)
    for role in ("employee", "state_leader", "hr_admin"):
        assert as_role(role).get(answer).status_code == 404
        assert as_role(role).post(answer, {"answer": "yes", "example": SEEN}).status_code == 404
    assert mona.post(answer, {"answer": "yes"}).status_code == 422
    assert mona.post(answer, {"answer": "yes", "example": SEEN}).status_code == 302
    closed = mona.get(answer)
    assert closed.status_code == 302 and WORDS not in mona.get(closed.url).content.decode()
    assert mona.post(answer, {"answer": "yes", "example": SEEN}).status_code == 302
    assert len(confirmations_kept()) == 1
    assert SEEN in eli.get(reverse("my-confirmations")).content.decode()


def test_her_data_holds_that_she_was_asked_and_nothing_of_what(cast, level):
    ask = asked(cast, level)
    mona = cast.viewer("leader")
    confirming.confirm_it(mona, ask.pk, example=SEEN)
    (told,) = own_rows(mona)["statements.ConfirmationAsk"]
    assert told["id"] == ask.pk and "statements.Statement" not in own_rows(mona)
    assert {row["kind"] for row in own_rows(cast.viewer("employee"))["statements.Statement"]} == {"level", "confirmed"}


def test_whoever_confirmed_is_erased_and_what_she_said_stays_without_her_name(cast, level):
    confirming.confirm_it(cast.viewer("deputy"), asked(cast, level, "deputy").pk, example=SEEN)
    erase_person(cast.person["deputy"].pk, "test", by="test")
    (one,) = confirmations.confirmed_for_me(cast.viewer("employee"))
    assert (one.by, one.words) == ("", SEEN)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connections["default"].vendor != "postgresql", reason="SQLite lets one write at a time")
def test_of_two_answers_at_once_one_stands(cast, level):
    ask = asked(cast, level)
    start = threading.Barrier(2)
    done = []

    def answer() -> None:
        start.wait()
        done.append(confirming.confirm_it(cast.viewer("leader"), ask.pk, example=SEEN) is not None)
        connections["default"].close()

    threads = [threading.Thread(target=answer) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert sorted(done) == [False, True] and len(confirmations_kept()) == 1


def test_what_a_round_deletes_takes_its_asks_and_confirmations_with_it(cast, level):
    confirming.confirm_it(cast.viewer("leader"), asked(cast, level).pk, example=SEEN)
    asked(cast, level, "deputy")
    assert delete_what_is_past(level.kept_until) == 2
    assert confirmations_kept() == [] and not ConfirmationAsk.objects.for_system("test").exists()


def test_her_own_level_page_shows_both_apart_and_calls_for_a_talk_where_they_differ(cast, level, as_role):
    profile = Profile.objects.create(key="post", kind="position", position="veileder", label_nb="Veileder")
    told = {"level": 3, "strength": "must", "source": "county", "valid_from": date(2026, 1, 1)}
    Requirement.objects.create(profile=profile, competence=level.competence, **told)
    confirming.confirm_it(cast.viewer("leader"), asked(cast, level).pk, example=SEEN)
    where = reverse("my-level", args=[level.competence_id])
    page = as_role("employee").get(where).content.decode()
    assert SEEN in page and "noe å snakke om" not in page
    Statement.objects.for_system("test").filter(pk=level.pk).update(level=2)
    assert "noe å snakke om" in as_role("employee").get(where).content.decode()
