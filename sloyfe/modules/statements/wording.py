"""What the catalogue calls a level somebody has said, or another has confirmed."""

from __future__ import annotations

from sloyfe.core.lang import label
from sloyfe.modules.statements.models import Statement

STEPS = ("competence__scale__steps", "competence__framework__scale__steps")


def step_name(row: Statement, language: str) -> str:
    """The step in words; the number itself where the catalogue has no word for it, and nothing without a level."""
    if row.level is None or row.competence is None:
        return ""
    scale = row.competence.scale or row.competence.framework.scale
    steps = scale.steps.all() if scale else ()
    return next((label(step, language) for step in steps if step.level == row.level), str(row.level))


def what_of(row: Statement, language: str) -> str:
    return label(row.competence, language) if row.competence else row.words
