"""Roles: what is not settled, who may give which, and what happens when somebody leaves."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from sloyfe.core.access import OutOfReach, Post
from sloyfe.core.audit.models import Event
from sloyfe.core.imports.tests.made_up import number
from sloyfe.modules.people.daily import new_day
from sloyfe.modules.people.leaving import end_affiliation, list_handovers, settle
from sloyfe.modules.people.models import Affiliation, Edge, Handover, RoleHolding, RoleKind
from sloyfe.modules.people.public import unsettled_handovers, unsettled_roles
from sloyfe.modules.people.restructure import rename
from sloyfe.modules.people.roles import Mandate, change, end, give
from tests.cast import DAY, START

SETTLED = Mandate(tasks="Svarer kollegene", hours_week=Decimal("2.5"), deputy_id=None, anchored_by="Ledergruppa")


@pytest.fixture
def buddy(cast):
    return RoleKind.objects.create(code="buddy", name_nb="fadder", name_nn="fadder", name_en="buddy")


def given(cast, kind, who="employee", line="municipal", unit="fjord_team", **rest):
    return RoleHolding.objects.create(
        person=cast.person[who], kind=kind, unit=cast.unit[unit], line=line, valid_from=START, **rest
    )


def left(cast, role, last_day):
    rows = Affiliation.objects.for_system("test").filter(person=cast.person[role])
    rows.update(valid_to=last_day + timedelta(days=1))


# --- not settled ----------------------------------------------------------------------------------------


def test_what_is_not_settled_is_said_to_the_leader_and_the_holder_only(cast, buddy):
    row = given(cast, buddy)
    told = {role: {one.pk for one in unsettled_roles(cast.viewer(role))} for role in cast.person if role != "outsider"}
    assert {role for role, found in told.items() if row.pk in found} == {"employee", "leader", "deputy", "hr_admin"}
    assert unsettled_roles(cast.viewer("outsider")) == []


def test_the_sentence_names_each_thing_left_to_settle(cast, buddy):
    row = given(cast, buddy, deputy=cast.person["leader"])
    (mine,) = [one for one in unsettled_roles(cast.viewer("employee"))]
    assert (mine.who, mine.what, mine.where) == ("Eli Elvestad", "fadder", "Fjord oppfølging")
    whole = mine.open
    change(cast.viewer("leader"), row, Mandate(tasks="Følger nye", deputy_id=cast.person["leader"].pk))
    (shorter,) = unsettled_roles(cast.viewer("employee"))
    assert len(shorter.open) < len(whole)
    change(
        cast.viewer("leader"),
        row,
        Mandate("Følger nye", Decimal("2"), cast.person["leader"].pk, "Ledergruppa"),
    )
    assert unsettled_roles(cast.viewer("employee")) == []


def test_a_leader_is_asked_for_a_deputy_only_and_a_finished_role_for_nothing(cast, buddy):
    given(cast, buddy, valid_to=DAY)
    found = {one.pk: one for one in unsettled_roles(cast.viewer("state_leader"))}
    own = RoleHolding.objects.for_system("test").get(person=cast.person["state_leader"])
    assert set(found) == {own.pk, RoleHolding.objects.for_system("test").get(person=cast.person["safety_rep"]).pk}
    own.deputy = cast.person["state_employee"]
    own.save()
    assert own.pk not in {one.pk for one in unsettled_roles(cast.viewer("state_leader"))}


# --- giving ---------------------------------------------------------------------------------------------

GIVES = [
    # who gives, kind, line, may she
    ("leader", "buddy", "municipal", True),
    ("leader", "buddy", "state", False),
    ("leader", "buddy", "", False),
    ("state_leader", "buddy", "state", True),
    ("state_leader", "buddy", "municipal", False),
    ("hr_admin", "buddy", "", True),
    ("hr_admin", "hr_admin", "", True),
    ("leader", "leader", "municipal", True),
    ("leader", "leader", "", False),
    ("leader", "hr_admin", "municipal", False),
    ("leader", "union_rep", "municipal", False),
    ("leader", "directorate_adviser", "municipal", False),
    ("deputy", "buddy", "municipal", False),
    ("neighbour_leader", "buddy", "municipal", False),
    ("employee", "buddy", "municipal", False),
    ("union_rep", "buddy", "municipal", False),
]


@pytest.mark.parametrize(("who", "code", "line", "may"), GIVES)
def test_nobody_gives_away_more_than_she_has(cast, buddy, who, code, line, may):
    before = RoleHolding.objects.for_system("test").count()

    def act():
        return give(
            cast.viewer(who),
            person_id=cast.person["employee"].pk,
            kind=RoleKind.objects.get(code=code),
            unit=cast.unit["fjord_team"],
            line=line,
            first_day=DAY,
            mandate=SETTLED,
        )

    if may:
        assert act().pk
        event = Event.objects.for_system("test").get(verb="role.given")
        assert event.subject_id == cast.person["employee"].pk
    else:
        with pytest.raises((OutOfReach, ValidationError, PermissionDenied)):
            act()
        assert RoleHolding.objects.for_system("test").count() == before


def test_nobody_gives_herself_a_role_that_opens_something(cast, buddy):
    rest = {"unit": cast.unit["fjord"], "line": "municipal", "first_day": DAY, "mandate": SETTLED}
    mine = {"person_id": cast.person["leader"].pk, **rest}
    with pytest.raises(ValidationError):
        give(cast.viewer("leader"), kind=cast.kind["resource_person"], **mine)
    assert give(cast.viewer("leader"), kind=buddy, **mine).pk


def test_nobody_makes_herself_deputy_in_a_role_that_opens_something(cast, buddy):
    """A resource person sees what a whole area asks for; so does her deputy, and the leader of one office does not."""
    me = Mandate(deputy_id=cast.person["leader"].pk)
    rest = {"unit": cast.unit["fjord"], "line": "municipal", "first_day": DAY, "person_id": cast.person["employee"].pk}
    with pytest.raises(ValidationError):
        give(cast.viewer("leader"), kind=cast.kind["resource_person"], mandate=me, **rest)
    row = given(cast, cast.kind["resource_person"], unit="fjord")
    with pytest.raises(ValidationError):
        change(cast.viewer("leader"), row, me)
    assert give(cast.viewer("leader"), kind=buddy, mandate=me, **rest).pk


@pytest.mark.parametrize("who", ["leader", "state_leader"])
def test_a_leader_does_not_end_the_role_of_those_who_watch_the_system(cast, as_role, who):
    """Who could not give the role does not take it away either: not from a union representative, least of all."""
    code = {"leader": "union_rep", "state_leader": "safety_rep"}[who]
    row = RoleHolding.objects.for_system("test").get(kind__code=code)
    row.line = {"leader": "municipal", "state_leader": "state"}[who]
    row.save()
    assert as_role(who).post(f"/roles/{row.pk}/end/", {"last_day": "2026-01-05"}).status_code == 422
    row.refresh_from_db()
    assert row.valid_to is None
    end(cast.viewer("hr_admin"), row, last_day=DAY)


def test_what_was_held_on_one_line_is_not_handed_over_by_the_other(cast, buddy, as_role):
    row = given(cast, buddy, who="state_employee", line="state")
    left(cast, "state_employee", timezone.localdate() - timedelta(days=1))
    list_handovers(timezone.localdate())
    listed = Handover.objects.for_system("test").get(holding=row)
    told = {role: {one.pk for one in unsettled_handovers(cast.viewer(role))} for role in ("leader", "state_leader")}
    assert told == {"leader": set(), "state_leader": {listed.pk}}
    today = timezone.localdate().isoformat()
    dropped = as_role("leader").post(f"/roles/handover/{listed.pk}/", {"from_day": today, "note": "Trengs ikke"})
    assert dropped.status_code == 404


def test_nobody_deputises_for_herself(cast, buddy):
    row = given(cast, buddy)
    with pytest.raises(ValidationError) as refused:
        change(cast.viewer("leader"), row, Mandate(deputy_id=row.person_id))
    assert "deputy" in refused.value.error_dict
    row.refresh_from_db()
    assert row.deputy_id is None


def sent(**more):
    start = {"person": "Eli Elvestad", "kind": "buddy", "line": "municipal", "first_day": "2026-01-05"}
    return {**start, "tasks": "Følger nye", "hours_week": "1,5", "deputy": "Unni Ulven", **more}


def test_a_role_is_given_changed_and_ended_on_the_pages(cast, buddy, as_role):
    client, team = as_role("leader"), cast.unit["fjord_team"].pk
    answer = client.post(f"/organisation/unit/{team}/give-role/", sent())
    assert answer.status_code == 302, answer.content.decode()
    row = RoleHolding.objects.for_system("test").get(kind=buddy)
    assert (row.person, row.hours_week, row.deputy) == (
        cast.person["employee"],
        Decimal("1.5"),
        cast.person["union_rep"],
    )
    page = as_role("employee").get("/roles/").content.decode()
    assert "Følger nye" in page and "Unni Ulven" in page and f'href="/roles/{row.pk}/"' not in page
    start = client.get(f"/roles/{row.pk}/").content.decode()
    assert "Følger nye" in start and "Unni Ulven" in start
    changed = {"tasks": "Annet", "hours_week": "", "deputy": "", "anchored_by": "Ledergruppa", "last_day": ""}
    assert client.post(f"/roles/{row.pk}/", changed).status_code == 302
    row.refresh_from_db()
    assert (row.tasks, row.hours_week, row.deputy_id, row.anchored_by) == ("Annet", None, None, "Ledergruppa")
    assert client.post(f"/roles/{row.pk}/end/", {"last_day": "2025-12-31"}).status_code == 422
    today = timezone.localdate()
    assert client.post(f"/roles/{row.pk}/end/", {"last_day": today.isoformat()}).status_code == 302
    row.refresh_from_db()
    assert row.valid_to == today + timedelta(days=1)


def test_the_same_role_twice_is_warned_of_and_given_all_the_same_when_she_says_so(cast, buddy, as_role):
    given(cast, buddy)
    client, where = as_role("leader"), f"/organisation/unit/{cast.unit['fjord_team'].pk}/give-role/"
    warned = client.post(where, sent())
    assert warned.status_code == 422 and 'type="checkbox" name="sure"' in warned.content.decode()
    assert RoleHolding.objects.for_system("test").filter(kind=buddy).count() == 1
    assert client.post(where, sent(sure="on")).status_code == 302
    assert RoleHolding.objects.for_system("test").filter(kind=buddy).count() == 2
    over = sent(person="Unni Ulven", deputy="")
    assert client.post(where, over).status_code == 302  # another person: nothing to warn of


WRONG = [
    {"person": "Ingen Kjenner"},
    {"person": ""},
    {"person": "Eli Elvestad", "deputy": "Eli Elvestad"},
    {"kind": "hr_admin"},
    {"kind": "finnes-ikke"},
    {"line": "state"},
    {"line": ""},
    {"first_day": "2019-01-01"},
    {"first_day": "i går"},
    {"last_day": "2025-01-01"},
    {"hours_week": "mange"},
    {"hours_week": "-1"},
    {"hours_week": "1e9"},
    {"tasks": "x" * 10_000},
    {"person": "<b>Eli</b>"},
    {"person": "' OR 1=1 --"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_wrong_word_in_the_form_is_told_and_nothing_is_given(cast, buddy, as_role, wrong):
    answer = as_role("leader").post(f"/organisation/unit/{cast.unit['fjord_team'].pk}/give-role/", sent(**wrong))
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "ds-error-summary" in body and "<b>Eli" not in body
    assert not RoleHolding.objects.for_system("test").filter(kind=buddy).exists()


def test_a_national_identity_number_is_never_taken_in(cast, buddy, as_role):
    answer = as_role("leader").post(
        f"/organisation/unit/{cast.unit['fjord_team'].pk}/give-role/", sent(tasks=f"Bruker {number()} venter")
    )
    assert answer.status_code == 422
    assert not RoleHolding.objects.for_system("test").filter(kind=buddy).exists()


def test_two_with_the_same_name_are_told_apart_by_where_they_work(cast, buddy, as_role):
    cast.person["neighbour_employee"].name = "Eli Elvestad"
    cast.person["neighbour_employee"].save()
    client, where = as_role("leader"), f"/organisation/unit/{cast.unit['fjord_team'].pk}/give-role/"
    asked = client.post(where, sent()).content.decode()
    assert "Eli Elvestad, Vik" in asked and "Eli Elvestad, Fjord oppfølging" in asked
    assert client.post(where, sent(person="eli elvestad, fjord oppfølging")).status_code == 302
    assert RoleHolding.objects.for_system("test").get(kind=buddy).person == cast.person["employee"]


# --- leaving --------------------------------------------------------------------------------------------


def test_who_leaves_has_what_she_held_listed_the_same_day(cast, buddy):
    row = given(cast, buddy, tasks="Følger nye", hours_week=2)
    standing_in = given(cast, buddy, who="union_rep", deputy=cast.person["employee"])
    work = Affiliation.objects.for_system("test").get(person=cast.person["employee"])
    assert end_affiliation(cast.viewer("hr_admin"), work, DAY) == 0  # she works to the end of the day
    assert unsettled_handovers(cast.viewer("leader")) == []
    morning = DAY + timedelta(days=1)
    assert list_handovers(morning) == 2 and list_handovers(morning) == 0

    row.refresh_from_db()
    standing_in.refresh_from_db()
    assert row.valid_to == morning and standing_in.deputy_id is None and standing_in.valid_to is None
    told = {role: len(unsettled_handovers(cast.viewer(role, morning))) for role in cast.person if role != "employee"}
    assert {role for role, n in told.items() if n} == {"leader", "deputy", "hr_admin"}
    held, stood_in_for = sorted((one.what for one in unsettled_handovers(cast.viewer("leader", morning))), key=len)
    assert held == "fadder" and stood_in_for.endswith(" for fadder")


def test_who_left_earlier_is_listed_at_once_from_the_page(cast, buddy, as_role):
    given(cast, buddy)
    work = Affiliation.objects.for_system("test").get(person=cast.person["employee"])
    yesterday = timezone.localdate() - timedelta(days=1)
    answer = as_role("hr_admin").post(f"/people/work/{work.pk}/end/", {"last_day": yesterday.isoformat(), "sure": "1"})
    assert answer.status_code == 302
    assert Handover.objects.for_system("test").get().left_on == timezone.localdate()
    assert "fadder" in as_role("leader").get("/roles/").content.decode().casefold()
    again = as_role("hr_admin").post(f"/people/work/{work.pk}/end/", {"last_day": yesterday.isoformat(), "sure": "1"})
    assert again.status_code == 422
    assert Handover.objects.for_system("test").count() == 1


def test_who_has_other_work_now_or_ahead_has_not_left(cast, buddy):
    given(cast, buddy)
    left(cast, "employee", DAY)
    Affiliation.objects.create(
        person=cast.person["employee"],
        unit=cast.unit["vik"],
        employer=cast.employer["nes"],
        line="municipal",
        valid_from=DAY + timedelta(days=30),
    )
    assert list_handovers(DAY + timedelta(days=1)) == 0
    assert not Handover.objects.for_system("test").exists()


def test_a_role_that_had_not_begun_never_begins_and_is_listed(cast, buddy):
    row = given(cast, buddy)
    row.valid_from = DAY + timedelta(days=60)
    row.save()
    left(cast, "employee", DAY)
    assert list_handovers(DAY + timedelta(days=1)) == 1
    assert not RoleHolding.objects.for_system("test").filter(pk=row.pk).exists()
    assert [one.what for one in unsettled_handovers(cast.viewer("leader"))] == ["fadder"]


def test_who_has_left_opens_nothing_that_same_day(cast):
    left(cast, "leader", DAY)
    after = cast.viewer("leader", DAY + timedelta(days=1))
    assert after.grants == () and not after.may("person.view")


def handed_over(cast, buddy):
    row = given(cast, buddy, tasks="Følger nye", hours_week=2)
    left(cast, "employee", DAY - timedelta(days=1))
    list_handovers(DAY)
    return row, Handover.objects.for_system("test").get()


def test_somebody_takes_it_over_with_the_same_mandate(cast, buddy, as_role):
    row, listed = handed_over(cast, buddy)
    client, where = as_role("leader"), f"/roles/handover/{listed.pk}/"
    today = timezone.localdate().isoformat()
    assert client.post(where, {"taken_by": "", "from_day": today, "note": ""}).status_code == 422
    assert client.post(where, {"taken_by": "Eli Elvestad", "from_day": today}).status_code == 422
    assert client.post(where, {"taken_by": "Unni Ulven", "from_day": today}).status_code == 302
    new = RoleHolding.objects.for_system("test").get(kind=buddy, person=cast.person["union_rep"])
    assert (new.tasks, new.hours_week, new.line, new.unit) == (row.tasks, 2, "municipal", row.unit)
    listed.refresh_from_db()
    assert listed.taken_by == cast.person["union_rep"] and listed.settled_on == timezone.localdate()
    assert unsettled_handovers(cast.viewer("leader")) == []
    assert client.post(where, {"taken_by": "Unni Ulven", "from_day": today}).status_code == 422


def test_it_is_dropped_with_a_note_but_not_by_those_without_the_right(cast, buddy):
    _row, listed = handed_over(cast, buddy)
    with pytest.raises(OutOfReach):
        settle(cast.viewer("deputy"), listed, taken_by=None, from_day=DAY, note="Trengs ikke")
    listed.refresh_from_db()
    settle(cast.viewer("leader"), listed, taken_by=None, from_day=DAY, note="Trengs ikke")
    assert unsettled_handovers(cast.viewer("leader")) == []


# --- a new day ------------------------------------------------------------------------------------------


def test_a_new_day_takes_names_lines_and_handovers_and_may_be_repeated(cast, buddy):
    morning = DAY + timedelta(days=1)
    rename(cast.viewer("hr_admin"), cast.unit["vik"], name="Nyvik", from_day=morning)
    Edge.objects.filter(child=cast.unit["vik"], bond="area").update(valid_to=morning)
    given(cast, buddy)
    left(cast, "employee", DAY)
    assert (done := new_day(morning)).renamed == 1 and done.handovers == 1
    assert (again := new_day(morning)).renamed == 0 and again.handovers == 0
    cast.unit["vik"].refresh_from_db()
    assert cast.unit["vik"].name == "Nyvik"
    fjord = {cast.unit["fjord"].pk, cast.unit["fjord_team"].pk, cast.unit["kyst"].pk}
    assert cast.viewer("leader", morning).around("area") == fjord
    assert Post(cast.unit["fjord"].pk, "municipal") in cast.viewer("leader", morning).posts


def test_the_nightly_command_says_what_it_did(cast, capsys):
    from django.core.management import call_command

    call_command("daily")
    call_command("daily")
    assert "is done." in capsys.readouterr().out


def test_an_end_before_the_beginning_is_refused(cast):
    work = Affiliation.objects.for_system("test").get(person=cast.person["employee"])
    with pytest.raises(ValidationError):
        end_affiliation(cast.viewer("hr_admin"), work, date(2020, 1, 1))
    with pytest.raises(OutOfReach):
        end_affiliation(cast.viewer("leader"), work, DAY)
    work.refresh_from_db()
    assert work.valid_to is None
