"""A question to the grams it asks for: the pure half of asking.

The rarest grams say nearly all; sixteen of them do as well as all (docs/algorithms/search.md). Words that
only carry the asking («hvem kan hjelpe meg med») are left out unless nothing else was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from sloyfe.core.search.grams import BEGINNING, grams, name_mark, rarity, word_marks, words

LONGEST_QUESTION = 400  # characters that are read
MOST_GRAMS = 16
MOST_READ = 14_000  # postings for one question: this bounds its time
SHORT = 3  # words; only short questions ask for marks of words, in longer ones they are noise

_FILLERS = """
og eller i på til av for fra frå med om som at det den de dei en ein et eit ei er var har hadde kan skal vil
må jeg eg du vi han hun ho meg deg oss seg hvem kven hva kva hvordan korleis hvor kor når hvilke hvilken
hvilket ikke ikkje noe noko noen nokon nokre
hjelp hjelpe hjelpa spør spørre spørje trenger treng vet veit
the a an and or of to in on for with is are was do does can who what how where when which i me my we us you
help ask need know
"""  # bokmål and nynorsk, then English
FILLERS = frozenset(_FILLERS.split())


class Question(NamedTuple):
    """What to look for: the words that carry it, their grams, and marks that names may carry."""

    words: tuple[str, ...]
    grams: frozenset[str]
    marks: frozenset[str]


class Wanted(NamedTuple):
    """A gram to read, and what it counts."""

    gram: str
    rarity: int


def read(text: str) -> Question:
    typed = words(text[:LONGEST_QUESTION])
    said = [word for word in typed if word not in FILLERS] or typed
    marks = {name_mark(said)} if said else set()
    for word in said if len(said) <= SHORT else ():
        whole, *beginnings = word_marks(word)
        marks |= {whole, *beginnings[-1:]}
    return Question(tuple(said), frozenset(chain.from_iterable(map(grams, said))), frozenset(marks))


def choose(question: Question, held: Mapping[str, int], documents: int, most_read: int = MOST_READ) -> list[Wanted]:
    """The grams worth reading, given in how many of the documents each is. Empty when none is in any."""
    chosen: list[str] = []
    left = most_read
    for count, gram in _rarest(question.grams, held)[:MOST_GRAMS] + _rarest(question.marks, held):
        if count <= left or not chosen:
            chosen.append(gram)
            left -= count
    return [Wanted(gram, rarity(held[gram], documents)) for gram in chosen]


def _rarest(grams: Iterable[str], held: Mapping[str, int]) -> list[tuple[int, str]]:
    return sorted((held[gram], gram) for gram in grams if held.get(gram, 0) > 0)


def likeness(question: Question, holds: Callable[[str], bool]) -> int:
    """How much of the word that is there most is there, in per cent, in a document that `holds` these grams.

    A word of two letters is all there when a name's word begins with it.
    """
    return max((_share(word, holds) for word in question.words), default=0)


def _share(word: str, holds: Callable[[str], bool]) -> int:
    pieces = grams(word)
    if len(pieces) == 1 and holds(BEGINNING + word):
        return 100
    return 100 * sum(map(holds, pieces)) // len(pieces)
