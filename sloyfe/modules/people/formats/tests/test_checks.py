"""Contradictions between rows stop an upload; repeated rows are read once."""

import pytest

from sloyfe.core.imports.places import Weight
from sloyfe.modules.people.formats.tests.files import delivered, said

UNITS = "Enhetsnummer;Navn;Overordnet enhet;Gyldig fra;Gyldig til\n"


def test_the_same_row_twice_is_read_once():
    found = delivered(UNITS + "1;A;;;\n1;A;;;\n", UNITS + "1;A;;;\n")
    assert len(found.units) == 1
    assert said(found) == [("note", 0, "Rows that say what another row has said: 2. They were read once.")]


def test_the_same_number_with_another_name_stops():
    found = delivered(UNITS + "1;A;;;\n2;B;;;\n1;C;;;\n")
    assert [(p.weight, p.place.row, p.value, p.params) for p in found.problems] == [
        (Weight.STOPS, 4, "1", {"row": "2"})
    ]


@pytest.mark.parametrize(("first_ends", "second_begins", "stops"), [("2019", "2020", False), ("2020", "2020", True)])
def test_two_periods_of_one_unit_may_follow_each_other(first_ends, second_begins, stops):
    found = delivered(UNITS + f"1;A;;;31.12.{first_ends}\n1;B;;01.01.{second_begins};\n")
    assert found.refused is stops


def test_one_employee_number_and_two_names_stops():
    assert delivered("Ansattnummer;Navn\n7;Kari\n7;Ola\n").refused
    assert not delivered("Ansattnummer;Navn;Arbeidsgiver\n7;Kari;A\n7;Ola;B\n").refused


def test_a_ring_stops_and_is_told_once():
    found = delivered(UNITS + "1;A;3;;\n2;B;1;;\n3;C;2;;\n4;D;1;;\n5;E;;;\n")
    assert said(found) == [("stops", 2, "These units are above one another in a ring: 1 → 3 → 2 → 1.")]


def test_a_ring_in_one_period_only():
    turned = "1;A;2;01.01.2020;31.12.2021\n1;A;;01.01.2022;\n2;B;;01.01.2020;31.12.2021\n2;B;1;01.01.2022;\n"
    assert not delivered(UNITS + turned).refused
    overlapping = "1;A;2;01.01.2020;31.12.2022\n2;B;;01.01.2020;31.12.2021\n2;B;1;01.01.2022;\n"
    assert delivered(UNITS + overlapping).refused


def test_a_long_chain_is_no_ring_and_a_long_ring_is_shortened():
    chain = "".join(f"{n};U{n};{n + 1};;\n" for n in range(3000))
    assert not delivered(UNITS + chain).refused
    found = delivered(UNITS + chain + "3000;U;0;;\n")
    assert len(found.problems) == 1 and found.problems[0].params["units"].endswith("→ …")


def test_more_than_the_whole_shared_out():
    text = "Før;Etter;Dato;Andel\n1;2;01.01.2026;60 %\n1;3;01.01.2026;{}\n"
    assert delivered(text.format("50 %")).refused
    assert not delivered(text.format("40 %")).refused
