"""Questions about competences: by name, near a word, and what is required of whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from sloyfe.core.lang import in_language, label
from sloyfe.core.search.ask import search
from sloyfe.modules.catalogue.index import KIND
from sloyfe.modules.catalogue.models import AltLabel, Competence, Status


@dataclass(frozen=True, slots=True)
class Topic:
    """A competence by its label in the reader's language."""

    pk: int
    label: str
    about: str


def topic(competence_id: int, language: str) -> Topic | None:
    row = Competence.objects.filter(pk=competence_id).first()
    return Topic(row.pk, label(row, language), in_language(row, "about", language)) if row else None


def competence_named(text: str) -> int | None:
    """The published competence with exactly this label or other word, in any language; case does not matter."""
    published = Competence.objects.filter(status=Status.PUBLISHED)
    by_label = published.filter(Q(label_nb__iexact=text) | Q(label_nn__iexact=text) | Q(label_en__iexact=text))
    if (found := by_label.order_by("pk").values_list("pk", flat=True).first()) is not None:
        return int(found)
    by_word = AltLabel.objects.filter(text__iexact=text, competence__status=Status.PUBLISHED)
    return by_word.order_by("competence").values_list("competence", flat=True).first()


def topics_like(text: str, language: str, limit: int = 10) -> list[Topic]:
    """Competences near what somebody types, best first."""
    keys = [int(hit.key) for hit in search(text, kinds=(KIND,), limit=limit)]
    rows = Competence.objects.in_bulk(keys)
    return [Topic(key, label(rows[key], language), "") for key in keys if key in rows]
