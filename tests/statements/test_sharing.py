"""Who sees what somebody says about herself: circles, lines, leaders, and at once when she closes it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from sloyfe.core.access import OutOfReach
from sloyfe.modules.people.models import Affiliation
from sloyfe.modules.statements import actions
from sloyfe.modules.statements.models import Share, Statement

FJORD = {"employee", "state_employee", "leader", "state_leader", "deputy", "union_rep", "safety_rep"}
VIK = {"neighbour_leader", "neighbour_employee", "resource_person"}
COUNTY = {"county_adviser"}
ELSEWHERE = {"directorate_adviser", "hr_admin"}
SEES = {
    None: {"employee"},
    "leader": {"employee", "leader"},
    "office": FJORD,
    "area": FJORD | VIK,
    "county": FJORD | VIK | COUNTY,
    "everyone": FJORD | VIK | COUNTY | ELSEWHERE,
}


def say(cast, audience=None, kind="offers", who="employee", words="Tolk i samtalen"):
    return actions.say(cast.viewer(who), kind=kind, words=words, audiences=[audience] if audience else [])


def seers(cast, statement):
    return {
        role for role in cast.person if Statement.objects.for_viewer(cast.viewer(role)).filter(pk=statement.pk).exists()
    }


@pytest.mark.parametrize("audience", SEES)
def test_each_audience_is_exactly_who_it_says(cast, audience):
    assert seers(cast, say(cast, audience)) == SEES[audience]


def test_my_leader_is_the_one_on_my_own_line(cast):
    assert seers(cast, say(cast, "leader", who="state_employee")) == {"state_employee", "state_leader"}


def test_a_named_person_and_nobody_else(cast):
    statement = say(cast)
    actions.share(cast.viewer("employee"), statement, audience="person", to_person=cast.person["neighbour_employee"].pk)
    assert seers(cast, statement) == {"employee", "neighbour_employee"}


def test_closing_works_at_once_and_history_stays_with_the_owner(cast):
    statement = say(cast, "everyone")
    row = Share.objects.for_viewer(cast.viewer("employee"), "own.page").get(statement=statement)
    actions.revoke(cast.viewer("employee"), row)
    assert seers(cast, statement) == {"employee"}
    assert Share.objects.for_viewer(cast.viewer("employee"), "own.page").get(pk=row.pk).until_at is not None


def test_what_one_is_unsure_of_is_private_by_nature(cast):
    statement = say(cast, kind="unsure")
    assert seers(cast, statement) == {"employee"}
    for audience in ("leader", "office", "everyone"):
        with pytest.raises(ValidationError):
            actions.share(cast.viewer("employee"), statement, audience=audience)


def test_nobody_speaks_or_shares_for_another(cast):
    statement = say(cast)
    with pytest.raises(OutOfReach):
        actions.share(cast.viewer("leader"), statement, audience="everyone")
    with pytest.raises(OutOfReach):
        actions.confirm(cast.viewer("hr_admin"), statement)
    assert seers(cast, statement) == {"employee"}


def test_the_office_is_where_she_works_now(cast):
    statement = say(cast, "office")
    Affiliation.objects.for_system("test").filter(person=cast.person["employee"]).update(
        unit=cast.unit["vik"], employer=cast.employer["nes"]
    )
    assert seers(cast, statement) == VIK | {"employee"}


def test_taking_back_closes_every_audience_and_undo_brings_it_back_private(cast):
    statement = say(cast, "everyone")
    actions.take_back(cast.viewer("employee"), statement)
    assert seers(cast, statement) == {"employee"}
    actions.bring_back(cast.viewer("employee"), statement)
    assert statement.valid_to is None
    assert seers(cast, statement) == {"employee"}


def test_an_identity_number_is_refused_and_nothing_is_stored(cast):
    digits = "010190"
    from sloyfe.core.imports.identity_numbers import holds_one

    number = next(f"{digits}{n:05d}" for n in range(100_000) if holds_one(f"{digits}{n:05d}"))
    with pytest.raises(ValidationError):
        say(cast, words=f"Ring {number}")
    assert not Statement.objects.for_system("test").exists()
