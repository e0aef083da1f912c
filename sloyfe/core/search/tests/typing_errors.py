"""Typing errors as hands make them: a letter left out, doubled, swapped with the next or missed by a key.

About one word in three of those with four letters or more is hit, and at least one in each question.
"""

from __future__ import annotations

from numpy.random import Generator

ROWS = ("qwertyuiopå", "asdfghjkløæ", "zxcvbnm")
BESIDE = {
    letter: (row[at - 1 : at] if at else "") + row[at + 1 : at + 2] for row in ROWS for at, letter in enumerate(row)
}


def _slip(word: str, rng: Generator) -> str:
    at = int(rng.integers(1, len(word) - 1))
    kind = int(rng.integers(4))
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    keys = BESIDE.get(word[at].lower(), word[at])
    return word[:at] + keys[int(rng.integers(len(keys)))] + word[at + 1 :]


def misspell(question: str, rng: Generator) -> str:
    parts = question.split(" ")
    long_enough = [at for at, word in enumerate(parts) if len(word.strip(",.?")) >= 4]
    if not long_enough:
        return question
    hit = {at for at in long_enough if rng.random() < 1 / 3}
    hit |= {long_enough[int(rng.integers(len(long_enough)))]}
    return " ".join(_slip(word, rng) if at in hit else word for at, word in enumerate(parts))
