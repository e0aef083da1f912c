"""Beside a level: wants to learn, to use more, can teach, is unsure. Each by itself, and hers until she shares it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.modules.statements.actions import say, take_back
from sloyfe.modules.statements.levels import WISHES, say_level
from sloyfe.modules.statements.models import Statement

OWN = "own.page"


def say_wishes(viewer: Viewer, competence_id: int, chosen: Iterable[str], *, kept_until: date | None = None) -> None:
    """Say those that are chosen, and take back the others; what she says already stands as it is, with its shares."""
    wanted = set(chosen)
    with transaction.atomic():
        said = list(_said(viewer).filter(competence=competence_id))
        for row in said:
            if row.kind not in wanted:
                take_back(viewer, row)
        for kind in WISHES:
            if kind in wanted and kind not in {row.kind for row in said}:
                say(viewer, kind=kind, competence_id=competence_id, kept_until=kept_until)


def answer(
    viewer: Viewer,
    competence_id: int,
    *,
    level: int | None = None,
    example: str = "",
    leader: bool = False,
    wishes: Iterable[str] = (),
    kept_until: date | None = None,
) -> None:
    """All she says about one thing, whole or not at all. Without a level, the level she may have said stands."""
    with transaction.atomic():
        if level is not None:
            say_level(viewer, competence_id, level=level, example=example, leader=leader, kept_until=kept_until)
        say_wishes(viewer, competence_id, wishes, kept_until=kept_until)


def _said(viewer: Viewer) -> GuardedQuerySet:
    rows = Statement.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id)
    return rows.filter(kind__in=WISHES, valid_to=None)
