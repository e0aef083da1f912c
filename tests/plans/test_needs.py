"""What an office lacks, from shared things only, and in which order it can be met."""

from __future__ import annotations

import pytest

from sloyfe.modules.catalogue.models import CoverAgreement
from sloyfe.modules.plans.needs import _may_be_told, needs
from sloyfe.modules.statements import actions as statements
from tests.cast import START


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
        requirement=office.asked["debt"], unit=cast.unit["fjord"], by_unit=cast.unit["vik"], people=1, valid_from=START
    )
    assert "debt" not in found(cast, office)


def test_of_each_tells_no_figures_where_so_few_are_counted(cast, office, as_role):
    offer(cast, office, "employee", "cv", audience="office")
    need = found(cast, office)["cv"]
    assert (need.wanted, need.have) == (None, None)
    assert [one.name for one in need.here] == ["Eli Elvestad"], "what she has shared is still hers to be known for"
    page = as_role("leader").get("/needs/").content.decode()
    assert "For få til å vise tall" in page
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
