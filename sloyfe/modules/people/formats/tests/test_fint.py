"""FINT administrasjon, as YAML and as JSON."""

import json
from datetime import date
from decimal import Decimal

import pytest
import yaml

from sloyfe.core.imports.places import Place, Weight
from sloyfe.core.imports.tests.made_up import number
from sloyfe.core.imports.values import ValueProblem
from sloyfe.modules.people.formats.fint_entries import day_in_norway
from sloyfe.modules.people.formats.tests.files import delivered, said


def wrapped(value):
    return {"identifikatorverdi": value}


def example():
    return {
        "personar": [
            {
                "id": "p/ola",
                "fodselsnummer": wrapped("X"),
                "person_navn": {"fornavn": "Ola", "etternavn": "Lie"},
                "fodselsdato": "1967-05-12",
            },
            {"id": "p/kari", "navn": {"fornavn": "Kari", "mellomnavn": "M", "etternavn": "Dahl"}},
        ],
        "organisasjonselement": [
            {"id": "o/topp", "organisasjonsId": wrapped("100"), "navn": "Topp", "overordnet": "o/topp"},
            {
                "id": "o/it",
                "organisasjonsId": wrapped("110"),
                "navn": "IT",
                "overordnet": "o/topp",
                "leder": "s/2",
                "gyldighetsperiode": {"start": "2020-01-01T00:00:00Z", "slutt": "2025-12-31T00:00:00Z"},
            },
        ],
        "stillingskoder": [{"id": "k/1", "kode": "7451", "navn": "Rådgiver"}],
        "personalressursar": [
            {
                "id": "s/1",
                "ansattnummer": wrapped("P1"),
                "person": "p/ola",
                "jobbtittel": "Tittel",
                "kontaktinformasjon": {},
            },
            {"id": "s/2", "ansattnummer": wrapped("P2"), "person": ["p/kari"], "lederFor": ["o/it", "o/topp"]},
        ],
        "arbeidsforhold": [
            {
                "id": "a/1",
                "ansettelsesprosent": 62.5,
                "hovedstilling": True,
                "aarslonn": 650000,
                "gyldighetsperiode": {"start": "2020-01-15T00:00:00Z"},
                "ansatt": "s/1",
                "arbeidssted": "o/it",
                "stillingskode": "k/1",
            }
        ],
    }


def as_json(tree):
    return json.dumps(tree, ensure_ascii=False)


def as_yaml(tree):
    return yaml.safe_dump(tree, allow_unicode=True)


@pytest.mark.parametrize("write", [as_json, as_yaml])
def test_the_whole_example(write):
    tree = example()
    made = number()
    tree["personar"][0]["fodselsnummer"] = wrapped(made)
    found = delivered(write(tree))
    assert found.problems == ()
    assert [(u.number, u.name, u.parent_number, u.valid_from, u.valid_to) for u in found.units] == [
        ("100", "Topp", "", None, None),
        ("110", "IT", "100", date(2020, 1, 1), date(2026, 1, 1)),
    ]
    assert [(p.employee_number, p.name) for p in found.people] == [("P1", "Ola Lie"), ("P2", "Kari M Dahl")]
    row = found.affiliations[0]
    assert (row.employee_number, row.unit_number, row.position) == ("P1", "110", "Rådgiver")
    assert (row.percentage, row.valid_from, row.main) == (Decimal("62.5"), date(2020, 1, 15), True)
    assert row.place == Place("opplastet", "arbeidsforhold", 1)
    assert [(leader.employee_number, leader.unit_number) for leader in found.leaders] == [("P2", "110"), ("P2", "100")]
    assert found.dropped_fields == {"fodselsnummer": 1, "fodselsdato": 1, "kontaktinformasjon": 1, "aarslonn": 1}
    assert made not in repr(found) and "1967" not in repr(found) and "650000" not in repr(found)


@pytest.mark.parametrize("write", [as_json, as_yaml])
def test_an_identity_number_elsewhere_stops_the_file(write):
    tree = example()
    tree["personalressursar"][1]["person"] = f"p/fodselsnummer/{number()}"
    found = delivered(write(tree))
    assert found.refused and not found.people
    assert [(p.place.sheet, p.place.row, p.place.column) for p in found.problems] == [
        ("personalressursar", 2, "person")
    ]


def broken(path, value):
    tree = example()
    holder = tree
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return delivered(as_json(tree))


@pytest.mark.parametrize(
    ("path", "value", "lost"),
    [
        (("organisasjonselement", 1, "overordnet"), "o/borte", "units"),
        (("organisasjonselement", 1, "navn"), "", "units"),
        (("organisasjonselement", 1, "organisasjonsId"), None, "units"),
        (("organisasjonselement", 1, "gyldighetsperiode"), {"start": "2020-13-01"}, "units"),
        (("personalressursar", 0, "ansattnummer"), {}, "people"),
        (("personalressursar", 0, "person"), "p/borte", "people"),
        (("arbeidsforhold", 0, "ansatt"), "s/borte", "affiliations"),
        (("arbeidsforhold", 0, "arbeidssted"), 5, "affiliations"),
        (("arbeidsforhold", 0, "ansettelsesprosent"), 10000, "affiliations"),
        (("arbeidsforhold", 0, "gyldighetsperiode"), {"start": "2020-01-02", "slutt": "2020-01-01"}, "affiliations"),
    ],
)
def test_what_is_broken_is_left_out_and_said(path, value, lost):
    found, whole = broken(path, value), delivered(as_json(example()))
    assert found.problems[0].weight is Weight.SKIPS
    assert (found.problems[0].place.sheet, found.problems[0].place.row) == (path[0], path[1] + 1)
    assert len(getattr(found, lost)) == len(getattr(whole, lost)) - 1


def test_two_units_above_each_other_are_a_ring_though_one_above_itself_is_the_top():
    assert broken(("organisasjonselement", 0, "overordnet"), "o/it").refused


def test_two_employee_numbers_of_one_person():
    tree = example()
    tree["personalressursar"][1]["person"] = "p/ola"
    found = delivered(as_json(tree))
    assert [(row.employee_number, row.other_numbers) for row in found.people] == [("P1", ("P2",))]


def test_an_employment_ends_with_the_employee():
    tree = example()
    tree["personalressursar"][0]["ansettelsesperiode"] = {"start": "2020-01-01", "slutt": "2024-06-30"}
    assert delivered(as_json(tree)).affiliations[0].valid_to == date(2024, 7, 1)


@pytest.mark.parametrize("value", [None, "x", 5, [], {}, [[]], {"a": {"b": []}}, True])
def test_any_shape_in_any_place_is_survived(value):
    for name, entries in example().items():
        said(broken((name,), value))
        for key in entries[0]:
            said(broken((name, 0, key), value))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-01-15T00:00:00Z", date(2020, 1, 15)),
        ("2020-01-14T23:00:00Z", date(2020, 1, 15)),
        ("2020-07-14T22:00:00Z", date(2020, 7, 15)),
        ("2020-07-15T23:30:00+02:00", date(2020, 7, 15)),
        ("2020-07-15T23:30:00", date(2020, 7, 15)),
        ("2020-07-15", date(2020, 7, 15)),
    ],
)
def test_times_are_days_in_norway(written, day):
    assert day_in_norway(written) == day


def test_a_time_that_is_none():
    with pytest.raises(ValueProblem):
        day_in_norway("2020-07-32T00:00:00Z")


@pytest.mark.parametrize("text", ['{"a": 1}', '[{"a": 1}]', '{"organisasjonselement'])
def test_other_json_is_refused(text):
    assert delivered(text).refused
