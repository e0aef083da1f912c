"""The mapping rounds of the demo: one that is over, one that is open, and one whose parties are being called.

The first is where the levels people have said come from. Told through the same actions as the pages use.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sloyfe.core.access import Viewer
from sloyfe.modules.assessment import actions
from sloyfe.modules.assessment.models import Heard, Round
from sloyfe.modules.assessment.parties import parties
from sloyfe.modules.people.models import Unit, User
from sloyfe.modules.people.public import viewer_for_person
from sloyfe.project.demo.content import content

OVER, OPEN, CALLED = "over", "open", "called"
FIRST_DAY, LAST_DAY = timedelta(days=-125), timedelta(days=-3)  # of the round that is over
YEAR = timedelta(days=365)
KEPT = timedelta(days=550)  # from today; what was said in it is deleted then


def tell_rounds(day: date) -> None:
    """Those who set them up must be there; a body without them has no rounds."""
    texts = content("rounds")
    soon, later = timedelta(days=19), timedelta(days=42)
    for key, begins, ends, kept in (
        (OVER, FIRST_DAY, LAST_DAY, KEPT),
        (OPEN, timedelta(days=-2), soon, soon + YEAR),
        (CALLED, timedelta(days=21), later, later + YEAR),
    ):
        text = texts[key]
        by = _viewer(text["by"], day)
        unit = Unit.objects.filter(name=text["unit"]).first()
        if by is not None and unit is not None:
            days = {"opens_on": day + begins, "closes_on": day + ends, "delete_on": day + kept}
            _one(by, unit, text, days)


def _one(by: Viewer, unit: Unit, text: dict[str, Any], days: dict[str, date]) -> None:
    round_ = Round(unit=unit, **text["told"], **days)
    actions.write_round(by, round_)
    for party in parties(by, round_):
        words = text["heard"].get(party.party)
        if words and words.get("only", party.employer) == party.employer:
            held = {"held_on": by.day + timedelta(days=words["days"])}
            told = {name: words.get(name, "") for name in ("agreement", "who", "outcome", "disagreement", "answer")}
            actions.hear(by, Heard(round=round_, party=party.party, employer_id=party.employer_id, **told, **held))
    if not actions.not_ready(by, round_):
        _open(by, round_)


def _open(by: Viewer, round_: Round) -> None:
    """One whose days have passed is opened on its first day and closed on its last."""
    ends = round_.closes_on
    actions.open_round(by if ends >= by.day else _on(by, round_.opens_on), round_)
    if ends < by.day:
        actions.close_round(_on(by, ends), round_)


def _on(by: Viewer, day: date) -> Viewer:
    return Viewer(by.person_id, day, by.language, by.name, by.user_id, by.posts, by.grants)


def _viewer(username: str, day: date) -> Viewer | None:
    user = User.objects.filter(username=username).first()
    return viewer_for_person(user.person_id, day, "nb") if user and user.person_id else None
