"""Questions about proposals: the sessions found, and what the planner said, ready for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.modules.staffing.ask import Replaced
from sloyfe.modules.staffing.gather import PERIOD_WEEKS
from sloyfe.modules.staffing.models import Proposal, ProposedSeat, ProposedSession


@dataclass(frozen=True, slots=True)
class Proposed:
    """A session with dates. `people` are those the viewer may know take part."""

    key: str
    number: int
    cohort: int
    starts_at: datetime
    ends_at: datetime
    people: tuple[int, ...]


def proposals(viewer: Viewer, capability: str = "plan.view") -> GuardedQuerySet:
    return Proposal.objects.for_viewer(viewer, capability).select_related("unit")


def latest_proposal(viewer: Viewer, origin: str, origin_id: int) -> Proposal | None:
    """The proposal that still waits for an answer from the planner or from the plan's owner."""
    rows = proposals(viewer).filter(origin=origin, origin_id=origin_id)
    live = rows.filter(state__in=(Proposal.State.WAITING, Proposal.State.READY))
    return live.order_by("-pk").first()


def proposed_sessions(viewer: Viewer, proposal: Proposal) -> list[Proposed]:
    rows = ProposedSession.objects.for_viewer(viewer, "plan.view").filter(proposal=proposal)
    sessions = list(rows.order_by("starts_at", "pk"))
    seats: dict[int, list[int]] = {}
    mine = ProposedSeat.objects.for_viewer(viewer, "plan.edit").filter(session__in=sessions).order_by("person")
    for session, person in mine.values_list("session", "person"):
        seats.setdefault(session, []).append(person)
    return [Proposed(s.key, s.number, s.cohort, s.starts_at, s.ends_at, tuple(seats.get(s.pk, ()))) for s in sessions]


def replaced_by(proposal: Proposal) -> list[Replaced]:
    """The sessions whose dates are given back when the proposal is taken."""
    return [Replaced.from_json(each) for each in proposal.answer.get("replaces", ())]


def alone(proposal: Proposal, sessions: Sequence[Proposed]) -> set[tuple[str, int]]:
    """Groups of one person in measures that are for more, as (key, group)."""
    company = {str(ask["key"]) for ask in proposal.answer.get("asked", ()) if ask["people"] > 1 and ask["group"] > 1}
    return {(s.key, s.cohort) for s in sessions if len(s.people) == 1 and s.key in company}


def period_of(proposal: Proposal) -> tuple[date, date] | None:
    """The first and the last day in which dates were sought; None before there is an answer."""
    periods = periods_of(proposal)
    return (periods[0][0], periods[-1][1]) if periods else None


def periods_of(proposal: Proposal) -> list[tuple[date, date]]:
    """The first and the last day of each period for which learning time was counted."""
    if not proposal.answer:
        return []
    monday, weeks = date.fromisoformat(proposal.answer["monday"]), proposal.answer["weeks"]
    begins = range(0, weeks, PERIOD_WEEKS)
    return [
        (monday + timedelta(weeks=week), monday + timedelta(weeks=min(week + PERIOD_WEEKS, weeks), days=-1))
        for week in begins
    ]


def title_of(proposal: Proposal, asked: int) -> str:
    """What the measure of an ask is called, by the number of the ask."""
    return titles(proposal).get(str(proposal.answer["asked"][asked]["key"]), "")


def titles(proposal: Proposal) -> dict[str, str]:
    """What each measure of a proposal is called, by key."""
    return dict(proposal.answer.get("titles", {}))
