"""Words that would make a mapping something else: pay, redundancy, or the choice of who must go (`purposes.yaml`).

No list of words can read minds. It stops the slip, the thoughtless reuse, and the word that is dressed up to pass: with
signs nobody sees, letter by letter, or in letters of another alphabet. The parties read the rest.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_suffix(".yaml")
LIKE = str.maketrans("аеорсухіѕԁԝ0", "aeopcyxisdwø")
"""Cyrillic letters that look like ours, and a nought for an ø."""

LETTER_BY_LETTER = re.compile(r"(?<!\w)(?:\w[\W_]{1,3}){2,}\w(?!\w)")


def word_of_pay_or_selection(text: str) -> str:
    """The first such word that stands in the text, as it is read; empty where there is none."""
    seen = _as_seen(text)
    spelled = LETTER_BY_LETTER.sub(lambda found: re.sub(r"[\W_]", "", found.group()), seen)
    refused, trade = _words()
    found = (refused.search(trade.sub("", each)) for each in (seen, spelled))
    return next((one.group() for one in found if one), "")


def _as_seen(text: str) -> str:
    """In small letters, as a reader sees them."""
    same = unicodedata.normalize("NFKC", text).casefold().translate(LIKE)
    return "".join(sign for sign in same if unicodedata.category(sign) != "Cf")


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    with FILE.open(encoding="utf-8") as stream:
        listed: dict[str, list[str]] = yaml.safe_load(stream)
    begins = [rf"\b{re.escape(word)}\w*" for word in listed["begins"]]
    inside = [rf"(?<!\bbe){re.escape(word)}\w*" for word in listed["inside"]]
    return re.compile("|".join([*begins, *inside, *map(_whole, listed["whole"])])), re.compile(
        "|".join(map(_whole, listed["trade"]))
    )


def _whole(words: str) -> str:
    return r"\b" + r"\s+".join(map(re.escape, words.split())) + r"\b"
