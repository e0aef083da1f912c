"""Ask the index: hits by kind and key, best first. Who may see them is for the caller's row guard to say.

«Nearest areas» when nobody is found is the same search over another kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Sum

from sloyfe.core.search.models import GramCount, Kind
from sloyfe.core.search.packing import EVERY, gram_of, number, unpacked
from sloyfe.core.search.questions import MOST_READ, Question, choose, likeness, read
from sloyfe.core.sql import WantedGram, heaviest_documents

LIKELY = 40  # below it, a hit is more often chance than meant: docs/algorithms/search.md
REASON = "how rare the grams of a question are"


class Hit(NamedTuple):
    """A document that matches. Scores are positive and compare within one search only.

    `likeness` is how much of the best met word of the question is there, in per cent. It does not rank; it
    tells a hit from mere chance, which finds something for every question.
    """

    kind: str
    key: str
    score: int
    likeness: int


def search(
    text: str,
    *,
    kinds: Collection[str],
    limit: int = 10,
    limit_to: Collection[str] | None = None,
    at_least: int = 0,
    most_read: int = MOST_READ,
) -> list[Hit]:
    """The documents of these kinds nearest to what was typed, best first, ties by the document's number.

    `limit_to` keeps to documents with these keys. `at_least` leaves out hits of less likeness; LIKELY is
    a measured choice where «nobody» is an answer. Text without letters or digits finds nothing.
    `most_read` bounds the time: the rarest grams are read first, so many postings in all.
    """
    question = read(text)
    if not question.words or not kinds or (limit_to is not None and not limit_to):
        return []
    wanted = list(_wanted(question, kinds, most_read))
    if not wanted:
        return []
    found = heaviest_documents(wanted, limit, limit_to)
    hits = (Hit(one.kind, one.key, one.score, _likeness(question, one.postings)) for one in found)
    return [hit for hit in hits if hit.likeness >= at_least]


def _likeness(question: Question, stored: bytes) -> int:
    grams = frozenset(map(gram_of, unpacked(stored)))
    return likeness(question, lambda gram: number(gram) in grams)


def _wanted(question: Question, kinds: Collection[str], most_read: int) -> Iterator[WantedGram]:
    numbers = {number(gram): gram for gram in question.grams | question.marks}
    for kind, counts in _counts(kinds, [*numbers, EVERY]).items():
        held = {gram: counts[known] for known, gram in numbers.items() if known in counts}
        for gram, rarity in choose(question, held, counts[EVERY], most_read):
            yield WantedGram(kind, number(gram), rarity)


def _counts(kinds: Collection[str], grams: Sequence[int]) -> Mapping[int, dict[int, int]]:
    """For each kind, in how many of its documents each gram is."""
    named = Kind.objects.for_system(REASON).filter(name__in=kinds).values("pk")
    rows = GramCount.objects.for_system(REASON).filter(kind__in=named, gram__in=grams)
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for kind, gram, documents in rows.values_list("kind", "gram").annotate(Sum("documents")).order_by():
        found[kind][gram] = documents
    return found
