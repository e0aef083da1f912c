"""Write a whole kind at once: some ten million postings in about a minute.

Postings are computed document by document, then sorted by gram, so that the index grows at its end only.
Documents are written in the order of their keys, so that ties come out alike wherever the same is built.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sloyfe.core.access import Record
from sloyfe.core.search.grams import Field, length, postings
from sloyfe.core.search.models import USUAL_LENGTH, Document, GramCount, Kind, Posting
from sloyfe.core.search.packing import EVERY, WEIGHT_BITS, WEIGHT_MASK, pack, packed
from sloyfe.core.sql import pour

REASON = "build a kind of the search index anew"
DOCUMENTS = 1000  # written in one statement
ROWS = 100_000  # poured at a time

Entry = tuple[str, Sequence[Field]]


def write_kind(home: Kind, documents: Iterable[Entry]) -> int:
    """Replace everything of a kind whose row the caller has locked."""
    entries = sorted(documents, key=lambda entry: entry[0])
    if len({key for key, _ in entries}) < len(entries):
        raise ValueError("two documents of a kind have the same key")
    _empty(home)
    home.usual_length = _usual_length(entries)
    home.save(update_fields=["usual_length"])
    found, holders, many = _write_documents(home, entries)
    _write_sorted(home.pk, np.frombuffer(found, np.int64), np.frombuffer(holders, np.int32), many)
    return many


def _usual_length(entries: Sequence[Entry]) -> int:
    lengths = [length(fields) for _, fields in entries]
    return max(1, round(fmean(lengths))) if lengths else USUAL_LENGTH


def _empty(home: Kind) -> None:
    documents = Document.objects.for_system(REASON).filter(kind=home)
    list(documents.select_for_update().values_list("pk"))  # who is writing one of them is done first
    Posting.objects.for_system(REASON).filter(kind=home.pk).delete()
    GramCount.objects.for_system(REASON).filter(kind=home.pk).delete()
    documents.delete()


def _write_documents(home: Kind, entries: Sequence[Entry]) -> tuple[array[int], array[int], int]:
    """Write the documents that have words; return their postings, packed, the document of each, how many."""
    found, holders, many = array("q"), array("i"), 0
    for at in range(0, len(entries), DOCUMENTS):
        part = [(key, packed(postings(fields, home.usual_length))) for key, fields in entries[at : at + DOCUMENTS]]
        part = [(key, held) for key, held in part if held]
        rows = [Document(kind=home, key=key, postings=pack(held)) for key, held in part]
        for row, (_, held) in zip(Document.objects.bulk_create(rows), part, strict=True):
            found.extend(held)
            holders.extend([row.pk] * len(held))
        many += len(part)
    return found, holders, many


def _write_sorted(kind: int, found: NDArray[np.int64], holders: NDArray[np.int32], documents: int) -> None:
    order = np.argsort(found >> WEIGHT_BITS, kind="stable")
    for at in range(0, len(order), ROWS):
        rows = order[at : at + ROWS]
        write_postings(kind, found[rows], holders[rows])
    del order
    grams, counts = np.unique(found >> WEIGHT_BITS, return_counts=True)
    write_counts(kind, np.append(grams, EVERY), np.append(counts, documents))


def write_postings(kind: int, found: NDArray[np.int64], holders: NDArray[np.int32]) -> None:
    """Add postings, packed, with the document of each."""
    grams, weights = found >> WEIGHT_BITS, found & WEIGHT_MASK
    _pour(Posting, kind, gram=grams, document=holders, weight=weights.astype(np.int16))


def write_counts(kind: int, grams: NDArray[np.int64], changes: NDArray[np.int64]) -> None:
    """Add rows that change the counts of grams."""
    _pour(GramCount, kind, gram=grams, documents=changes.astype(np.int32))


def _pour(model: type[Record], kind: int, **columns: NDArray[Any]) -> None:
    kinds = np.full(len(columns["gram"]), kind, np.int16)
    pour(model, {"kind": kinds, **columns})
