"""What comes from outside: whom it reaches, who may tell of it, what it means for an office, and the pages of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sloyfe.core.access import OutOfReach
from sloyfe.modules.catalogue.actions.causes import end, tell
from sloyfe.modules.catalogue.index import keep_all_findable
from sloyfe.modules.catalogue.models import Cause, CauseTouches
from sloyfe.modules.catalogue.public import causes_for, causes_for_me
from sloyfe.modules.plans.coming import coming_here
from sloyfe.modules.plans.ground import ground_of
from sloyfe.modules.plans.needs import needs_on
from sloyfe.modules.statements import actions as statements
from tests.cast import DAY


def cause(cast, unit="fjord", **more):
    row = {"kind": "rules", "title": "Nye regler", "changes": "Vi ringer først", "ordered_by": "county"}
    row |= {"source": "Brev i høst", "mandatory": True, "valid_from": DAY + timedelta(days=20)}
    return Cause(**row | {"unit": cast.unit[unit] if unit else None} | more)


def stored(cast, office, unit="fjord", **more):
    row = cause(cast, unit, **more)
    row.save()
    CauseTouches.objects.create(cause=row, competence=office.topic["debt"])


def told(cast, office, role="leader", topics=("debt",), **more):
    return tell(cast.viewer(role), cause(cast, **more), [(office.topic[topic], 3) for topic in topics])


def reached(cast, unit="fjord"):
    return [one.title for one in causes_for(cast.viewer("leader"), cast.unit[unit].pk)]


def ground(cast):
    leader, fjord = cast.viewer("leader"), cast.unit["fjord"].pk
    return ground_of(leader, fjord, causes_for(leader, fjord))


def offer(cast, office, who, topic, kind="offers"):
    pk = office.topic[topic].pk
    statements.say(cast.viewer(who), kind=kind, competence_id=pk, audiences=["everyone"])


@pytest.mark.parametrize(
    ("unit", "line", "reaches"),
    [
        (None, "", {"fjord", "vik"}), ("county", "", {"fjord", "vik"}), ("county", "state", {"fjord", "vik"}),
        ("sund", "municipal", {"fjord"}), ("sund", "state", set()), ("county", "municipal", set()),
        ("fjord_team", "", set()), ("vik", "", {"vik"}),
    ],
)  # fmt: skip
def test_it_reaches_where_it_is_set_and_all_below_on_its_line(cast, office, unit, line, reaches):
    stored(cast, office, unit, line=line)
    assert {office for office in ("fjord", "vik") if reached(cast, office)} == reaches


@pytest.mark.parametrize(("line", "who"), [("state", {"state_employee"}), ("municipal", {"employee"})])
def test_it_reaches_people_on_their_own_line(cast, office, line, who):
    stored(cast, office, line=line)
    assert {role for role in ("employee", "state_employee") if causes_for_me(cast.viewer(role))} == who


def test_the_next_to_come_stands_first_and_what_is_over_is_gone(cast, office):
    for title, first, last in (("gammel", -90, None), ("ny", 3, None), ("over", -90, 0), ("nyere", 9, None)):
        ends = None if last is None else DAY + timedelta(days=last)
        stored(cast, office, title=title, valid_from=DAY + timedelta(days=first), valid_to=ends)
    assert reached(cast) == ["ny", "nyere", "gammel"]


@pytest.mark.parametrize(
    ("role", "unit", "line", "may"),
    [
        ("leader", "fjord", "", True), ("leader", "fjord", "municipal", True), ("leader", "fjord", "state", False),
        ("leader", "vik", "", False), ("leader", None, "", False), ("leader", "county", "", False),
        ("county_adviser", "county", "state", True), ("county_adviser", "vik", "", True),
        ("county_adviser", None, "", False), ("directorate_adviser", None, "", True),
        ("employee", "fjord", "", False), ("deputy", "fjord", "", False), ("hr_admin", "fjord", "", False),
    ],
)  # fmt: skip
def test_it_is_told_by_who_sets_requirements_there(cast, office, role, unit, line, may):
    if may:
        assert told(cast, office, role, unit=unit, line=line).pk
        return
    with pytest.raises(OutOfReach):
        told(cast, office, role, unit=unit, line=line)
    assert not Cause.objects.exists()


def test_nobody_takes_over_what_others_tell_by_moving_it(cast, office):
    row = told(cast, office, "county_adviser", unit="county")
    row.unit = cast.unit["fjord"]
    with pytest.raises(OutOfReach):
        tell(cast.viewer("leader"), row, [(office.topic["cv"], None)])
    assert Cause.objects.get().unit == cast.unit["county"]
    assert CauseTouches.objects.get().competence == office.topic["debt"]


def test_it_ends_on_a_day_or_goes_when_it_never_began(cast, office):
    leader = cast.viewer("leader")
    begun, ahead = told(cast, office, valid_from=DAY - timedelta(days=9)), told(cast, office)
    with pytest.raises(ValidationError):
        end(leader, begun, last_day=DAY - timedelta(days=2))
    with pytest.raises(OutOfReach):
        end(cast.viewer("neighbour_leader"), begun, last_day=DAY)
    end(leader, begun, last_day=DAY)
    end(leader, ahead, last_day=DAY)
    assert [(row.pk, row.valid_to) for row in Cause.objects.all()] == [(begun.pk, DAY + timedelta(days=1))]
    end(leader, begun, last_day=DAY - timedelta(days=1))
    with pytest.raises(OutOfReach):
        end(leader, begun, last_day=DAY + timedelta(days=9))


def test_what_it_means_here_is_mobilise_then_learn_from_shared_things_only(cast, office):
    told(cast, office, topics=("debt", "youth", "cv"))
    offer(cast, office, "neighbour_employee", "debt")
    offer(cast, office, "employee", "youth")
    offer(cast, office, "employee", "cv", kind="wants")
    (one,) = coming_here(ground(cast))
    by_name = {each.touched.competence: each for each in one.touches}
    assert [each.way for each in by_name.values()] == ["mobilise", "mobilise", "learn"]
    assert [who.name for who in by_name["Gjeldsrådgivning"].next_door] == ["Vera Vikse"]
    assert [who.name for who in by_name["Ungdom"].here] == ["Eli Elvestad"]
    assert [who.name for who in by_name["CV"].learners] == ["Eli Elvestad"]


def test_a_need_says_that_it_is_asked_for_from_outside_too(cast, office):
    told(cast, office)
    found = {need.asked.competence: need.because for need in needs_on(cast.viewer("leader"), ground(cast))}
    assert [one.title for one in found["Gjeldsrådgivning"]] == ["Nye regler"]
    assert found["Ungdom"] == ()


def written(cast, **more):
    form = {"kind": "task", "title": "Ny oppgave", "changes": "Vi møter folk hjemme", "ordered_by": "municipality"}
    form |= {"source": "Vedtak i høst", "mandatory": "no", "unit": cast.unit["fjord"].pk, "line": ""}
    form |= {"first_day": (timezone.localdate() + timedelta(days=30)).isoformat(), "what_0": "Ungdom", "level_0": ""}
    return form | more


def test_told_looked_at_changed_and_ended_on_the_pages(cast, office, as_role):
    keep_all_findable([row.pk for row in office.topic.values()])
    leader, url = as_role("leader"), "/needs/coming/new/"
    page = leader.post(url, written(cast, look="1")).content.decode()
    assert "Ingenting er lagret ennå" in page and "Vi møter folk hjemme" in page and not Cause.objects.exists()
    assert leader.post(url, written(cast)).status_code == 302
    row = Cause.objects.get()
    assert (row.mandatory, CauseTouches.objects.get().competence) == (False, office.topic["youth"])
    page = as_role("employee").get(f"/needs/coming/{row.pk}/").content.decode()
    assert "Det er frivillig å følge." in page and "Vedtak i høst" in page and "Kommunen" in page
    assert "Ny oppgave" in as_role("employee").get("/needs/coming/").content.decode()
    assert "Ny oppgave" not in as_role("neighbour_employee").get("/needs/coming/").content.decode()
    assert "Ny oppgave" in leader.get("/needs/").content.decode()
    edit = f"/needs/coming/{row.pk}/edit/"
    assert 'value="Ungdom"' in leader.get(edit).content.decode()
    assert leader.post(edit, written(cast, mandatory="yes", what_1="Tolk")).status_code == 302
    assert (Cause.objects.get().mandatory, CauseTouches.objects.count()) == (True, 2)
    assert leader.post(f"/needs/coming/{row.pk}/end/", {"last_day": "2001-01-01"}).status_code == 422
    leader.post(f"/needs/coming/{row.pk}/end/", {"last_day": timezone.localdate().isoformat()})
    assert not Cause.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"what_0": ""}, {"what_0": "romfart"}, {"kind": "x"}, {"title": ""}, {"first_day": "31.31.2026"},
        {"address": "javascript:alert(1)"}, {"address": "ftp://eksempel.no"}, {"unit": ""}, {"unit": "9" * 30},
        {"line": "state"}, {"mandatory": ""}, {"level_0": "99"}, {"ordered_by": "framework"}, {"changes": "x" * 1001},
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_said_and_nothing_is_kept(cast, office, as_role, wrong):
    keep_all_findable([row.pk for row in office.topic.values()])
    answer = as_role("leader").post("/needs/coming/new/", written(cast, **wrong))
    assert answer.status_code == 422 and 'data-field="validation"' in answer.content.decode()
    assert not Cause.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("employee", 403), ("neighbour_leader", 404), ("county_adviser", 200)])
def test_others_read_it_and_do_not_change_it(cast, office, as_role, role, status):
    row = told(cast, office)
    client = as_role(role)
    assert client.get(f"/needs/coming/{row.pk}/").status_code == 200
    for page in ("edit", "end"):
        assert client.get(f"/needs/coming/{row.pk}/{page}/").status_code == status
    assert as_role("leader").get("/needs/coming/999999/").status_code == 404
    assert as_role("leader").post(f"/needs/coming/{row.pk}/").status_code == 405
