"""Questions about proposals: the sessions found, and what the planner said, ready for a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sloyfe.core.access import GuardedQuerySet, Viewer
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


def titles(proposal: Proposal) -> dict[str, str]:
    """What each measure of a proposal is called, by key."""
    return dict(proposal.answer.get("titles", {}))
