"""All rows about one person: found from the tables themselves, so that a new table cannot be forgotten.

A personal table is one with a key to a person, or a plain id of one in `owner_id` or `subject_id`. A person's
own rows are those the row gate opens to her for «own.page» or «own.log», and that point at her.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from sloyfe.core.access import Record, Viewer

PERSON = "people.Person"
PLAIN_IDS = ("owner_id", "subject_id")
CAPABILITIES = ("own.page", "own.log", "person.view")


def personal_tables() -> Iterator[tuple[type[Record], tuple[str, ...]]]:
    """Every guarded table with the fields by which it points at a person."""
    for model in apps.get_models():
        if issubclass(model, Record):
            keys = tuple(field.name for field in model._meta.concrete_fields if points_at_a_person(field))
            if keys:
                yield model, keys


def points_at_a_person(field: models.Field[Any, Any]) -> bool:
    related = field.related_model
    if isinstance(related, type) and issubclass(related, models.Model):
        return related._meta.label == PERSON
    return field.name in PLAIN_IDS


def own_rows(viewer: Viewer) -> dict[str, list[dict[str, Any]]]:
    """Table name → rows about the viewer, as plain values. Only what the gates open to herself."""
    found: dict[str, list[dict[str, Any]]] = {}
    for model, keys in personal_tables():
        mine = models.Q()
        for key in keys:
            mine |= models.Q(**{key: viewer.person_id})
        rows = {
            row["id"]: row
            for capability in CAPABILITIES
            for row in model.objects.for_viewer(viewer, capability).filter(mine).values()[:10_000]
        }
        if rows:
            found[str(model._meta.label)] = [rows[pk] for pk in sorted(rows)]
    return found
