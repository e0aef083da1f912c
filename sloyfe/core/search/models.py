"""The index: what is indexed, which grams it holds and how rare each gram is.

No text is kept, only grams as numbers. That hides nothing: whoever reads the tables can try out words on
them, so they are as private as the texts, no viewer may read them, and `remove` takes a document away whole.
Keys between these tables are plain numbers: a checked foreign key costs more than the row when
ten million postings are written. `tests/test_index.py` proves that they agree.
"""

from __future__ import annotations

from django.db import models

from sloyfe.core.access import Closed, Record

USUAL_LENGTH = 100


class Kind(Record):
    """A kind of document, «competence» or «offer». Rarity is counted within the kind.

    `usual_length` is BM25's mean document length in grams. It is set when the kind is rebuilt and then
    stands, so that a weight once written is never stale; being a little old only shifts the pull of length.
    """

    access = Closed()

    id = models.SmallAutoField(primary_key=True)
    name = models.CharField(max_length=40, unique=True)
    usual_length = models.PositiveIntegerField(default=USUAL_LENGTH)


class Document(Record):
    """One thing that can be found, by the caller's own key.

    `postings` is what it has in `Posting`, packed: thus it can be taken out or compared without an index
    from document to posting, which would cost as much as the search itself.
    """

    access = Closed(covers=["kind"])

    id = models.AutoField(primary_key=True)
    kind = models.ForeignKey(Kind, models.CASCADE, db_index=False)
    key = models.CharField(max_length=100)
    postings = models.BinaryField(default=b"")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "key"], name="search_document_once"),)


class Posting(Record):
    """A gram in a document. All columns are the key, so that the key's own index answers the search alone."""

    access = Closed()

    pk = models.CompositePrimaryKey("kind", "gram", "document", "weight")
    kind = models.SmallIntegerField()
    gram = models.BigIntegerField()
    document = models.IntegerField()
    weight = models.SmallIntegerField()


class GramCount(Record):
    """In how many documents of a kind a gram is: the sum over its rows. The gram EVERY counts documents.

    A writer adds rows of +1 and -1 and never changes another's row, so that writers neither wait for each
    other on a common gram nor deadlock, however long their transactions are. `index` folds the rows.
    """

    access = Closed()

    kind = models.SmallIntegerField()
    gram = models.BigIntegerField()
    documents = models.IntegerField()

    class Meta:
        indexes = (models.Index(fields=["kind", "gram", "documents"], name="search_gramcount_all"),)
