"""Two leaders who act on the same agreement at once: what one read a while ago does not undo the other's answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from sloyfe.modules.catalogue.actions.covers import answer_neighbour, end_agreement
from tests.cast import DAY
from tests.plans.test_agreements import asked, rows


def test_an_old_page_does_not_take_back_what_has_been_agreed(cast, office):
    old = asked(cast, office)
    answer_neighbour(cast.viewer("neighbour_leader"), rows().get(), yes=True)
    end_agreement(cast.viewer("leader"), old, last_day=DAY + timedelta(days=3))
    assert rows().get().agreed_on == DAY
    assert rows().get().valid_to == DAY + timedelta(days=4)


def test_an_old_page_does_not_lengthen_what_has_been_ended(cast, office):
    row = asked(cast, office)
    answer_neighbour(cast.viewer("neighbour_leader"), row, yes=True)
    old = rows().get()
    end_agreement(cast.viewer("neighbour_leader"), rows().get(), last_day=DAY + timedelta(days=3))
    with pytest.raises(ValidationError):
        end_agreement(cast.viewer("leader"), old, last_day=DAY + timedelta(days=30))
    assert rows().get().valid_to == DAY + timedelta(days=4)


@pytest.mark.parametrize("yes", [True, False])
def test_what_has_been_taken_back_is_said_and_not_answered(cast, office, yes):
    old = asked(cast, office)
    end_agreement(cast.viewer("leader"), rows().get(), last_day=DAY)
    with pytest.raises(ValidationError):
        answer_neighbour(cast.viewer("neighbour_leader"), old, yes=yes)
    with pytest.raises(ValidationError):
        end_agreement(cast.viewer("leader"), old, last_day=DAY)
    assert not rows().exists()


def test_a_yes_to_what_is_over_makes_no_agreement(cast, office):
    row = asked(cast, office, valid_to=DAY + timedelta(days=2))
    with pytest.raises(ValidationError):
        answer_neighbour(cast.viewer("neighbour_leader", DAY + timedelta(days=2)), row, yes=True)


def test_nobody_but_the_two_offices_sees_or_ends_it_by_its_number(cast, office, as_role):
    today = timezone.localdate()
    row = asked(cast, office, valid_to=today + timedelta(days=90))
    for role in ("employee", "county_adviser", "directorate_adviser", "hr_admin", "union_rep", "outsider"):
        client = as_role(role)
        for page in (
            client.get(reverse("cover-end", args=[row.pk])),
            client.post(reverse("cover-answer", args=[row.pk])),
        ):
            assert page.status_code in (403, 404), role
        there = client.post(reverse("cover-answer", args=[row.pk]), {"answer": "yes"}).status_code
        assert there == client.post(reverse("cover-answer", args=[10**9]), {"answer": "yes"}).status_code
    assert rows().get().agreed_on is None
