"""Visma's two exports, with every shape its fixtures show."""

from datetime import date

import pytest

from sloyfe.core.imports.places import Weight
from sloyfe.core.imports.tests.made_up import number
from sloyfe.modules.people.formats.neutral import LeaderRow
from sloyfe.modules.people.formats.tests.files import (
    VISMA_CHART,
    delivered,
    said,
    visma_people,
    visma_person,
    visma_position,
)

NO_SIZE = "The file does not say how large the positions are."


def one(position, *more):
    return delivered(visma_people(visma_person(position)), *more)


def messages(found):
    return [text for _, _, text in said(found) if text != NO_SIZE]


def test_the_identity_number_is_dropped_unread():
    made = number()
    found = delivered(visma_people(visma_person(visma_position(), ssn=made)))
    assert found.dropped_fields == {"ssn": 1}
    assert not found.refused
    assert made not in repr(found)


def test_an_identity_number_elsewhere_stops_the_file():
    found = delivered(visma_people(visma_person(visma_position(), employee=number())))
    assert found.refused and not found.people


def test_a_person_with_positions():
    end = "<positionEndDate>2020-05-01</positionEndDate>"
    found = one(visma_position() + visma_position('<chart id="7"><unit id="3"/></chart>', end=end, primary="false"))
    assert [(p.employer, p.employee_number, p.name) for p in found.people] == [("Fjordvik kommune", "11", "Kari Lie")]
    assert [
        (a.unit_number, a.position, a.valid_from, a.valid_to, a.main, a.percentage) for a in found.affiliations
    ] == [
        ("7-2", "Konsulent", date(2020, 2, 1), None, True, None),
        ("7-3", "Konsulent", date(2020, 2, 1), date(2020, 5, 2), False, None),
    ]
    assert said(found) == [("note", 0, NO_SIZE)]
    assert found.counts["persons"] == 1


def test_the_chart_is_read_by_code_and_led_by_persons():
    found = delivered(VISMA_CHART, visma_people(visma_person(visma_position())))
    assert [(unit.number, unit.name, unit.parent_number) for unit in found.units] == [
        ("7-1", "Rådmannen", ""),
        ("7-2", "Nav Fjordvik", "7-1"),
        ("7-3", "Team mottak", "7-2"),
    ]
    assert [(row.employee_number, row.unit_number) for row in found.leaders] == [("11", "7-1")]
    assert isinstance(found.leaders[0], LeaderRow)
    assert messages(found) == ["The manager is not among the persons in this upload."]


@pytest.mark.parametrize("unit", ["", '<chart id="7"/>', '<chart id="7"><unit/></chart>'])
def test_no_unit_is_placed_by_cost_centre_or_left_out(unit):
    position = visma_position(unit, cost_centre="000000000300")
    alone = one(position)
    assert (alone.affiliations, messages(alone)) == ((), ["The position names no unit we can find, and was left out."])
    placed = one(position, VISMA_CHART)
    assert [row.unit_number for row in placed.affiliations] == ["7-3"]
    assert "The position names no unit. It was placed by its cost centre." in messages(placed)


def test_a_cost_centre_two_units_have_is_not_guessed():
    twice = VISMA_CHART.replace('kode="200"', 'kode="300"').replace('parentid="200"', 'parentid="100"')
    assert one(visma_position("", cost_centre="300"), twice).affiliations == ()


def test_no_unit_and_no_cost_centre():
    assert messages(one(visma_position("")))[0].startswith("The position names no unit")


def test_no_position_name():
    found = one(visma_position(code='<positionType name="Stillingstype" value="F"/>'))
    assert [row.position for row in found.affiliations] == [""]
    assert messages(found) == ["The position has no name."]


def test_no_start_date_begins_when_the_record_became_valid():
    found = one(visma_position(start=""))
    assert [row.valid_from for row in found.affiliations] == [date(2020, 4, 3)]
    assert [p.value for p in found.problems if "start date" in p.message] == ["2020-04-03"]


def test_no_positions_at_all():
    found = one("")
    assert (len(found.people), found.affiliations) == (1, ())
    assert messages(found) == ["The person has no position, so no place to work."]


def test_two_positions_in_one_unit_are_two_unless_they_are_the_same():
    other = visma_position(code='<positionCode name="Ingeniør"/>', primary="false")
    found = one(visma_position() + other + other)
    assert [row.position for row in found.affiliations] == ["Konsulent", "Ingeniør"]
    assert messages(found) == ["The same position is there twice. It was read once."]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<positionStartDate>2020-02-30</positionStartDate>", ""),
        ("", "<positionEndDate>snart</positionEndDate>"),
        ("<positionStartDate>2020-02-02</positionStartDate>", "<positionEndDate>2020-02-01</positionEndDate>"),
    ],
)
def test_bad_dates_leave_the_position_out(start, end):
    found = one(visma_position(start=start, end=end))
    assert found.affiliations == ()
    assert any(problem.weight is Weight.SKIPS for problem in found.problems)


def test_a_person_without_a_number_is_left_out():
    found = delivered(visma_people(visma_person("", employee=""), visma_person("", "52", employee="12")))
    assert [person.employee_number for person in found.people] == ["12"]
    assert "The person has no name or no employee number, and was left out." in messages(found)


def test_two_employments_are_one_person():
    person = visma_person(visma_position())
    again = person.replace("</employments>", "<employment><employeeId>12</employeeId></employment></employments>")
    found = delivered(visma_people(again))
    assert [(row.employee_number, row.other_numbers) for row in found.people] == [("11", ("12",))]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('parentid="100"', 'parentid="999"', "The unit above is not in the chart."),
        ('kode="100"', 'kode="200"', "The unit above is not in the chart."),
        ('name="Team mottak"', "", "The unit has no name or no id, and was left out."),
    ],
)
def test_a_broken_chart(old, new, message):
    found = delivered(VISMA_CHART.replace(old, new))
    assert message in messages(found)


def test_a_ring_in_the_chart_stops():
    assert delivered(VISMA_CHART.replace('parentid="0"', 'parentid="300"')).refused


def test_other_xml_is_refused():
    assert said(delivered("<?xml version='1.0'?><people/>")) == [
        ("stops", 0, "This XML begins with <people>. We read Visma HRM's <personsXML> and <charts>.")
    ]
