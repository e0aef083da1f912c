"""What an office rests on: until when, on which weekdays, and what follows when somebody is away or leaves."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from sloyfe.modules.catalogue.models import CoverAgreement, Requirement
from sloyfe.modules.people.models import Affiliation, RoleHolding
from sloyfe.modules.plans.cover import resting
from sloyfe.modules.plans.ground import ground_of
from sloyfe.modules.statements.models import Proof
from sloyfe.modules.time.models import WorkingPattern
from tests.cast import DAY, START
from tests.plans.test_needs import offer, say_level

SOON = DAY + timedelta(days=60)
WEDNESDAY = 2


def rests(cast, role="leader"):
    viewer = cast.viewer(role)
    return resting(viewer, ground_of(viewer, cast.unit["fjord"].pk))


def cover(cast, office, topic, role="leader"):
    return next((one for one in rests(cast, role).covers if one.asked.competence_id == office.topic[topic].pk), None)


def ends(cast, who, day):
    Affiliation.objects.for_system("a test").filter(person=cast.person[who]).update(valid_to=day)


def works(cast, who, days):
    for weekday in days:
        WorkingPattern.objects.create(
            person=cast.person[who], weekday=weekday, start=time(8), end=time(15), valid_from=START
        )


def test_what_is_not_met_is_a_need_and_covers_nothing(cast, office):
    offer(cast, office, "employee", "debt")
    assert cover(cast, office, "debt") is None
    offer(cast, office, "deputy", "debt")
    found = cover(cast, office, "debt")
    assert (found.have, found.wanted, found.away, found.vulnerable) == (2, 2, 1, True)
    offer(cast, office, "union_rep", "debt")
    assert not cover(cast, office, "debt").vulnerable


def test_nothing_hidden_covers(cast, office):
    offer(cast, office, "employee", "youth", audience=None)
    assert cover(cast, office, "youth") is None


def test_several_things_may_rest_on_the_same_one(cast, office):
    offer(cast, office, "employee", "youth")
    assert (cover(cast, office, "youth").on_one, rests(cast).most_on_one) == (True, 0)
    Requirement.objects.filter(pk=office.asked["debt"].pk).update(at_least=1)
    offer(cast, office, "employee", "debt")
    assert rests(cast).most_on_one == 2
    offer(cast, office, "deputy", "debt")
    assert rests(cast).most_on_one == 0


def test_work_that_ends_is_told_as_a_day_from_which_there_are_fewer(cast, office):
    for who in ("employee", "deputy", "union_rep"):
        offer(cast, office, who, "debt")
    ends(cast, "employee", SOON)
    found = cover(cast, office, "debt")
    assert found.short_from is None and not found.vulnerable, "two are left"
    ends(cast, "deputy", SOON + timedelta(days=30))
    found = cover(cast, office, "debt")
    assert found.short_from == SOON + timedelta(days=30)
    assert {one.until for one in found.people} == {SOON, SOON + timedelta(days=30), None}
    assert not found.all_dated
    ends(cast, "union_rep", DAY + timedelta(days=400))
    assert cover(cast, office, "debt").all_dated


def test_nobody_is_told_when_work_ends_who_may_not_open_the_person(cast, office):
    offer(cast, office, "employee", "youth")
    ends(cast, "employee", SOON)
    assert cover(cast, office, "youth").short_from == SOON
    for role in ("county_adviser", "state_leader"):
        found = cover(cast, office, "youth", role)
        assert (found.short_from, found.people[0].until) == (None, None)


def test_a_proof_that_runs_out_is_the_last_day_where_the_law_asks_for_proof(cast, office):
    Requirement.objects.filter(pk=office.asked["debt"].pk).update(at_least=1, proof_asked=True)
    row = say_level(cast, office, "employee", "debt", None, kind="proof", words="Kurs")
    proof = {"statement": row, "owner": cast.person["employee"], "what": "certificate", "completed_on": START}
    Proof.objects.create(**proof, expires_on=SOON)
    assert cover(cast, office, "debt").short_from == SOON + timedelta(days=1)


def test_an_agreement_holds_until_its_last_day(cast, office):
    CoverAgreement.objects.create(
        requirement=office.asked["youth"], unit=cast.unit["fjord"], by_unit=cast.unit["vik"], people=1,
        agreed_on=START, valid_from=START, valid_to=SOON,
    )  # fmt: skip
    found = cover(cast, office, "youth")
    assert (found.short_from, found.people, found.away) == (SOON, (), 1)


@pytest.mark.parametrize(("days", "short"), [((0, 1, 3, 4), (WEDNESDAY,)), (range(5), ()), ((), ())])
def test_a_weekday_with_fewer_is_told(cast, office, days, short):
    offer(cast, office, "employee", "youth")
    works(cast, "employee", days)
    assert cover(cast, office, "youth").short_days == short, "no pattern: taken to be here"
    assert cover(cast, office, "youth", "county_adviser").short_days == (), "who keeps no hours is told of none"


def test_a_weekday_in_every_other_week_only_is_a_day_with_fewer(cast, office):
    offer(cast, office, "employee", "youth")
    works(cast, "employee", (0, 1, 3, 4))
    WorkingPattern.objects.create(
        person=cast.person["employee"], weekday=2, start=time(8), end=time(15), valid_from=START, weeks=2, week=1
    )
    assert cover(cast, office, "youth").short_days == (WEDNESDAY,)


def test_what_follows_when_a_role_becomes_vacant(cast, office):
    offer(cast, office, "union_rep", "youth")
    found = {one.role.who: one for one in rests(cast).exposed}
    assert found["Unni Ulven"].short_of == ("Ungdom",)
    assert list(found) == ["Unni Ulven"], "the others hold nothing up, and end on no day"
    RoleHolding.objects.for_system("a test").filter(person=cast.person["leader"]).update(valid_to=SOON)
    found = {one.role.who: one for one in rests(cast).exposed}
    assert (found["Mona Myhre"].role.deputy, found["Mona Myhre"].short_of) == ("Dina Dale", ())


def test_the_page_tells_of_the_work_and_gives_no_cause(cast, office, as_role):
    offer(cast, office, "employee", "youth")
    works(cast, "employee", (0, 1, 3, 4))
    page = " ".join(as_role("leader").get("/needs/").content.decode().split())
    assert "Hviler på én. Er én borte, vet vi ikke om noen." in page
    assert "Onsdag vet vi ikke om noen som er her." in page
    assert "deltid" not in page and "Slik regnet vi" in page
