"""Who sees whom over dated affiliations and two lines of authority: the rule everything else leans on."""

from __future__ import annotations

from datetime import date

import pytest

from sloyfe.core.access import Line, Post
from sloyfe.modules.people.models import Affiliation, Person, RoleHolding
from sloyfe.modules.people.tree import nearest_leaders
from tests.cast import DAY

FJORD_MUNICIPAL = {"employee", "leader", "deputy", "union_rep"}
FJORD_STATE = {"state_employee", "state_leader", "safety_rep"}
SEES = {
    "employee": {"employee"},
    "leader": FJORD_MUNICIPAL,
    "deputy": FJORD_MUNICIPAL,
    "state_leader": FJORD_STATE,
    "neighbour_leader": {"neighbour_leader", "neighbour_employee", "resource_person"},
    "county_adviser": {"county_adviser"},
    "directorate_adviser": {"directorate_adviser"},
    "union_rep": {"union_rep"},
    "safety_rep": {"safety_rep"},
    "outsider": {"outsider"},
}


def seen(cast, role, capability="person.view", day=DAY):
    names = {person.pk: key for key, person in cast.person.items()}
    return {
        names[pk] for pk in Person.objects.for_viewer(cast.viewer(role, day), capability).values_list("pk", flat=True)
    }


@pytest.mark.parametrize("role", SEES)
def test_whose_page_each_role_may_open(cast, role):
    assert seen(cast, role) == SEES[role]


def test_hr_sees_everybody_and_outsiders_no_names(cast):
    assert seen(cast, "hr_admin") == set(cast.person)
    assert seen(cast, "outsider", "person.name") == {"outsider"}
    assert seen(cast, "employee", "person.name") == set(cast.person)


def test_a_municipal_leader_does_not_inherit_the_states_rows(cast):
    rows = Affiliation.objects.for_viewer(cast.viewer("leader"), "person.view")
    assert set(rows.values_list("line", flat=True)) == {"municipal"}


def test_a_person_who_moves_is_seen_by_the_new_leader_from_that_day(cast):
    move = date(2026, 12, 1)
    Affiliation.objects.for_system("test").filter(person=cast.person["employee"]).update(valid_to=move)
    Affiliation.objects.create(
        person=cast.person["employee"],
        unit=cast.unit["vik"],
        employer=cast.employer["nes"],
        line="municipal",
        valid_from=move,
    )
    assert "employee" in seen(cast, "leader")
    assert "employee" not in seen(cast, "leader", day=move)
    assert "employee" in seen(cast, "neighbour_leader", day=move)


def test_a_role_that_has_ended_opens_nothing(cast):
    RoleHolding.objects.for_system("test").filter(person=cast.person["leader"]).update(valid_to=DAY)
    assert seen(cast, "leader") == {"leader"}
    assert seen(cast, "deputy") == {"deputy"}


def test_the_nearest_leader_is_found_on_the_persons_own_line(cast):
    team = cast.unit["fjord_team"].pk
    found = nearest_leaders([Post(team, Line.STATE), Post(team, Line.MUNICIPAL)], DAY)
    assert found[Post(team, Line.STATE)] == cast.person["state_leader"].pk
    assert found[Post(team, Line.MUNICIPAL)] == cast.person["leader"].pk
    assert Post(team, Line.STATE) not in cast.viewer("leader").led


def test_circles_around_an_employee(cast):
    viewer = cast.viewer("employee")
    fjord = {cast.unit["fjord"].pk, cast.unit["fjord_team"].pk}
    assert viewer.around("office") == fjord
    assert viewer.around("area") == fjord | {cast.unit["vik"].pk, cast.unit["kyst"].pk}
    assert cast.unit["county"].pk in viewer.around("county")
