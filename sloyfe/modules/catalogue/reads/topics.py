"""Questions about competences: by name, near a word, and what is required of whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sloyfe.core.lang import in_language, label
from sloyfe.core.search.ask import search
from sloyfe.modules.catalogue.index import KIND
from sloyfe.modules.catalogue.models import AltLabel, Competence

NEAR = 50


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
    """The published competence with exactly this label or other word, in any language; case does not matter.

    The search finds the few that come near, and what it finds is compared here, so that æ, ø and å are the
    same letters large and small on every database.
    """
    wanted = " ".join(text.split()).casefold()
    near = [int(hit.key) for hit in search(text, kinds=(KIND,), limit=NEAR)]
    called = names_of(near)
    return next((pk for pk in near if wanted in (name.casefold() for name in called.get(pk, ()))), None)


def names_of(competences: Iterable[int]) -> dict[int, list[str]]:
    """Everything each competence is called, in every language, local terms included."""
    wanted = list(competences)
    rows = Competence.objects.filter(pk__in=wanted).values_list("pk", "label_nb", "label_nn", "label_en")
    found = {pk: [text for text in labels if text] for pk, *labels in rows}
    for pk, text in AltLabel.objects.filter(competence__in=wanted).values_list("competence", "text"):
        found[pk].append(text)
    return found


def competences_by_code(codes: Iterable[str]) -> dict[str, list[int]]:
    """Code → the competences that have it; the same code may stand in more than one framework."""
    found: dict[str, list[int]] = {}
    for code, pk in Competence.objects.filter(key__in=set(codes)).order_by("pk").values_list("key", "pk"):
        found.setdefault(code, []).append(pk)
    return found


def topics_like(text: str, language: str, limit: int = 10) -> list[Topic]:
    """Competences near what somebody types, best first."""
    keys = [int(hit.key) for hit in search(text, kinds=(KIND,), limit=limit)]
    rows = Competence.objects.in_bulk(keys)
    return [Topic(key, label(rows[key], language), "") for key in keys if key in rows]
