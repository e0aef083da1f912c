"""What an office lacks, from shared things only, and in which order it can be met."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sloyfe.modules.catalogue.models import CoverAgreement, Requirement
from sloyfe.modules.plans.needs import _may_be_told, needs
from sloyfe.modules.statements import actions as statements
from sloyfe.modules.statements.models import Proof, Statement
from tests.cast import DAY, START


def found(cast, office, role="leader"):
    keys = {row.pk: key for key, row in office.topic.items()}
    return {keys[n.asked.competence_id]: n for n in needs(cast.viewer(role), cast.unit["fjord"].pk)}


def offer(cast, office, who, topic, audience="everyone", kind="offers"):
    statements.say(
        cast.viewer(who), kind=kind, competence_id=office.topic[topic].pk, audiences=[audience] if audience else []
    )


def test_the_offices_own_stand_first_musts_before_the_rest_and_each_says_where_it_comes_from(cast, office):
    rows = needs(cast.viewer("leader"), cast.unit["fjord"].pk)
    assert [(n.asked.reach, n.asked.strength) for n in rows] == [
        ("unit", "must"),
        ("area", "should"),
        ("unit", "may"),
        ("each", "should"),
    ]
    assert {n.asked.source for n in rows} == {"county"}
    assert {n.asked.through for n in rows} == {"Alle kontor", "Veileder"}


def test_what_is_offered_here_covers_and_next_door_mobilises(cast, office):
    offer(cast, office, "employee", "youth")
    offer(cast, office, "neighbour_employee", "debt")
    lacks = found(cast, office)
    assert "youth" not in lacks
    assert (lacks["debt"].way, lacks["debt"].have) == ("mobilise", 0)
    assert [(one.name, one.office) for one in lacks["debt"].next_door] == [("Vera Vikse", "Vik")]


def test_the_area_counts_for_what_is_asked_of_the_area(cast, office):
    offer(cast, office, "neighbour_employee", "interpreter")
    assert "interpreter" not in found(cast, office)


def test_a_wish_to_learn_is_a_way_and_nothing_hidden_counts(cast, office):
    offer(cast, office, "employee", "debt", kind="wants", audience="leader")
    offer(cast, office, "state_employee", "debt", audience=None)
    offer(cast, office, "safety_rep", "youth", audience="leader")
    lacks = found(cast, office)
    assert lacks["debt"].way == "learn"
    assert [one.name for one in lacks["debt"].learners] == ["Eli Elvestad"]
    assert lacks["debt"].here == ()
    assert "youth" in lacks, "shared with the state leader only"
    assert "youth" not in found(cast, office, "state_leader")


def test_a_neighbour_covers_by_agreement(cast, office):
    offer(cast, office, "employee", "debt")
    CoverAgreement.objects.create(
        requirement=office.asked["debt"],
        unit=cast.unit["fjord"],
        by_unit=cast.unit["vik"],
        people=1,
        valid_from=START,
        agreed_on=START,
    )
    assert "debt" not in found(cast, office)


def test_of_each_tells_no_figures_where_so_few_are_counted(cast, office, as_role):
    offer(cast, office, "employee", "cv", audience="office")
    need = found(cast, office)["cv"]
    assert (need.wanted, need.have) == (None, None)
    assert [one.name for one in need.here] == ["Eli Elvestad"], "what she has shared is still hers to be known for"
    page = as_role("leader").get("/needs/").content.decode()
    assert "Dere er så få at et tall ville pekt på noen. De som står her, har fortalt det selv." in page
    assert "gjelder 7" not in page


@pytest.mark.parametrize(
    ("asked_of", "have", "told"),
    [(8, 5, True), (40, 12, True), (7, 5, False), (8, 4, False), (4, 1, False), (40, 0, False), (40, 38, False)],
)
def test_figures_are_told_only_where_they_point_at_nobody(cast, asked_of, have, told):
    assert _may_be_told(cast.viewer("leader"), asked_of, have) is told


def test_what_is_asked_of_the_office_is_counted_however_few(cast, office):
    need = found(cast, office)["debt"]
    assert (need.wanted, need.have) == (2, 0)


def test_of_each_counts_those_asked_and_those_who_have_said(cast, office, monkeypatch):
    monkeypatch.setattr("sloyfe.modules.plans.needs._may_be_told", lambda *_: True)
    offer(cast, office, "employee", "cv", audience="office")
    need = found(cast, office)["cv"]
    assert (need.wanted, need.have) == (7, 1)


def say_level(cast, office, who, topic, level, audience="leader", kind="level", **more):
    row = Statement.objects.create(
        person=cast.person[who],
        kind=kind,
        competence=office.topic[topic],
        level=level,
        valid_from=START,
        confirmed_on=START,
        **more,
    )
    if audience:
        statements.share(cast.viewer(who), row, audience=audience)
    return row


@pytest.mark.parametrize(
    ("asked", "said", "audience", "met"),
    [
        (3, 3, "leader", True), (3, 2, "leader", False), (None, 3, "leader", True), (None, 2, "leader", False),
        (1, 1, "leader", True), (5, 4, "leader", False), (3, 5, None, False),
    ],
)  # fmt: skip
def test_a_shared_level_counts_from_what_is_asked(cast, office, asked, said, audience, met):
    Requirement.objects.filter(pk=office.asked["youth"].pk).update(level=asked)
    say_level(cast, office, "employee", "youth", said, audience)
    assert ("youth" not in found(cast, office)) is met


def test_what_another_has_confirmed_counts_too(cast, office):
    Requirement.objects.filter(pk=office.asked["youth"].pk).update(level=4)
    say_level(cast, office, "employee", "youth", 2)
    assert "youth" in found(cast, office)
    say_level(cast, office, "employee", "youth", 4, kind="confirmed", by=cast.person["deputy"])
    assert "youth" not in found(cast, office)


def test_an_own_assessment_never_meets_a_must_that_the_law_asks_proof_for(cast, office):
    Requirement.objects.filter(pk=office.asked["debt"].pk).update(level=3, at_least=1, proof_asked=True)
    say_level(cast, office, "employee", "debt", 5)
    offer(cast, office, "employee", "debt")
    say_level(cast, office, "employee", "debt", 5, kind="confirmed", by=cast.person["deputy"])
    assert found(cast, office)["debt"].have == 0
    row = say_level(cast, office, "employee", "debt", None, kind="proof", words="Kurs")
    proof = {"statement": row, "owner": cast.person["employee"], "what": "course", "completed_on": START}
    Proof.objects.create(**proof, expires_on=DAY)
    assert "debt" not in found(cast, office)
    Proof.objects.for_system("a test").update(expires_on=DAY - timedelta(days=1))
    assert "debt" in found(cast, office), "what has run out proves nothing"


def test_a_should_is_met_without_proof(cast, office):
    Requirement.objects.filter(pk=office.asked["interpreter"].pk).update(level=3, proof_asked=True)
    say_level(cast, office, "employee", "interpreter", 3)
    assert "interpreter" not in found(cast, office)
