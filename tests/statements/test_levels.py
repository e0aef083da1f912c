"""One's own levels: only what is asked, owned and shared by the person, with a history; and being counted by choice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from sloyfe.core.access import OutOfReach, save_as
from sloyfe.core.audit.models import Event
from sloyfe.core.search.ask import search
from sloyfe.modules.catalogue.models import Competence, Framework, Profile, Requirement, Scale, Step
from sloyfe.modules.people.models import Affiliation
from sloyfe.modules.statements import levels, wishes
from sloyfe.modules.statements.actions import say, share
from sloyfe.modules.statements.daily import delete_what_is_past
from sloyfe.modules.statements.index import KIND
from sloyfe.modules.statements.models import Counting, Share, Statement
from tests.cast import DAY

KEPT = DAY + timedelta(days=500)


@pytest.fixture
def asked(cast):
    """Two competences asked of everybody with the position «Gjeldsrådgiver», and one that is asked of nobody."""
    scale = Scale.objects.create(code="five", label_nb="Fem trinn")
    for level, name in enumerate(("Ny", "Med støtte", "Selvstendig", "Veileder andre", "Utvikler"), start=1):
        Step.objects.create(scale=scale, level=level, label_nb=name)
    framework = Framework.objects.create(code="trade", label_nb="Faget", scale=scale)
    profile = Profile.objects.create(key="post", kind="position", position="Gjeldsrådgiver", label_nb="Gjeldsrådgiver")
    found = {}
    for key, label in (("debt", "Gjeldsrådgivning"), ("talk", "Samtaler"), ("other", "Ikke krevd")):
        found[key] = Competence.objects.create(framework=framework, key=key, label_nb=label)
        if key != "other":
            told = {"level": 3, "strength": "must", "source": "county", "valid_from": date(2026, 1, 1)}
            Requirement.objects.create(profile=profile, competence=found[key], **told)
    Affiliation.objects.for_system("test").filter(person=cast.person["employee"]).update(position="Gjeldsrådgiver")
    return found


def shown_to(cast, role):
    rows = Statement.objects.for_viewer(cast.viewer(role), "own.page").filter(kind="level")
    return [(row.competence.label_nb, row.level) for row in rows.select_related("competence")]


def test_only_what_is_asked_of_her_can_be_said(cast, asked):
    eli = cast.viewer("employee")
    assert [(one.competence, one.asked_level, one.level) for one in levels.my_levels(eli)] == [
        ("Gjeldsrådgivning", 3, None),
        ("Samtaler", 3, None),
    ]
    for wrong in (asked["other"].pk, 10**9):
        with pytest.raises(ValidationError):
            levels.say_level(eli, wrong, level=3, kept_until=KEPT)
    for level in (0, 6, -1):
        with pytest.raises(ValidationError):
            levels.say_level(eli, asked["debt"].pk, level=level, kept_until=KEPT)
    assert not Statement.objects.for_system("test").exists()


def test_nobody_sees_it_until_she_shares_and_nobody_after(cast, asked):
    eli = cast.viewer("employee")
    levels.say_level(eli, asked["debt"].pk, level=2, example="Satt med på tre saker", kept_until=KEPT)
    everybody = [role for role in cast.person if role != "employee"]
    assert [role for role in everybody if shown_to(cast, role)] == []
    levels.say_level(eli, asked["debt"].pk, level=2, example="Satt med på tre saker", leader=True)
    assert [role for role in everybody if shown_to(cast, role)] == ["leader"]
    levels.say_level(eli, asked["debt"].pk, level=2, example="Satt med på tre saker")
    assert [role for role in everybody if shown_to(cast, role)] == []


def test_a_change_keeps_what_was_and_closes_its_share(cast, asked):
    eli = cast.viewer("employee")
    key = asked["debt"].pk
    levels.say_level(eli, key, level=2, leader=True, kept_until=KEPT)
    later = replace(eli, day=DAY + timedelta(days=30))
    levels.say_level(later, key, level=3)
    levels.say_level(later, key, level=4)  # a slip, mended the same day
    told = [(row.level, row.valid_from, row.valid_to) for row in levels.history(later, key)]
    assert told == [(4, later.day, None), (2, DAY, later.day)]
    assert shown_to(cast, "leader") == []
    levels.withdraw_level(replace(eli, day=DAY + timedelta(days=60)), key)
    assert [one.level for one in levels.my_levels(later)] == [None, None]
    assert len(levels.history(later, key)) == 2


def test_being_counted_is_asked_with_nothing_chosen_and_can_be_changed(cast, asked, as_role):
    eli = cast.viewer("employee")
    assert levels.counting_of(eli).answers is None
    page = as_role("employee").get(reverse("my-counting"))
    assert "checked" not in page.content.decode()
    assert as_role("employee").post(reverse("my-counting"), {}).status_code == 422
    levels.set_counting(eli, answers=True, unsure=True)
    levels.set_counting(eli, answers=False, unsure=True)
    row = Counting.objects.for_system("test").get()
    assert (row.answers, row.unsure) == (False, False), "what one is unsure of is never counted alone"
    for role in ("leader", "hr_admin", "union_rep"):
        assert not Counting.objects.for_viewer(cast.viewer(role), "own.page").exists()
        with pytest.raises(OutOfReach):
            save_as(cast.viewer(role), row, "own.page")


def test_a_first_level_is_said_in_a_round_and_a_change_keeps_its_day(cast, asked):
    eli, key = cast.viewer("employee"), asked["debt"].pk
    with pytest.raises(ValidationError, match="kartleggingsrunde"), translation.override("nb"):
        levels.say_level(eli, key, level=2)
    assert not Statement.objects.for_system("test").exists()
    levels.say_level(eli, key, level=2, kept_until=KEPT)
    later = replace(eli, day=DAY + timedelta(days=30))
    levels.say_level(later, key, level=3)
    assert [row.kept_until for row in levels.history(later, key)] == [KEPT, KEPT]
    sooner, further = KEPT - timedelta(days=9), KEPT + timedelta(days=9)
    levels.say_level(later, key, level=3, kept_until=sooner)
    assert levels.my_levels(later)[0].kept_until == KEPT
    levels.say_level(later, key, level=3, kept_until=further)
    assert [row.kept_until for row in levels.history(later, key)] == [further, KEPT], "a promise already made stands"


def test_old_levels_without_a_day_can_be_mended_and_take_the_day_of_a_round(cast, asked):
    eli, key = cast.viewer("employee"), asked["debt"].pk
    said = {"person_id": eli.me, "kind": "level", "competence_id": key, "level": 2, "confirmed_on": DAY}
    Statement.objects.create(**said, valid_from=DAY - timedelta(days=9))
    levels.say_level(eli, key, level=3)
    assert [row.kept_until for row in levels.history(eli, key)] == [None, None]
    levels.say_level(replace(eli, day=DAY + timedelta(days=1)), key, level=4, kept_until=KEPT)
    assert [row.kept_until for row in levels.history(eli, key)] == [KEPT, KEPT, None]


def test_on_its_day_all_a_round_kept_is_deleted_once_with_history_and_shares(cast, asked):
    eli, key = cast.viewer("employee"), asked["debt"].pk
    levels.say_level(eli, key, level=2, leader=True, kept_until=KEPT)
    levels.say_level(replace(eli, day=DAY + timedelta(days=30)), key, level=3, leader=True)
    levels.say_level(eli, asked["talk"].pk, level=3, kept_until=KEPT + timedelta(days=1))
    Statement.objects.create(person_id=eli.me, kind="wants", words="Mer", valid_from=DAY, confirmed_on=DAY)
    assert delete_what_is_past(KEPT - timedelta(days=1)) == 0
    assert [delete_what_is_past(KEPT) for _ in range(2)] == [2, 0]
    left = Statement.objects.for_system("test")
    assert sorted(left.values_list("kind", "words", "level")) == [("level", "", 3), ("wants", "Mer", None)]
    assert not Share.objects.for_system("test").exists()
    (event,) = Event.objects.for_system("test").filter(verb="statements.deleted_on_their_day")
    assert (event.details, event.subject_id, event.row_id) == ({"number": 2}, None, None)


def test_what_is_deleted_on_its_day_is_no_longer_found(cast, asked):
    offer = say(cast.viewer("employee"), kind="offers", words="Tvangsmulkt ved gjeldsordning", audiences=["office"])
    Statement.objects.for_system("test").filter(pk=offer.pk).update(kept_until=DAY)
    assert search("tvangsmulkt", kinds=(KIND,), limit=5)
    assert delete_what_is_past(DAY) == 1
    assert not search("tvangsmulkt", kinds=(KIND,), limit=5)


def test_the_pages_mend_what_is_said_and_refuse_what_cannot_be(cast, asked, as_role):
    client, eli = as_role("employee"), cast.viewer("employee")
    assert client.get(reverse("my-levels")).status_code == 200
    where = reverse("my-level", args=[asked["debt"].pk])
    page = client.get(where).content.decode()
    assert "checked" not in page and "kartleggingsrunde" in page
    assert client.post(where, {"level": "3"}).status_code == 422
    assert not Statement.objects.for_system("test").exists()
    levels.say_level(eli, asked["debt"].pk, level=2, kept_until=KEPT)
    assert client.post(where, {"level": "9"}).status_code == 422
    assert client.post(where, {}).status_code == 422
    assert client.post(where, {"level": "3", "example": "Fant en ordning"}).url == reverse("my-levels")
    assert [one.level for one in levels.my_levels(eli)] == [3, None]
    assert client.post(reverse("my-level-withdraw", args=[asked["debt"].pk])).status_code == 302
    assert client.get(reverse("my-level", args=[asked["other"].pk])).status_code == 404
    assert as_role("hr_admin").get(where).status_code == 404
    assert client.get(reverse("my-say", args=["level"])).status_code == 404


def said_beside(viewer, competence):
    return {kind for one in levels.my_levels(viewer) if one.competence_id == competence.pk for kind in one.wishes}


def test_wishes_are_said_and_taken_back_beside_the_level(cast, asked, as_role):
    client, eli = as_role("employee"), cast.viewer("employee")
    where = reverse("my-level", args=[asked["debt"].pk])
    assert client.post(where, {"wishes": ["wants", "teaches"]}).status_code == 302
    assert said_beside(eli, asked["debt"]) == {"wants", "teaches"}
    offer = Statement.objects.for_system("test").get(kind="teaches")
    share(eli, offer, audience="office")
    levels.say_level(eli, asked["debt"].pk, level=2, kept_until=KEPT)
    assert client.get(where).content.decode().count("checked") == 3
    assert client.post(where, {"level": "2", "wishes": ["teaches", "uses"]}).status_code == 302
    assert said_beside(eli, asked["debt"]) == {"teaches", "uses"}
    assert Share.objects.for_system("test").filter(statement=offer, until_at=None).exists(), "what stood, stands"
    assert client.post(where, {"level": "7", "wishes": []}).status_code == 422
    assert client.post(where, {"level": "2", "wishes": ["offers"]}).status_code == 422
    assert said_beside(eli, asked["debt"]) == {"teaches", "uses"}
    assert client.post(where, {"level": "2"}).status_code == 302
    assert said_beside(eli, asked["debt"]) == set()
    assert client.post(where, {"level": "2", "wishes": ["unsure"]}).status_code == 302
    assert said_beside(eli, asked["debt"]) == {"unsure"}
    everybody = [role for role in cast.person if role != "employee"]
    assert [role for role in everybody if Statement.objects.for_viewer(cast.viewer(role)).exists()] == []


def test_an_answer_is_whole_or_not_at_all(cast, asked):
    eli = cast.viewer("employee")
    with pytest.raises(ValidationError):
        wishes.answer(eli, asked["debt"].pk, level=3, wishes=["wants"])
    assert not Statement.objects.for_system("test").exists()
    wishes.answer(eli, asked["debt"].pk, level=3, wishes=["wants"], kept_until=KEPT)
    assert set(Statement.objects.for_system("test").values_list("kind", "kept_until")) == {
        ("level", KEPT),
        ("wants", KEPT),
    }
