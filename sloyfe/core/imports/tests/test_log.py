"""The log says the same for the same run, and comes whole through JSON."""

from datetime import date
from decimal import Decimal

import pytest

from sloyfe.core.imports.log import Change, Kind, Log, from_json, said
from sloyfe.core.imports.places import Place, Problem, Weight

HERE = Place("fil.csv", "Enheter", 3)


def filled():
    log = Log()
    log.created("unit", "0101", "Nav Fjordvik", HERE, {"name": "Nav Fjordvik", "valid_to": None, "open": True})
    log.changed("unit", "0102", "Nav Bø", HERE, {"name": "Bø", "kind": "office"}, {"name": "Nav Bø", "kind": "office"})
    log.changed("unit", "0103", "Nav Ås", HERE, {"name": "Nav Ås"}, {"name": "Nav Ås"})
    log.ended("person", "7", "Kari\nLie", HERE, {"valid_to": (None, date(2025, 12, 31))})
    log.unchanged("person", "8", "Ola", HERE)
    log.created("person", "9", "=1", HERE, {"percentage": Decimal("62.50")})
    log.problem(Problem(HERE, Weight.SKIPS, "No {x}", "Do y", "v", {"x": "1"}))
    return log


def test_lines_say_everything_in_the_order_of_writing():
    assert filled().lines() == (
        '[fil.csv|Enheter|3|] create unit "0101" "Nav Fjordvik" name: "" → "Nav Fjordvik"; open: "" → "yes"',
        '[fil.csv|Enheter|3|] change unit "0102" "Nav Bø" name: "Bø" → "Nav Bø"',
        '[fil.csv|Enheter|3|] unchanged unit "0103" "Nav Ås"',
        '[fil.csv|Enheter|3|] end person "7" "Kari\\nLie" valid_to: "" → "2025-12-31"',
        '[fil.csv|Enheter|3|] unchanged person "8" "Ola"',
        '[fil.csv|Enheter|3|] create person "9" "=1" percentage: "" → "62.5"',
        '[fil.csv|Enheter|3|] problem skips "No {x}" "v" x: "1"',
    )


def test_changed_tells_whether_there_is_anything_to_save():
    log = Log()
    assert log.changed("unit", "1", "A", HERE, {"name": "A", "other": 1}, {"name": "B"}) is True
    assert log.changed("unit", "1", "A", HERE, {"name": ""}, {"name": None}) is False
    assert log.changed("unit", "1", "A", HERE, {"p": Decimal("50.00")}, {"p": Decimal(50)}) is False


def test_groups_by_kind_then_type():
    told = [(group.kind, group.object_type, group.count) for group in filled().groups()]
    assert told == [
        (Kind.CREATE, "unit", 1),
        (Kind.CREATE, "person", 1),
        (Kind.CHANGE, "unit", 1),
        (Kind.END, "person", 1),
        (Kind.UNCHANGED, "unit", 1),
        (Kind.UNCHANGED, "person", 1),
    ]
    assert filled().counts() == {Kind.CREATE: 2, Kind.CHANGE: 1, Kind.END: 1, Kind.UNCHANGED: 2}
    assert Log().counts()[Kind.END] == 0


def test_json_and_back():
    log = filled()
    log.applied = True
    again = from_json(log.to_json())
    assert again == log
    assert again.to_json() == log.to_json()
    assert again.entries[1].changes == (Change("name", "Bø", "Nav Bø"),)


def test_only_a_problem_that_stops_stops():
    log = filled()
    assert not log.stopped
    log.problem(Problem(HERE, Weight.STOPS, "No"))
    assert log.stopped


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (True, "yes"),
        (0, "0"),
        (Decimal("100"), "100"),
        (Decimal("0.50"), "0.5"),
        (Decimal("1E+3"), "1000"),
    ]
    + [(date(2025, 1, 2), "2025-01-02")],
)
def test_values_as_text(value, text):
    assert said(value) == text
