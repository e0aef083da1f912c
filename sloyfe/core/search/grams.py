"""Text to grams and weights: the pure half of the search, with no database in it.

A word is written between marks, `_word_`, and cut in overlapping pieces of four characters. Pieces
survive what words do not: a typing error, the other written form of Norwegian (nynorsk «arbeidsevna»),
an inflection, half of a compound. Weights follow BM25 (Robertson and Zaragoza 2009) with k1 = 1.2 and
b = 0.75, as integers, so that sums are alike on every database. No stemmer, no word list per language.
The formula, the choices and what was measured: docs/algorithms/search.md.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

SIZE = 4
K1 = 1.2
B = 0.75
WEIGHT_SCALE = 1000  # a posting weight of 1000 is BM25's 1.0; the largest is 2200
RARITY_SCALE = 100  # a rarity of 100 is an idf of 1.0

LONGEST_WORD = 40  # what is longer is no word; its beginning is enough to find it by
LONGEST_TEXT = 20_000  # characters of one field that are read

LABEL, ALTERNATIVE, TEXT = 3, 2, 1  # usual weights of fields; a field of 2 or more is a name
HEAVIEST = 10
LONGEST_NAME = 8  # words; what is longer is a sentence, and gets no marks

NAME, WORD, BEGINNING = "#", "=", "<"  # no word contains these, so a mark is never a gram
MARKED = {NAME: 4400, WORD: 1100, BEGINNING: 1100}  # posting weights of marks
BEGINNINGS = (2, 4, 6)  # letters; the first three are the gram _abc already

_LETTERS_WITH_MARKS = frozenset("åæøčđŋšŧž")  # letters of Norwegian and Sámi, never folded
_SAME_LETTER = {"ä": "æ", "ö": "ø"}  # Swedish keyboards, and Southern Sámi in Sweden
_INVISIBLE = (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)  # soft hyphen and kin, pasted from web pages
_WORD = re.compile(r"[^\W_]+")


class Field(NamedTuple):
    """A piece of a document. A weight of 3 counts as if the text had been written three times."""

    text: str
    weight: int = TEXT


def _folds() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys((*_INVISIBLE, *range(0x300, 0x370)))
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        bare = unicodedata.normalize("NFD", letter)[0]
        if letter not in _LETTERS_WITH_MARKS and bare != letter:
            table[code] = bare
    return table | {ord(letter): same for letter, same in _SAME_LETTER.items()}


_FOLDS = _folds()


def normalise(text: str) -> str:
    """Lower case, composed (NFC), accents off (é is e), but æ ø å and the letters of Sámi kept."""
    return unicodedata.normalize("NFC", text[:LONGEST_TEXT]).lower().translate(_FOLDS)


def words(text: str) -> list[str]:
    """The words of a text in order: runs of letters and digits."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(normalise(text))]


@lru_cache(maxsize=1 << 16)
def grams(word: str) -> tuple[str, ...]:
    """`økonomi` → _øko økon kono onom nomi omi_; a word of one or two letters is one gram: _cv_."""
    marked = f"_{word}_"
    return tuple(marked[at : at + SIZE] for at in range(max(1, len(marked) - SIZE + 1)))


def length(fields: Iterable[Field]) -> int:
    """How many grams a document holds, each field counted as often as its weight says."""
    return sum(times * max(1, len(word) - 1) for text, times in fields for word in words(text))


def postings(fields: Sequence[Field], usual_length: int) -> dict[str, int]:
    """What a document is found by: its grams with BM25 weights, and the marks of its names."""
    if any(not 1 <= times <= HEAVIEST for _, times in fields):
        raise ValueError(f"a field's weight is from 1 to {HEAVIEST}")
    said = chain.from_iterable(words(text) * times for text, times in fields)
    counts = Counter(chain.from_iterable(map(grams, said)))
    total = counts.total()
    weights = {count: weight(count, total, usual_length) for count in set(counts.values())}
    return {gram: weights[count] for gram, count in counts.items()} | _marks(fields)


def _marks(fields: Sequence[Field]) -> dict[str, int]:
    """Marks for names: the whole name, each word whole, and how each word begins."""
    found: dict[str, int] = {}
    heaviest = max((times for _, times in fields), default=1)
    for text, times in sorted(fields, key=lambda field: field.weight):
        name = words(text) if times >= ALTERNATIVE else []
        if 0 < len(name) <= LONGEST_NAME:
            for mark in (name_mark(name), *(mark for word in name for mark in word_marks(word))):
                found[mark] = MARKED[mark[0]] * times // heaviest
    return found


def name_mark(name: Sequence[str]) -> str:
    return NAME + " ".join(name)


def word_marks(word: str) -> list[str]:
    """`budsjett` → =budsjett <bu <buds <budsje"""
    return [WORD + word, *(BEGINNING + word[:size] for size in BEGINNINGS if size <= len(word))]


def weight(count: int, total: int, usual_length: int) -> int:
    """BM25's term weight times 1000, for a gram met `count` times in a document of `total` grams."""
    norm = K1 * (1 - B + B * total / usual_length)
    return round(WEIGHT_SCALE * count * (K1 + 1) / (count + norm))


def rarity(holding: int, documents: int) -> int:
    """BM25's inverse document frequency times 100, never below 1."""
    return max(1, round(RARITY_SCALE * math.log(1 + (documents - holding + 0.5) / (holding + 0.5))))
