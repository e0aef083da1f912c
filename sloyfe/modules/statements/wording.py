"""How a statement is shown: what its level is called in the catalogue, and what a proof says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sloyfe.core.access import Viewer
from sloyfe.core.lang import label
from sloyfe.modules.statements.models import Proof, Statement

STEPS = ("competence__scale__steps", "competence__framework__scale__steps")
SCALES = ("competence__scale", "competence__framework__scale")
"""To be joined, where the steps are fetched: else each of them is a question of its own."""


def step_name(row: Statement, language: str) -> str:
    """The step in words; the number itself where the catalogue has no word for it, and nothing without a level."""
    if row.level is None or row.competence is None:
        return ""
    scale = row.competence.scale or row.competence.framework.scale
    steps = scale.steps.all() if scale else ()
    return next((label(step, language) for step in steps if step.level == row.level), str(row.level))


def what_of(row: Statement, language: str) -> str:
    return label(row.competence, language) if row.competence else row.words


@dataclass(frozen=True, slots=True)
class Paper:
    """What a proof says, in words."""

    what: str
    nkr: int | None
    issuer: str
    completed_on: date
    expires_on: date | None


def papers(viewer: Viewer, statements: Iterable[int]) -> dict[int, Paper]:
    """By statement, for those the viewer may see."""
    rows = Proof.objects.for_viewer(viewer, "own.page").filter(statement__in=list(statements))
    return {
        row.statement_id: Paper(str(row.get_what_display()), row.nkr, row.issuer, row.completed_on, row.expires_on)
        for row in rows
    }
