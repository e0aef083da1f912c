"""What somebody has closed stays closed: old pages, second windows, and things no longer asked of her."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from sloyfe.core.audit.erasure import erase_person
from sloyfe.core.search.ask import search
from sloyfe.core.search.models import Document
from sloyfe.modules.people.models import Affiliation
from sloyfe.modules.statements import actions, confirmations, confirming, levels, reads
from sloyfe.modules.statements.daily import delete_what_is_past
from sloyfe.modules.statements.index import KIND
from sloyfe.modules.statements.models import Share, Statement
from sloyfe.modules.statements.team import my_team
from tests.cast import DAY
from tests.statements.test_levels import KEPT, asked

__all__ = ["asked"]


def live(statement):
    return Share.objects.for_system("test").filter(statement=statement, until_at=None).count()


@pytest.fixture
def debt(cast, asked):
    return levels.say_level(cast.viewer("employee"), asked["debt"].pk, level=3, example="Eks", kept_until=KEPT)


def test_a_level_shared_with_a_colleague_is_not_offered_to_the_leader(cast, asked, debt, as_role):
    eli = cast.viewer("employee")
    actions.share(eli, debt, audience="person", to_person=cast.person["neighbour_employee"].pk)
    client = as_role("employee")
    page = client.get(reverse("my-level", args=[asked["debt"].pk]))
    assert not page.context["form"]["leader"].value()
    overview = client.get(reverse("my-levels"))
    assert "leder" not in overview.content.decode().split("Gjeldsrådgivning")[1].split("</li>")[0].lower()


def test_what_is_saved_says_who_sees_it(cast, asked, debt, as_role):
    """«Only you see it» is not said of what a colleague sees too."""
    actions.share(cast.viewer("employee"), debt, audience="person", to_person=cast.person["neighbour_employee"].pk)
    told = {"level": 3, "example": "Eks"}
    page = as_role("employee").post(reverse("my-level", args=[asked["debt"].pk]), told, follow=True)
    assert live(debt) == 1
    assert "Bare du ser det." not in [str(one) for one in page.context["messages"]]
    assert "Lagret. Bare du ser det." not in [str(one) for one in page.context["messages"]]


def test_an_old_page_shares_nothing_that_was_taken_back(cast, as_role):
    eli = cast.viewer("employee")
    said = actions.say(eli, kind="offers", words="Gjeldsordning i praksis")
    stale = Statement.objects.for_viewer(eli).get(pk=said.pk)
    actions.take_back(eli, said)
    page = as_role("employee").post(reverse("my-share", args=[said.pk]), {"audience": "leader"})
    assert page.status_code in (404, 422)
    with pytest.raises(ValidationError):
        actions.share(eli, stale, audience="leader")
    assert live(said) == 0
    actions.bring_back(eli, said)
    assert not my_team(cast.viewer("leader"))


def test_what_comes_back_is_not_put_to_the_one_she_had_asked(cast, asked):
    eli, asks = cast.viewer("employee"), cast.viewer("neighbour_employee")
    said = actions.say(eli, kind="offers", competence_id=asked["debt"].pk)
    ask = confirming.ask_to_confirm(eli, said, asked=asks.person_id, in_talk=False)
    actions.take_back(eli, said)
    actions.bring_back(eli, said)
    assert confirmations.one_asked(asks, ask.pk) is None
    confirming.ask_to_confirm(eli, said, asked=asks.person_id, in_talk=False)


def test_what_is_no_longer_asked_of_her_can_still_be_read_and_taken_back(cast, asked, debt, as_role):
    actions.share(cast.viewer("employee"), debt, audience="leader")
    Affiliation.objects.for_system("test").filter(person=cast.person["employee"]).update(position="Noe annet")
    client = as_role("employee")
    page = client.get(reverse("my-levels"))
    assert "Gjeldsrådgivning" in page.content.decode()
    assert reverse("my-level-withdraw", args=[asked["debt"].pk]) in page.content.decode()
    client.post(reverse("my-level-withdraw", args=[asked["debt"].pk]))
    assert not my_team(cast.viewer("leader"))
    assert "Gjeldsrådgivning" not in client.get(reverse("my-levels")).content.decode()


def test_whoever_has_left_is_not_found_by_an_old_address(cast, as_role):
    eli = cast.viewer("employee")
    said = actions.say(eli, kind="offers", words="Gjeldsordning", audiences=["everyone"])
    Affiliation.objects.for_system("test").filter(person=eli.person_id).update(valid_to=DAY)
    assert as_role("neighbour_employee").post(reverse("ask-turn-to", args=[said.pk])).status_code == 404
    assert not reads.askable(cast.viewer("neighbour_employee")).filter(pk=said.pk)


def test_history_is_not_lengthened_by_taking_back_twice(cast):
    eli = cast.viewer("employee")
    said = actions.say(eli, kind="wants", words="Mer om gjeld")
    actions.take_back(eli, said)
    later = cast.viewer("employee", DAY + timedelta(days=30))
    actions.take_back(later, Statement.objects.for_viewer(later).get(pk=said.pk))
    assert Statement.objects.for_viewer(later).get(pk=said.pk).valid_to == DAY + timedelta(days=1)


def test_what_an_erased_person_offered_leaves_no_words_in_the_index(cast):
    said = actions.say(cast.viewer("employee"), kind="offers", words="Zjyxgjeld", audiences=["everyone"])
    assert search("Zjyxgjeld", kinds=(KIND,))
    erase_person(cast.person["employee"].pk, "She asked for it", by="a test")
    assert not Statement.objects.for_system("test").filter(pk=said.pk)
    assert not search("Zjyxgjeld", kinds=(KIND,))
    assert not Document.objects.for_system("test").filter(key=str(said.pk))


def test_what_is_deleted_on_its_day_leaves_no_words_in_the_index(cast):
    said = actions.say(
        cast.viewer("employee"), kind="teaches", words="Zjyxgjeld", audiences=["everyone"], kept_until=DAY
    )
    delete_what_is_past(DAY)
    assert not search("Zjyxgjeld", kinds=(KIND,))
    assert not Document.objects.for_system("test").filter(key=str(said.pk))


def test_whoever_has_left_asks_nobody_any_more(cast, debt):
    eli, asks = cast.viewer("employee"), cast.viewer("neighbour_employee")
    ask = confirming.ask_to_confirm(eli, debt, asked=asks.person_id, in_talk=False)
    assert confirmations.one_asked(asks, ask.pk) is not None
    Affiliation.objects.for_system("test").filter(person=eli.person_id).update(valid_to=DAY)
    assert confirmations.one_asked(asks, ask.pk) is None
    assert confirming.confirm_it(asks, ask.pk, example="Sett det") is None


def test_nobody_follows_anybody_out_of_the_door(cast):
    """Shared with one named colleague, and with everyone: closed on the day she leaves, open again if she returns."""
    eli = cast.viewer("employee")
    for audience, to in (("person", cast.person["neighbour_employee"].pk), ("everyone", None)):
        actions.share(
            eli, actions.say(eli, kind="unsure" if to else "wants", words="Gjeld"), audience=audience, to_person=to
        )
    vera = cast.viewer("neighbour_employee")
    assert Statement.objects.for_viewer(vera).count() == 2
    work = Affiliation.objects.for_system("test").filter(person=eli.person_id)
    work.update(valid_to=DAY)
    assert not Statement.objects.for_viewer(vera).exists()
    work.update(valid_to=None)
    assert Statement.objects.for_viewer(vera).count() == 2
