"""Two who work on the same round: what one read a while ago neither opens it, takes it back nor writes over another."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from sloyfe.core.access import OutOfReach
from sloyfe.modules.assessment import actions, reads
from sloyfe.modules.assessment.models import Heard, Round
from tests.assessment.rounds import draft, hear_all, heard_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast):
    return cast.viewer("hr_admin")


@pytest.fixture
def round_(cast, admin):
    return heard_round(cast, admin)


def read(round_: Round) -> Round:
    return Round.objects.for_system("a test looks").get(pk=round_.pk)


def heard_of(round_: Round, **which) -> Heard:
    rows = Heard.objects.for_system("a test looks").select_related("round")
    return rows.filter(round=round_, **which).first()


def test_an_edit_begun_before_it_opened_changes_nothing_afterwards(admin, round_):
    old = read(round_)
    actions.open_round(admin, round_)
    old.purpose = "Noe annet"
    with pytest.raises(ValidationError):
        actions.write_round(admin, old)
    with pytest.raises(ValidationError):
        actions.discard(admin, read(round_))
    assert (read(round_).state, read(round_).purpose) == ("open", round_.purpose)


def test_what_two_change_alike_is_heard_again(admin, round_):
    first, second = read(round_), read(round_)
    first.purpose = second.purpose = "Noe annet"
    actions.write_round(admin, first)
    actions.write_round(admin, second)
    assert len(actions.not_ready(admin, read(round_))) == 3


def test_a_round_that_was_opened_and_closed_is_not_opened_by_an_old_page(admin, round_):
    old = read(round_)
    actions.open_round(admin, round_)
    actions.close_round(admin, round_)
    with pytest.raises(ValidationError):
        actions.open_round(admin, old)
    assert read(round_).state == "closed"


def test_it_opens_as_it_stands_and_only_when_that_was_heard(admin, round_):
    old, changed = read(round_), read(round_)
    changed.purpose = "Noe annet"
    actions.write_round(admin, changed)
    with pytest.raises(ValidationError):
        actions.open_round(admin, old)
    assert (read(round_).state, read(round_).purpose) == ("draft", "Noe annet")


def test_what_came_of_a_meeting_is_not_rewritten_when_it_has_opened(admin, round_):
    old = heard_of(round_)
    actions.open_round(admin, round_)
    old.outcome = "Skrevet om"
    with pytest.raises(ValidationError):
        actions.hear(admin, old)
    assert heard_of(round_, pk=old.pk).outcome == "Enige."


def test_the_employer_and_the_party_do_not_write_over_each_other(cast, admin, round_):
    of_union = {"employer": cast.employer["sund"]}
    union, written = cast.viewer("union_rep"), heard_of(round_, **of_union)
    words = reads.own_words_open(union, round_)[0]
    actions.add_own_words(union, heard_of(round_, **of_union), "Vi ble hørt sent.")
    written.outcome = "Enige i det meste."
    actions.hear(admin, written)
    actions.add_own_words(union, words, "Vi ble hørt for sent.")
    now = heard_of(round_, **of_union)
    assert (now.outcome, now.own_words) == ("Enige i det meste.", "Vi ble hørt for sent.")


def test_what_came_of_a_meeting_does_not_stand_for_what_was_changed_after_it(admin, round_):
    round_.purpose = "Noe annet"
    actions.write_round(admin, round_)
    with pytest.raises(ValidationError):
        hear_all(admin, round_)
    with pytest.raises(ValidationError):
        hear_all(admin, round_, who="leder og tre tillitsvalgte")
    assert len(actions.not_ready(admin, round_)) == 3
    hear_all(admin, round_, outcome="Enige også i det nye.")
    assert not actions.not_ready(admin, round_)


def test_a_page_that_lay_open_while_the_purpose_was_changed_says_so(as_role, cast, admin, round_):
    client, path = as_role("hr_admin"), f"/rounds/{round_.pk}/hear/safety/"
    assert 'name="read" value="1"' in client.get(path).content.decode()
    round_.purpose = "Noe annet"
    actions.write_round(admin, round_)
    told = {"agreement": "Avtalen", "held_on": admin.day, "who": "leder", "outcome": "Enige om det gamle", "read": 1}
    assert client.post(path, told).status_code == 422
    assert "endret mens du skrev" in client.post(path, told).content.decode()
    assert heard_of(round_, party="safety").outcome == "Enige."
    assert client.post(path, told | {"read": 2}).status_code == 302


def test_a_round_that_is_gone_is_nobodys_to_change(cast, admin):
    one = actions.write_round(admin, draft(cast))
    old = read(one)
    actions.discard(admin, one)
    for act in (actions.open_round, actions.close_round, actions.discard, actions.write_round):
        with pytest.raises(OutOfReach):
            act(admin, old)
