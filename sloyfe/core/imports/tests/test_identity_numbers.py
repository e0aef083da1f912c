"""An identity number is seen however it is written, and other long numbers are left in peace."""

import pytest

from sloyfe.core.imports.identity_numbers import first_of, holds_one
from sloyfe.core.imports.tests.made_up import number, numbers


@pytest.mark.parametrize(
    ("day", "month"),
    [(1, 1), (31, 12), (43, 2), (71, 12), (3, 42), (15, 52), (3, 82), (43, 82), (15, 66), (29, 2)],
    ids=["first", "last", "D", "D-late", "H", "H-late", "test-80", "test-D", "test-65", "leap"],
)
def test_every_kind_is_seen(day, month):
    made = list(numbers(day, month))
    assert made
    assert all(holds_one(each) for each in made)


@pytest.mark.parametrize("between", ["", " ", "\u00a0", "\u202f", "-", "."])
@pytest.mark.parametrize("frame", ["{}", "f. {}.", "({})", "Ola {} Nordmann", "fnr:{},", "x{}y", "\n{}\n", "æ{}"])
def test_it_is_seen_in_text_and_with_a_space(frame, between):
    made = number()
    assert holds_one(frame.format(made[:6] + between + made[6:]))


def test_fullwidth_digits_are_digits():
    assert holds_one("".join(chr(ord(sign) + 0xFEE0) for sign in number()))


@pytest.mark.parametrize("frame", ["{}1", "1{}", "00{}", "0,{}", "3.{}"])
def test_a_longer_number_is_another_number(frame):
    assert not holds_one(frame.format(number()))


def test_each_control_digit_counts():
    made = number()
    for place in (9, 10):
        wrong = str((int(made[place]) + 1) % 10)
        assert not holds_one(made[:place] + wrong + made[place + 1 :])


@pytest.mark.parametrize(("day", "month"), [(0, 1), (32, 1), (30, 2), (31, 4), (72, 1), (1, 0), (1, 13), (1, 53)])
def test_an_impossible_day_is_no_identity_number(day, month):
    made = list(numbers(day, month))
    assert made
    assert not any(holds_one(each) for each in made)


def test_a_leading_zero_eaten_by_a_spreadsheet():
    made = number(day=3)
    assert holds_one(made[1:])
    assert holds_one(f" {made[1:]} ")
    assert holds_one(made[1:] + ",0")
    assert not holds_one("nr. " + made[1:])  # ten digits in a sentence are most often something else


def test_phone_and_account_and_date_pass():
    for text in ("4797012345", "+47 970 12 345", "97012345", "2025-12-31", "31.12.2025", "000000001001", ""):
        assert not holds_one(text)


def test_the_first_cell_is_pointed_at():
    assert first_of(["a", "b", f"x {number()}"]) == 2
    assert first_of(["a", "b"]) is None
    assert first_of([number()[:6], number()[6:]]) is None  # two cells are two numbers
