"""Order dates from the planner, store what it answers, and drop or take a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sloyfe.core.access import OutOfReach, Viewer, save_as
from sloyfe.core.jobs.actions import order
from sloyfe.engines.planner.answer import Answer
from sloyfe.engines.planner.problem import Placement
from sloyfe.modules.staffing.ask import Ask, Replaced
from sloyfe.modules.staffing.gather import Gathered
from sloyfe.modules.staffing.models import Proposal, ProposedSeat, ProposedSession

EDIT = "plan.edit"
JOB = "staffing.find_time"
ENGINE = "planner 1"


def find_time(
    viewer: Viewer,
    *,
    unit_id: int,
    origin: str,
    origin_id: int,
    asks: Sequence[Ask],
    replaces: Sequence[Replaced] = (),
) -> Proposal:
    """Order dates for these measures, instead of those they `replaces`. An earlier proposal is dropped."""
    if not asks:
        raise ValidationError(_("There is nothing to find time for yet."))
    empty = [ask for ask in asks if not ask.participants]
    if empty:
        raise ValidationError(_("Choose who takes part before you look for time."))
    with transaction.atomic():
        _drop_earlier(viewer, origin, origin_id)
        proposal = Proposal(
            unit_id=unit_id,
            origin=origin,
            origin_id=origin_id,
            first_day=min(ask.first_day for ask in asks),
            last_day=max(ask.last_day for ask in asks),
            engine_version=ENGINE,
        )
        save_as(viewer, proposal, EDIT)
        payload = {
            "proposal": proposal.pk,
            "asks": [ask.as_json() for ask in asks],
            "replaces": [one.as_json() for one in replaces],
        }
        proposal.job_id = order(viewer, JOB, payload, seed=1, engine_version=ENGINE).pk
        return save_as(viewer, proposal, EDIT)


def _drop_earlier(viewer: Viewer, origin: str, origin_id: int) -> None:
    earlier = Proposal.objects.for_viewer(viewer, EDIT).filter(origin=origin, origin_id=origin_id)
    earlier.filter(state__in=(Proposal.State.WAITING, Proposal.State.READY)).update(state=Proposal.State.DROPPED)


def store(
    viewer: Viewer,
    proposal: Proposal,
    gathered: Gathered,
    answer: Answer,
    asks: Sequence[Ask],
    replaces: Sequence[Replaced],
) -> None:
    """Keep the answer: figures and reasons on the proposal, dates and seats in rows of their own."""
    with transaction.atomic():
        if not Proposal.objects.for_viewer(viewer, EDIT).filter(pk=proposal.pk).exists():
            raise OutOfReach("the right to plan for this unit has ended")
        proposal.state = Proposal.State.READY
        proposal.answer = {
            **_figures(gathered, answer, asks),
            "titles": {str(ask.key): ask.title for ask in asks},
            "replaces": [one.as_json() for one in replaces],
        }
        save_as(viewer, proposal, EDIT)
        for placement in answer.placements:
            _store_session(proposal, gathered, placement, asks[placement.session.measure])


def take(viewer: Viewer, proposal: Proposal) -> None:
    """The plan has taken the dates."""
    proposal.state = Proposal.State.TAKEN
    save_as(viewer, proposal, EDIT)


def _store_session(proposal: Proposal, gathered: Gathered, placement: Placement, ask: Ask) -> None:
    starts_at = moment(gathered, placement.start)
    session = ProposedSession.objects.create(
        proposal=proposal,
        unit_id=proposal.unit_id,
        key=str(ask.key),
        number=placement.session.number + ask.first_number,
        cohort=placement.session.cohort + ask.first_cohort,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=ask.minutes),
    )
    ProposedSeat.objects.bulk_create(
        ProposedSeat(session=session, unit_id=proposal.unit_id, person_id=person) for person in placement.people
    )


def moment(gathered: Gathered, slot: int) -> datetime:
    """The moment a slot of the grid begins."""
    grid = gathered.problem.grid
    day: date = gathered.monday + timedelta(days=7 * grid.week(slot) + grid.day(slot))
    minute = grid.minute(slot)
    return timezone.make_aware(datetime.combine(day, time(minute // 60, minute % 60)))


def _figures(gathered: Gathered, answer: Answer, asks: Sequence[Ask]) -> dict[str, Any]:
    """What the page says, as JSON: no id of a person stands in it."""
    groups = {m.id: m.group_max for m in gathered.problem.measures}
    return {
        "status": answer.status.value,
        "monday": gathered.monday.isoformat(),
        "weeks": gathered.problem.grid.weeks,
        "hours": asdict(answer.hours),
        "hours_unknown": gathered.hours_unknown,
        "stages": [asdict(stage) for stage in answer.stages],
        "unplaced": [asdict(left) for left in answer.unplaced],
        "staffing": {str(key): name for key, name in gathered.staffing_names.items()},
        "asked": [
            {
                "key": ask.key,
                "sessions": ask.sessions,
                "minutes": ask.minutes,
                "people": len(ask.participants),
                "group": groups[number],
            }
            for number, ask in enumerate(asks)
        ],
    }
