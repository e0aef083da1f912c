"""Whether a match is a match at all. The index says what is nearest; this says whether it is near.

Compared are words, by the grams they share, so that a misspelling or another ending is still the same word.
"""

from __future__ import annotations

from collections.abc import Iterable

from sloyfe.core.search.grams import grams, words

NEAR = 40
SHORT = 3  # letters; shorter words say little, unless there are only such («CV», «AAP»)


def nearness(question: str, texts: Iterable[str]) -> int:
    """The best share, in per cent, of one question word's grams found in one word of the texts."""
    asked = words(question)
    telling = [word for word in asked if len(word) > SHORT] or asked
    there = [set(grams(word)) for text in texts for word in words(text)]
    wanted = [set(grams(word)) for word in telling]
    return max((len(one & other) * 100 // len(one) for one in wanted for other in there), default=0)
