"""Generated Norwegian for the search benchmark: words, compounds and inflections of the yardstick's words.

No real text and no person. Word frequencies fall as in language (Zipf), so that some grams are everywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import yaml
from numpy.random import Generator

from sloyfe.core.search.grams import words
from sloyfe.core.search.questions import FILLERS
from sloyfe.core.search.tests.typing_errors import misspell

YARDSTICK = Path(__file__).parents[1] / "sloyfe/core/search/tests/yardstick.yaml"
VOCABULARY = 40_000
ENDINGS = ("en", "er", "ene", "a", "et", "ing", "ar", "ane")
ASKING = ("hvem kan hjelpe meg med", "korleis arbeider vi med", "jeg lurer på", "kven kan noko om", "")

Fields = list[tuple[str, int]]


class Question(NamedTuple):
    text: str
    sort: str
    kind: str
    key: str


class Body(NamedTuple):
    documents: dict[str, list[tuple[str, Fields]]]
    questions: list[Question]


class Language:
    """Draws words: the small ones that bind, and those that carry meaning, common ones more often."""

    def __init__(self, rng: Generator) -> None:
        self.rng = rng
        entries = yaml.safe_load(YARDSTICK.read_text("utf-8"))
        read = [word for entry in entries for field in ("label", "text", "nb", "nn") for word in words(entry[field])]
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


def build_body(competences: int, texts: int, questions: int, seed: int) -> Body:
    rng = np.random.default_rng(seed)
    language = Language(rng)
    documents: dict[str, list[tuple[str, Fields]]] = {
        "competence": [(str(at), _competence(language)) for at in range(competences)],
        "text": [(str(at), _text(language)) for at in range(texts)],
    }
    return Body(documents, [_question(documents, rng, at) for at in range(questions)])


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
