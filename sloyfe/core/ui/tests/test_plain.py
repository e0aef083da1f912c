"""What people type is made plain in one place, for every form and every way in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from sloyfe.core.imports.tests.made_up import number as identity_number
from sloyfe.core.lang.plain import plain_words
from sloyfe.core.ui.fields import DayField, PlainField

MODULES = Path(__file__).parents[3] / "modules"


@pytest.mark.parametrize(
    ("typed", "line", "lines"),
    [
        ("  A \u202eB\u200b\x00  c ", "A B c", "A B  c"),
        ("A\r\nB", "A B", "A\nB"),
        ("A\u030a", "Å", "Å"),
        ("\ud800x", "x", "x"),
        ("\n\n", "", ""),
    ],
)
def test_words_are_made_plain(typed, line, lines):
    assert plain_words(typed) == line == PlainField(required=False).clean(typed)
    assert plain_words(typed, lines=True) == lines == PlainField(required=False, lines=3).clean(typed)


def test_an_identity_number_is_refused_and_never_repeated():
    number = identity_number()
    for refuse in (plain_words, PlainField().clean, PlainField(lines=3).clean):
        with pytest.raises(ValidationError) as refused:
            refuse(f"Kari {number[:6]} {number[6:]}")
        assert number[6:] not in str(refused.value)


def test_days_are_within_reason():
    assert DayField().clean("2026-11-18") == date(2026, 11, 18)
    assert DayField(earliest=date(1900, 1, 1)).clean("1950-01-01") == date(1950, 1, 1)
    for far in ("1999-12-31", "2200-01-01"):
        with pytest.raises(ValidationError, match="2000.*2199"):
            DayField().clean(far)


def test_no_module_keeps_a_copy():
    ours = {path: path.read_text("utf-8") for path in MODULES.rglob("*.py") if "tests" not in path.parts}
    assert len(ours) > 100
    copies = re.compile(r"class Plain(Field)?\(|class DayField\(forms|unicodedata\.normalize\([^)]*super\(\)")
    assert [path.name for path, text in ours.items() if copies.search(text)] == []
