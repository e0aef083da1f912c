"""Rounds for tests, set up through the actions as the pages do it."""

from __future__ import annotations

from datetime import timedelta

from sloyfe.core.access import Viewer
from sloyfe.modules.assessment import actions
from sloyfe.modules.assessment.models import Heard, Round
from sloyfe.modules.assessment.parties import parties
from tests.cast import DAY, Cast

WORDS = {
    "title": "Høst 2026",
    "ordered_by": "Fylkesdirektøren",
    "purpose": "Vi vil vite hva vi skal øve på sammen.",
    "basis": "duty",
    "law": "Hovedavtalen i staten § 32",
    "controller": "Direktoratet og Sund kommune, hver for sine",
}


def draft(cast: Cast, *, unit: str = "fjord", line: str = "", day=DAY, **other) -> Round:
    days = {"opens_on": day, "closes_on": day + timedelta(days=28), "delete_on": day + timedelta(days=393)}
    return Round(unit=cast.unit[unit], line=line, **WORDS | days | other)


def hear_all(viewer: Viewer, round_: Round, **other) -> None:
    for party in parties(viewer, round_):
        row = party.heard or Heard(round=round_, party=party.party, employer_id=party.employer_id)
        words = {"agreement": "Avtalen", "held_on": viewer.day, "who": "leder og tillitsvalgt", "outcome": "Enige."}
        for name, value in (words | other).items():
            setattr(row, name, value)
        actions.hear(viewer, row)


def heard_round(cast: Cast, viewer: Viewer, **other) -> Round:
    round_ = actions.write_round(viewer, draft(cast, day=viewer.day, **other))
    hear_all(viewer, round_)
    return round_


def opened_round(cast: Cast, viewer: Viewer, **other) -> Round:
    return actions.open_round(viewer, heard_round(cast, viewer, **other))
