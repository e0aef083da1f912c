"""What the search benchmark searches: the yardstick of the tests, and generated Norwegian of full size.

Generated words are compounds and inflections of the yardstick's words; no real text, no person. How often a
word comes falls as in language (Zipf), so that some grams are everywhere.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from sloyfe.core.search.grams import words
from sloyfe.core.search.questions import FILLERS
from sloyfe.core.search.tests import texts
from sloyfe.core.search.tests.typing_errors import misspell

VOCABULARY = 40_000
TEXTS = ("label", "text", "nb", "nn")
ENDINGS = ("en", "er", "ene", "a", "et", "ing", "ar", "ane")
ASKING = ("hvem kan hjelpe meg med", "korleis arbeider vi med", "jeg lurer på", "kven kan noko om", "")

Fields = list[tuple[str, int]]


class Question(NamedTuple):
    text: str
    sort: str
    kind: str
    key: str

    @property
    def words(self) -> list[str]:
        return words(self.text)


class Body(NamedTuple):
    name: str
    documents: dict[str, list[tuple[str, Fields]]]
    questions: list[Question]


def bodies(competences: int, many: int, questions: int, seed: int, esco: Path | None) -> Iterator[Body]:
    yield generated(competences, many, questions, seed)
    yield yardstick()
    if esco is not None:
        yield yardstick(esco)


# --- the yardstick ---------------------------------------------------------------------------------


def yardstick(esco: Path | None = None) -> Body:
    """The sixty texts of the tests and their questions, alone or among what ESCO says in Norwegian."""
    documents: list[tuple[str, Fields]] = [
        (key, [(field.text, field.weight) for field in fields]) for key, fields in texts.documents()
    ]
    kind, name = "yardstick", "the yardstick of the tests"
    if esco is not None:
        documents += _esco(esco)
        kind, name = "yardstick_among", f"the yardstick among {len(documents) - 60} texts of ESCO's"
    questions = [
        Question(text, sort, kind, key) for sort in ("nb", "nn", "misspelled") for text, key in texts.questions(sort)
    ]
    return Body(name, {kind: documents}, questions)


def _esco(folder: Path) -> Iterator[tuple[str, Fields]]:
    for name in ("v1.0.8_no/occupations_no.csv", "v1.1.0_no_sample1000/skills_no_first1000.csv"):
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                others = [(text, 2) for text in (row.get("altLabels") or "").split("\n") if text]
                fields = [(row["preferredLabel"], 3), *others, (row.get("description") or "", 1)]
                yield row["conceptUri"][-36:], fields


# --- generated -------------------------------------------------------------------------------------


class Language:
    """Draws words: the small ones that bind, and those that carry meaning, common ones more often."""

    def __init__(self, rng: Generator) -> None:
        self.rng = rng
        read = [word for entry in texts.ENTRIES for field in TEXTS for word in words(entry[field])]
        self.small = sorted(set(read) & FILLERS)
        roots = sorted({word for word in read if len(word) >= 4 and word not in FILLERS})
        rng.shuffle(roots)
        made = dict.fromkeys(roots)
        while len(made) < VOCABULARY:
            first, second = (roots[at] for at in rng.integers(len(roots), size=2))
            made[self._made_of(first, second)] = None
        self.words = list(made)
        chance = 1 / (np.arange(len(self.words)) + 5.0)
        self.chance = np.cumsum(chance / chance.sum())

    def _made_of(self, first: str, second: str) -> str:
        if self.rng.random() < 0.2:
            return first + ENDINGS[int(self.rng.integers(len(ENDINGS)))]
        return first + ("s" if self.rng.random() < 0.5 else "") + second

    def carrying(self, many: int) -> list[str]:
        drawn = np.searchsorted(self.chance, self.rng.random(many))
        return [self.words[min(at, len(self.words) - 1)] for at in drawn.tolist()]

    def sentence(self, many: int) -> str:
        binding = self.rng.integers(len(self.small), size=many).tolist()
        return " ".join(
            word if self.rng.random() < 0.55 else f"{self.small[at]} {word}"
            for word, at in zip(self.carrying(many), binding, strict=True)
        )


def generated(competences: int, many: int, questions: int, seed: int) -> Body:
    rng = np.random.default_rng(seed)
    language = Language(rng)
    documents: dict[str, list[tuple[str, Fields]]] = {
        "competence": [(str(at), _competence(language)) for at in range(competences)],
        "text": [(str(at), _text(language)) for at in range(many)],
    }
    name = f"{competences} generated competences and {many} texts"
    return Body(name, documents, [_question(documents, rng, at) for at in range(questions)])


def _competence(language: Language) -> Fields:
    label = " ".join(language.carrying(1 + int(language.rng.integers(3))))
    others = [(word, 2) for word in language.carrying(int(language.rng.integers(4)))]
    return [(label, 3), *others, (language.sentence(8 + int(language.rng.integers(20))), 1)]


def _text(language: Language) -> Fields:
    label = " ".join(language.carrying(1 + int(language.rng.integers(2))))
    return [(label, 3), (language.sentence(3 + int(language.rng.integers(13))), 1)]


def _question(documents: dict[str, list[tuple[str, Fields]]], rng: Generator, at: int) -> Question:
    """Of four questions one asks by label, one is misspelled and two are plain."""
    kind = ("competence", "text")[at // 4 % 2]
    key, fields = documents[kind][int(rng.integers(len(documents[kind])))]
    sort = ("label", "misspelled", "plain", "plain")[at % 4]
    if sort == "label":
        return Question(fields[0][0], sort, kind, key)
    known = sorted({word for text, _ in fields for word in words(text) if word not in FILLERS})
    drawn = rng.permutation(known)[: 3 + int(rng.integers(3))].tolist()
    text = f"{ASKING[int(rng.integers(len(ASKING)))]} {' og '.join(drawn)}".strip()
    return Question(misspell(text, rng) if sort == "misspelled" else text, sort, kind, key)
