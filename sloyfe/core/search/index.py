"""Keep the index: put a document in, take it out, or build a whole kind anew.

Callers index only what somebody has shared with somebody else, and take it out when it no longer is.
Everything happens in the caller's transaction when there is one, so that a changed text is found at the
next search and a change rolled back leaves no trace.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import cast

import numpy as np
from django.db import transaction
from django.db.models import Count

from sloyfe.core.access import GuardedQuerySet
from sloyfe.core.search.bulk import write_counts, write_kind, write_postings
from sloyfe.core.search.grams import Field, postings
from sloyfe.core.search.models import Document, GramCount, Kind, Posting
from sloyfe.core.search.packing import EVERY, gram_of, pack, packed, unpacked
from sloyfe.core.sql import tidy

__all__ = ["Field", "put", "rebuild", "remove"]

REASON = "keep the search index"
CROWDED = 16  # rows of one gram's count, from which they are folded into one
BATCH = 5000  # grams in one statement


def put(kind: str, key: str, fields: Sequence[Field]) -> None:
    """Make a document findable by these fields, instead of what it was findable by before.

    Putting the same again writes nothing; without any words it is taken out. Raises ValueError for a field's
    weight outside 1 to 10.
    """
    with transaction.atomic():
        home, _ = Kind.objects.for_system(REASON).get_or_create(name=kind)
        fresh = frozenset(packed(postings(fields, home.usual_length)))
        if not fresh:
            return remove(kind, key)
        document = _locked(home, key)
        is_new = not document.postings
        added, taken = _replace(document, fresh)
        _count(home.pk, added | {EVERY} if is_new else added, taken)


def remove(kind: str, key: str) -> None:
    """Take a document out. One that is not there is no error."""
    with transaction.atomic():
        document = _documents(key).filter(kind__name=kind).select_for_update(of=("self",)).first()
        if document is not None:
            _, taken = _replace(document, frozenset())
            _count(document.kind_id, frozenset(), taken | {EVERY})
            document.delete()


def rebuild(kind: str, documents: Iterable[tuple[str, Sequence[Field]]]) -> int:
    """Build a whole kind anew from pairs of key and fields; return how many can be found.

    In one transaction: until it ends, searches find what they found before and other writers of the kind
    wait. Raises ValueError when a key comes twice, and then changes nothing.
    """
    with transaction.atomic():
        Kind.objects.for_system(REASON).get_or_create(name=kind)
        home = Kind.objects.for_system(REASON).select_for_update().get(name=kind)
        transaction.on_commit(partial(tidy, Document, Posting, GramCount), robust=True)
        return write_kind(home, documents)


def _documents(key: str) -> GuardedQuerySet:
    return Document.objects.for_system(REASON).filter(key=key)


def _locked(home: Kind, key: str) -> Document:
    """The document, made if need be (and then without postings), and this transaction's until it ends."""
    rows = _documents(key).filter(kind=home).select_for_update()
    if (known := rows.first()) is None:
        Document.objects.bulk_create([Document(kind=home, key=key)], ignore_conflicts=True)
        known = rows.get()
    return cast(Document, known)


def _replace(document: Document, fresh: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Write only what differs; return the grams the document did not hold before, and no longer holds."""
    stale = unpacked(document.postings)
    new, gone = fresh - stale, stale - fresh
    for grams in _batches(gram_of(posting) for posting in gone):
        rows = Posting.objects.for_system(REASON).filter(kind=document.kind_id, document=document.pk)
        rows.filter(gram__in=grams).delete()
    found = np.array(sorted(new), np.int64)
    write_postings(document.kind_id, found, np.full(len(new), document.pk, np.int32))
    if new or gone:
        document.postings = pack(fresh)
        document.save(update_fields=["postings"])
    had, has = frozenset(map(gram_of, stale)), frozenset(map(gram_of, fresh))
    return has - had, had - has


def _count(kind: int, added: frozenset[int], taken: frozenset[int]) -> None:
    changes = [1] * len(added) + [-1] * len(taken)
    write_counts(kind, np.array([*sorted(added), *sorted(taken)], np.int64), np.array(changes, np.int64))
    for grams in _batches(added | taken):
        _fold(kind, grams)


def _fold(kind: int, grams: Sequence[int]) -> None:
    """Make many rows of one gram's count one. Rows another writer is folding are left to her."""
    rows = GramCount.objects.for_system(REASON).filter(kind=kind)
    crowded = rows.filter(gram__in=grams).values_list("gram", flat=True)
    crowded = crowded.annotate(rows=Count("pk")).filter(rows__gte=CROWDED).order_by()
    folded = list(rows.filter(gram__in=list(crowded)).select_for_update(skip_locked=True))
    sums: dict[int, int] = defaultdict(int)
    for row in folded:
        sums[row.gram] += row.documents
    rows.filter(pk__in=[row.pk for row in folded]).delete()
    GramCount.objects.bulk_create(
        GramCount(kind=kind, gram=gram, documents=total) for gram, total in sums.items() if total
    )


def _batches(grams: Iterable[int]) -> Iterable[list[int]]:
    todo = sorted(grams)
    return (todo[at : at + BATCH] for at in range(0, len(todo), BATCH))
