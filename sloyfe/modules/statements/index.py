"""What can be found: offers somebody has shared with somebody else. Unshared words are never indexed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sloyfe.core.search.index import Field, put, rebuild, remove
from sloyfe.modules.statements.models import Share, Statement

KIND = "offer"
ASKABLE = (Statement.Kind.OFFERS, Statement.Kind.TEACHES)
LABEL, WORDS = 2, 3


def keep_findable(statement: Statement) -> None:
    """Put the statement into the index, or take it out, as its kind, period and shares now say."""
    live = Share.objects.for_system("index what is shared").filter(statement=statement, until_at=None).exists()
    if live and statement.kind in ASKABLE and statement.valid_to is None:
        put(KIND, str(statement.pk), _fields(statement))
    else:
        remove(KIND, str(statement.pk))


def index_everything() -> int:
    """Rebuild the index of offers. Returns how many can be found."""
    shared = Share.objects.for_system("index what is shared").filter(until_at=None).values("statement")
    rows = Statement.objects.for_system("index what is shared").filter(kind__in=ASKABLE, valid_to=None, pk__in=shared)
    return rebuild(KIND, _documents(rows.select_related("competence").order_by("pk")))


def _documents(rows: Iterable[Statement]) -> Iterator[tuple[str, Sequence[Field]]]:
    for statement in rows:
        yield str(statement.pk), _fields(statement)


def _fields(statement: Statement) -> list[Field]:
    fields = [Field(statement.words, WORDS)] if statement.words else []
    if statement.competence is not None:
        labels = (statement.competence.label_nb, statement.competence.label_nn, statement.competence.label_en)
        fields += [Field(text, LABEL) for text in dict.fromkeys(labels) if text]
    return fields
