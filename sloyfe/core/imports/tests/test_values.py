"""What a cell says, read the Norwegian way; what can be read two ways is not guessed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sloyfe.core.imports import values
from sloyfe.core.imports.places import Place, Weight
from sloyfe.core.imports.values import ValueProblem

LAST = date(2025, 12, 31)


@pytest.mark.parametrize(
    "written",
    [
        "31.12.2025",
        " 31.12.2025 ",
        "31. 12. 2025",
        "2025-12-31",
        "2025-12-31T00:00:00",
        "2025-12-31 08:30",
        "20251231",
    ]
    + ["2025-12-31T00:00:00Z", "46022"],
)
def test_days(written):
    assert values.day(written) == LAST


def test_short_day_and_month():
    assert values.day("1.2.2025") == date(2025, 2, 1)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "31.02.2025",
        "2025-13-01",
        "31/12/2025",
        "12/31/2025",
        "snart",
        "2025",
        "31.12.",
        "0000-00-00",
        "31.12.0025",
    ]
    + ["9999-12-31", "1", "٣١.١٢.٢٠٢٥", "2025-12-31; DROP TABLE", "99999999", "20251332"],
)
def test_not_days(written):
    with pytest.raises(ValueProblem, match="not a date"):
        values.day(written)


@pytest.mark.parametrize("written", ["31.12.25", "1.2.25", "31/12/25", "31-12-25"])
def test_two_digit_years_are_not_guessed(written):
    with pytest.raises(ValueProblem, match="two digits"):
        values.day(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("62,5", "62.5"),
        ("62.5", "62.5"),
        ("1 200,5", "1200.5"),
        ("1\u00a0200,5", "1200.5"),
        ("1.200,5", "1200.5"),
        ("1'200", "1200"),
        ("0.125", "0.125"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("007", "7"),
    ],
)
def test_numbers(written, expected):
    assert values.decimal(written) == Decimal(expected)


@pytest.mark.parametrize(
    "written", ["", "abc", "1,2,3", "1 20", "12 34,5", "1e5", "NaN", "Infinity", "٣", "--1", "9" * 5000]
)
def test_not_numbers(written):
    with pytest.raises(ValueProblem, match="not a number"):
        values.decimal(written)


@pytest.mark.parametrize("written", ["1.200", "12.500", "1.200.300"])
def test_a_dot_before_three_digits_is_not_guessed(written):
    with pytest.raises(ValueProblem, match="thousand or as a decimal"):
        values.decimal(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("100 %", 100), ("100%", 100), ("62,5", "62.5"), ("0", 0), ("1 %", 1), ("0,5 %", "0.5")],
)
def test_percentages(written, expected):
    assert values.percentage(written) == Decimal(expected)


@pytest.mark.parametrize("written", ["1", "0,8", "0.5"])
def test_a_fraction_is_not_taken_for_a_percentage(written):
    with pytest.raises(ValueProblem, match="fraction"):
        values.percentage(written)


@pytest.mark.parametrize("written", ["101", "-1", "10000", "62,505"])
def test_percentages_out_of_range(written):
    with pytest.raises(ValueProblem):
        values.percentage(written)


@pytest.mark.parametrize(
    ("written", "expected"), [("Ja", True), ("j", True), ("1", True), ("NEI", False), ("usann", False)]
)
def test_yes_and_no(written, expected):
    assert values.yes_no(written) is expected


@pytest.mark.parametrize("written", ["", "kanskje", "2"])
def test_neither_yes_nor_no(written):
    with pytest.raises(ValueProblem, match="neither"):
        values.yes_no(written)


def test_text_is_trimmed_composed_and_on_one_line():
    assert values.text("  A\u030a  \r\n lesund\t ") == "Å lesund"
    assert values.text("  en\r\nto ", lines=True) == "en\nto"


@pytest.mark.parametrize(
    "written", ["Čáhcesuolu", "نص عربي", "<b>Kari</b>", "'; DROP TABLE people; --", "=1+1", "👩🏽‍💻"]
)
def test_every_script_is_text(written):
    assert values.text(written) == written


@pytest.mark.parametrize("written", ["", "   ", "\u00a0", "\r\n"])
def test_empty_text_is_a_problem(written):
    with pytest.raises(ValueProblem, match="empty"):
        values.text(written)


@pytest.mark.parametrize("written", ["a\x00b", "a\x1bb", "a\ud800b", "a\x7fb"])
def test_signs_no_table_can_keep(written):
    with pytest.raises(ValueProblem, match="cannot be shown"):
        values.text(written)


def test_too_long_says_how_long():
    with pytest.raises(ValueProblem) as caught:
        values.text("x" * 10_000)
    assert caught.value.params == {"length": "10000", "limit": "200"}


def test_choice_names_what_may_be_written():
    assert values.choice(" Lokal_kontor ", {"lokal kontor": 1}) == 1
    with pytest.raises(ValueProblem) as caught:
        values.choice("x", {"ja": 1, "nei": 2})
    assert caught.value.params == {"choices": "ja, nei"}


def test_a_problem_has_its_place_and_a_short_value():
    place = Place("f.csv", "", 3, "Dato")
    problem = ValueProblem("m", "r", limit=3).at(place, "x\n" * 500)
    assert (problem.place, problem.weight, problem.params) == (place, Weight.SKIPS, {"limit": "3"})
    assert len(problem.value) == 80 and "\n" not in problem.value


@given(st.text(max_size=60))
def test_no_text_raises_anything_else(written):
    for read in (values.day, values.decimal, values.percentage, values.yes_no, values.text):
        try:
            read(written)
        except ValueProblem as problem:
            problem.message.format(**problem.params)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back(day):
    assert values.day(day.isoformat()) == day
    assert values.day(f"{day.day}.{day.month}.{day.year}") == day
