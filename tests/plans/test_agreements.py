"""A neighbour covers by agreement: two leaders, days, in words. Asked, answered, ended, and counted when it stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sloyfe.core.access import OutOfReach
from sloyfe.modules.catalogue.actions.covers import answer_neighbour, ask_neighbour, end_agreement
from sloyfe.modules.catalogue.models import CoverAgreement
from sloyfe.modules.plans.needs import needs
from tests.cast import DAY


def agreement(cast, office, topic="youth", **more):
    row = {"unit": cast.unit["fjord"], "by_unit": cast.unit["vik"], "requirement": office.asked[topic]}
    return CoverAgreement(**row | {"people": 1, "agreed": "Vik tar ungdomssakene", "valid_from": DAY} | more)


def asked(cast, office, **more):
    return ask_neighbour(cast.viewer("leader"), agreement(cast, office, **more))


def lacks(cast, role="leader"):
    return {need.asked.competence for need in needs(cast.viewer(role), cast.unit["fjord"].pk)}


def rows():
    return CoverAgreement.objects.for_system("a test")


def test_it_counts_when_the_neighbour_has_said_yes_and_until_it_ends(cast, office):
    row = asked(cast, office)
    assert "Ungdom" in lacks(cast), "asked, not answered"
    answer_neighbour(cast.viewer("neighbour_leader"), row, yes=True)
    assert "Ungdom" not in lacks(cast)
    end_agreement(cast.viewer("neighbour_leader"), rows().get(), last_day=DAY + timedelta(days=3))
    assert "Ungdom" not in lacks(cast)
    assert rows().get().valid_to == DAY + timedelta(days=4)


def test_a_no_leaves_no_agreement(cast, office):
    answer_neighbour(cast.viewer("neighbour_leader"), asked(cast, office), yes=False)
    assert not rows().exists()


def test_nobody_answers_for_another_or_twice(cast, office):
    row = asked(cast, office)
    for role in ("leader", "state_leader", "employee", "county_adviser"):
        with pytest.raises(OutOfReach):
            answer_neighbour(cast.viewer(role), row, yes=True)
    answer_neighbour(cast.viewer("neighbour_leader"), row, yes=True)
    with pytest.raises(ValidationError):
        answer_neighbour(cast.viewer("neighbour_leader"), row, yes=False)
    assert rows().get().agreed_on == DAY


def test_nobody_asks_for_an_office_she_does_not_lead_or_about_what_is_not_asked(cast, office):
    with pytest.raises(OutOfReach):
        ask_neighbour(cast.viewer("neighbour_leader"), agreement(cast, office))
    for wrong in ({"by_unit": cast.unit["fjord"]}, {"by_unit": cast.unit["section"]}, {"topic": "cv"}):
        with pytest.raises(ValidationError):
            asked(cast, office, **wrong)
    assert not rows().exists()


def test_the_same_is_not_asked_twice_in_the_same_days(cast, office):
    asked(cast, office, valid_to=DAY + timedelta(days=30))
    with pytest.raises(ValidationError):
        asked(cast, office, valid_from=DAY + timedelta(days=10))
    asked(cast, office, valid_from=DAY + timedelta(days=30))
    assert rows().count() == 2


@pytest.mark.parametrize("days", [-1, 41])
def test_it_cannot_end_before_today_or_later_than_it_does(cast, office, days):
    row = asked(cast, office, valid_to=DAY + timedelta(days=40))
    answer_neighbour(cast.viewer("neighbour_leader"), row, yes=True)
    with pytest.raises(ValidationError):
        end_agreement(cast.viewer("leader"), rows().get(), last_day=DAY + timedelta(days=days))
    assert rows().get().valid_to == DAY + timedelta(days=40)


def test_what_was_never_answered_is_taken_back_whole(cast, office):
    end_agreement(cast.viewer("leader"), asked(cast, office), last_day=DAY)
    assert not rows().exists()


def test_asked_and_answered_on_the_pages(cast, office, as_role):
    leader, neighbour = as_role("leader"), as_role("neighbour_leader")
    url = f"/needs/agreements/for/{cast.unit['fjord'].pk}/"
    today = timezone.localdate()
    form = {
        "requirement": office.asked["youth"].pk,
        "by_unit": cast.unit["vik"].pk,
        "people": 1,
        "first_day": today.isoformat(),
        "last_day": (today - timedelta(days=1)).isoformat(),
        "words": "Vik tar ungdomssakene på torsdager",
    }
    assert leader.post(url, form).status_code == 422
    assert not rows().exists()
    assert leader.post(url, form | {"last_day": ""}, follow=True).status_code == 200
    row = rows().get()
    assert "Venter på naboen" in leader.get("/needs/agreements/").content.decode()
    assert "En nabo ber dere om å dekke noe." in neighbour.get("/needs/").content.decode()
    page = neighbour.get("/needs/agreements/").content.decode()
    assert "Ja, vi dekker" in page and "torsdager" in page
    assert leader.post(f"/needs/agreements/{row.pk}/answer/", {"answer": "maybe"}).status_code == 404
    assert leader.post(f"/needs/agreements/{row.pk}/answer/", {"answer": "yes"}).status_code == 403
    assert neighbour.post(f"/needs/agreements/{row.pk}/answer/", {"answer": "yes"}).status_code == 302
    assert "Vik dekker dette etter avtale." in leader.get("/needs/").content.decode()
    assert leader.get(f"/needs/agreements/{row.pk}/end/").status_code == 200
    leader.post(f"/needs/agreements/{row.pk}/end/", {"last_day": today.isoformat()})
    assert rows().get().valid_to == today + timedelta(days=1)


@pytest.mark.parametrize(("role", "status"), [("employee", 403), ("county_adviser", 403), ("neighbour_leader", 404)])
def test_others_do_not_come_in(cast, office, as_role, role, status):
    row = asked(cast, office)
    client = as_role(role)
    assert client.get(f"/needs/agreements/for/{cast.unit['fjord'].pk}/").status_code == status
    if role != "neighbour_leader":
        assert client.get("/needs/agreements/").status_code == 403
        assert client.get(f"/needs/agreements/{row.pk}/end/").status_code == 403
    assert as_role("neighbour_leader").get("/needs/agreements/999999/end/").status_code == 404
    assert as_role("leader").get(f"/needs/agreements/{row.pk}/answer/").status_code == 405
