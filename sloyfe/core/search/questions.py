"""A question to the grams it asks for: the pure half of asking.

The rarest grams say nearly all; sixteen of them do as well as all (docs/algorithms/search.md). Words that
only carry the asking («hvem kan hjelpe meg med») are left out unless nothing else was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sloyfe.core.search.grams import grams, name_mark, rarity, word_marks, words

LONGEST_QUESTION = 400  # characters that are read
MOST_GRAMS = 16
MOST_READ = 20_000  # postings for one question: this bounds its time
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
    """What to look for: pieces of the words, and marks that names may carry."""

    grams: frozenset[str]
    marks: frozenset[str]


class Wanted(NamedTuple):
    """A gram to read, and what it counts."""

    gram: str
    rarity: int


def read(text: str) -> Question:
    typed = words(text[:LONGEST_QUESTION])
    said = [word for word in typed if word not in FILLERS] or typed
    if not said:
        return Question(frozenset(), frozenset())
    marks = {name_mark(said)}
    if len(said) <= SHORT:
        for word in said:
            whole, *beginnings = word_marks(word)
            marks |= {whole, *beginnings[-1:]}
    return Question(frozenset(gram for word in said for gram in grams(word)), frozenset(marks))


def choose(question: Question, held: Mapping[str, int], documents: int) -> list[Wanted]:
    """The grams worth reading, given in how many of the documents each is. Empty when none is in any."""
    chosen: list[str] = []
    left = MOST_READ
    rarest = sorted((held[gram], gram) for gram in question.grams if held.get(gram, 0) > 0)
    marks = sorted((held[mark], mark) for mark in question.marks if held.get(mark, 0) > 0)
    for count, gram in rarest[:MOST_GRAMS] + marks:
        if count <= left or not chosen:
            chosen.append(gram)
            left -= count
    return [Wanted(gram, rarity(held[gram], documents)) for gram in chosen]
