"""Cleaning names and descriptions."""

from __future__ import annotations

import pytest

from sloyfe.modules.catalogue.formats import texts


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", ()),
        ("a\nb", ("a", "b")),
        ("a | b|c", ("a", "b|c")),
        (" a \n\na\n b  c ", ("a", "b c")),
        ("name\nother", ("other",)),
        ("one\r\ntwo", ("one", "two")),
    ],
)
def test_several_names_in_one_cell(cell: str, names: tuple[str, ...]):
    assert texts.several(cell, besides="name") == names


@pytest.mark.parametrize(
    ("spoilt", "mended"),
    [
        ("user\u00e2\u0080\u0099s", "user’s"),
        ("to\u00c2\u00a0students\u0080", "to\u00a0students"),
        ("\u00c3\u0085pen", "Åpen"),
        ("bel\u0007l", "bell"),
        ("Ã er en bokstav", "Ã er en bokstav"),
        ("half \ud800 sign", "half  sign"),
        ("tab\tand\nline", "tab\tand\nline"),
    ],
)
def test_what_cannot_be_seen_goes_and_what_was_encoded_twice_is_mended(spoilt: str, mended: str):
    assert texts.cleaned(spoilt) == mended


def test_shown_keeps_the_length_and_can_always_be_stored():
    assert texts.shown("a\x00b\ud800") == "a\ufffdb\ufffd"


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One<br/>two</p><p>three &lt; four</p>", "One\ntwo\nthree < four"),
        ("a < b and c > d", "a  d"),
        ("<<b>x</b>", "<x"),
        ("plain", "plain"),
    ],
)
def test_words_without_tags(markup: str, words: str):
    assert texts.without_tags(markup) == words
