"""Ask the index: hits by kind and key, best first. Who may see them is for the caller's row guard to say.

«Nearest areas» when nobody is found is the same search over another kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Sum

from sloyfe.core.search.models import GramCount, Kind
from sloyfe.core.search.packing import EVERY, number
from sloyfe.core.search.questions import Question, choose, read
from sloyfe.core.sql import WantedGram, heaviest_documents

REASON = "how rare the grams of a question are"


class Hit(NamedTuple):
    """A document that matches. Scores are positive and compare within one search only."""

    kind: str
    key: str
    score: int


def search(text: str, *, kinds: Sequence[str], limit: int = 10, limit_to: Collection[str] | None = None) -> list[Hit]:
    """The documents of these kinds nearest to what was typed, best first, ties by the document's number.

    `limit_to` keeps to documents with these keys. Text without letters or digits finds nothing.
    """
    question = read(text)
    if not question.grams or limit_to is not None and not limit_to:
        return []
    wanted = list(_wanted(question, kinds))
    return [Hit(*found) for found in heaviest_documents(wanted, limit, limit_to)] if wanted else []


def _wanted(question: Question, kinds: Sequence[str]) -> Iterator[WantedGram]:
    numbers = {number(gram): gram for gram in question.grams | question.marks}
    for kind, counts in _counts(kinds, [*numbers, EVERY]).items():
        held = {gram: counts[known] for known, gram in numbers.items() if known in counts}
        for gram, rarity in choose(question, held, counts[EVERY]):
            yield WantedGram(kind, number(gram), rarity)


def _counts(kinds: Sequence[str], grams: Sequence[int]) -> Mapping[int, dict[int, int]]:
    """For each kind, in how many of its documents each gram is."""
    named = Kind.objects.for_system(REASON).filter(name__in=kinds).values("pk")
    rows = GramCount.objects.for_system(REASON).filter(kind__in=named, gram__in=grams)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for kind, gram, documents in rows.values_list("kind", "gram").annotate(Sum("documents")).order_by():
        found[kind][gram] = documents
    return found
