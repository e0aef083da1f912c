"""Making contact with somebody who offered, and «I did not ask after all»."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from sloyfe.modules.people.models import Person
from sloyfe.modules.statements import actions
from sloyfe.modules.statements.models import AskedInWeek
from sloyfe.modules.statements.turning import SALT


def _offer(cast):
    viewer = cast.viewer("state_employee")
    return actions.say(viewer, kind="offers", words="Gjeld & skatt", audiences=["everyone"])


def _times():
    return sum(AskedInWeek.objects.for_system("test").values_list("times", flat=True))


def test_there_are_links_to_write_and_to_call(cast, as_role):
    offer = _offer(cast)
    Person.objects.for_system("test").filter(pk=offer.person_id).update(
        email="kari@nav.example", phone="+47 00 00 12 34"
    )
    page = as_role("employee").post(reverse("ask-turn-to", args=[offer.pk])).content.decode()
    assert "mailto:kari@nav.example?subject=Gjeld%20%26%20skatt" in page
    assert 'href="tel:+4700001234"' in page


def test_a_question_that_was_not_asked_is_taken_back_once(cast, as_role):
    offer, client = _offer(cast), as_role("employee")
    slip = client.post(reverse("ask-turn-to", args=[offer.pk])).context["slip"]
    actions.turn_to(cast.viewer("leader"), offer)
    assert _times() == 2
    for _again in range(2):
        assert client.post(reverse("ask-did-not", args=[offer.pk]), {"slip": slip}).status_code == 302
        assert _times() == 1


def test_a_slip_of_another_or_none_takes_nothing_back(cast, as_role):
    offer, client, other = _offer(cast), as_role("employee"), as_role("leader")
    slip = client.post(reverse("ask-turn-to", args=[offer.pk])).context["slip"]
    word, person, _monday = signing.loads(slip, salt=SALT)
    old = signing.dumps([word, person, "2020-01-06"], salt=SALT)
    for who, given in ((other, slip), (client, old), (client, ""), (client, slip + "x")):
        assert who.post(reverse("ask-did-not", args=[offer.pk]), {"slip": given}).status_code == 302
        assert _times() == 1
