"""The planner's reasons as sentences about the service. Never a person, never leave, illness or part-time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Left:
    """What did not fit: how many people wait, the largest reasons, and the change that would give it room."""

    measure: int
    people: int
    reasons: tuple[str, ...]
    relief: str
    confirmed: bool


def left_out(answer: Data) -> list[Left]:
    """Sentences for everything the planner found no room for."""
    return [
        Left(
            measure=row["measure"],
            people=row["people"],
            reasons=tuple(_reason(reason, answer) for reason in row["reasons"][:2]),
            relief=_relief(row["relaxation"], answer) if row["relaxation"] else "",
            confirmed=bool(row["relaxation"] and row["relaxation"]["confirmed"]),
        )
        for row in answer["unplaced"]
    ]


def _reason(reason: Data, answer: Data) -> str:
    if reason["rule"] == "staffing" and reason["staffing"] is not None:
        where = answer["staffing"].get(str(reason["staffing"]), "")
        return _("%(when)s there are too few left in %(where)s.") % {"when": _when(reason), "where": where}
    plain = {
        "calendar": _("There are few hours in which everybody can be there."),
        "staffing": _("Too few would be left for the work."),
        "facilitator": _("Whoever leads the sessions is taken at those times."),
        "budget": _("The learning time people have is used up."),
        "order": _("There is too little time between one session and the next."),
        "window": _("The period is too short."),
        "group": _("The group is larger than may be away at once."),
        "cohorts": _("It would take more groups than there is room for."),
        "taken": _("Something more important has the hours."),
    }
    return plain.get(reason["rule"], _("There are few hours in which everybody can be there."))


def _when(data: Data) -> str:
    if data["weekday"] is None:
        return _("At the best hours")
    words = {
        "day": str(WEEKDAYS[data["weekday"]]),
        "from": _clock(data["minute_from"]),
        "to": _clock(data["minute_to"]),
    }
    return _("%(day)s %(from)s–%(to)s") % words


def _clock(minute: int | None) -> str:
    return f"{(minute or 0) // 60:02d}:{(minute or 0) % 60:02d}"


def _relief(change: Data, answer: Data) -> str:
    n = abs(change["by"])
    sentence: dict[str, str] = {
        "window": ngettext(
            "It fits if the period is one week longer.", "It fits if the period is %(n)s weeks longer.", n
        ),
        "order": ngettext(
            "It fits with one week less between sessions.", "It fits with %(n)s weeks less between sessions.", n
        ),
        "group": _("It fits in smaller groups.") if change["by"] < 0 else _("It fits if more may be away at once."),
        "cohorts": ngettext("It fits if it is held once more.", "It fits if it is held %(n)s times more.", n),
        "budget": _("It fits with %(n)s minutes more learning time for each person in that period."),
        "facilitator": _("It fits if one more person can lead."),
        "staffing": ngettext(
            "It fits if the minimum is one lower then.", "It fits if the minimum is %(n)s lower then.", n
        ),
        "calendar": _("It fits if appointments in calendars can be moved."),
        "taken": _("It fits if something else in the plan waits."),
        "participant": ngettext("It fits with one person fewer.", "It fits with %(n)s people fewer.", n),
    }
    return sentence.get(change["rule"], "") % {"n": n}
