"""The form of a measure: whole teams with one tick, positions beside the names, and a small office already chosen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from sloyfe.modules.people.models import Affiliation
from sloyfe.modules.plans.colleagues import office_of_colleagues
from sloyfe.modules.plans.models import Measure, Participant
from tests.cast import DAY


@pytest.fixture
def address(measure) -> str:
    return reverse("measure-new", args=[measure.priority_id])


def filled(**changes) -> dict[str, object]:
    told = dict(title="Lese", goal="Kunne", shows="Ses", binding="voluntary", sessions_count=1, minutes=45)
    hours = dict(group_size=3, gap_weeks=1, window_from=DAY, window_to=DAY + timedelta(weeks=8))
    return told | hours | changes


def taking_part() -> set[int]:
    last = Measure.objects.for_system("test").latest("pk")
    return set(Participant.objects.for_system("test").filter(measure=last).values_list("person", flat=True))


def test_the_whole_office_with_one_tick(cast, as_role, address):
    office = office_of_colleagues(cast.viewer("leader"), cast.unit["fjord"].pk)
    told = filled(teams=[office.pk], answers=cast.person["leader"].pk)
    assert as_role("leader").post(address, told).status_code == 302
    assert taking_part() == {one.pk for one in office.people} and len(office.people) == 7


def test_a_team_and_one_more(cast, as_role, address):
    office = office_of_colleagues(cast.viewer("leader"), cast.unit["fjord"].pk)
    team = office.teams[-1]
    other = next(one for one in office.people if one not in team.people) if len(office.teams) > 1 else team.people[0]
    told = filled(teams=[team.pk], people=[other.pk], answers=cast.person["leader"].pk)
    as_role("leader").post(address, told)
    assert taking_part() == {one.pk for one in team.people} | {other.pk}


def test_nobody_or_a_strange_team_is_refused_and_changes_nothing(cast, as_role, address):
    for who in ({}, {"teams": [cast.unit["vik"].pk]}, {"people": [cast.person["neighbour_employee"].pk]}):
        answer = as_role("leader").post(address, filled(answers=cast.person["leader"].pk, **who))
        assert answer.status_code == 422
    assert Measure.objects.for_system("test").count() == 1


def test_the_position_stands_beside_the_name(cast, as_role, address):
    Affiliation.objects.for_system("test").filter(person=cast.person["employee"]).update(position="Jobbspesialist")
    assert "Jobbspesialist" in as_role("leader").get(address).content.decode()


@pytest.mark.parametrize(("staff", "ticked"), [(7, 0), (6, 6), (3, 3)])
def test_a_small_office_is_ticked_beforehand_and_its_group_no_larger(cast, as_role, address, staff, ticked):
    office = office_of_colleagues(cast.viewer("leader"), cast.unit["fjord"].pk)
    going = [one.pk for one in office.people if one.pk != cast.person["leader"].pk][: 7 - staff]
    Affiliation.objects.for_system("test").filter(person__in=going).update(valid_to=DAY)
    page = as_role("leader").get(address).content.decode()
    boxes = [line for line in page.split("<input")[1:] if 'name="people"' in line]
    assert (len(boxes), sum("checked" in box.split(">")[0] for box in boxes)) == (staff, ticked)
    assert f'name="group_size" value="{staff}"' in page


def test_who_takes_part_stays_ticked(cast, as_role, measure):
    page = as_role("leader").get(reverse("measure", args=[measure.pk])).content.decode()
    for role in ("employee", "state_employee", "deputy", "union_rep"):
        assert f'id="who-{cast.person[role].pk}" checked' in page
