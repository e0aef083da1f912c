"""The proposal page: dates, what they cost, what found no room and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.modules.people.public import person_names
from sloyfe.modules.staffing import reads
from sloyfe.modules.staffing.models import Proposal
from sloyfe.modules.staffing.reasons import left_out


@require_GET
def proposal(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.proposals(request.viewer, "plan.edit"), pk=pk)
    sessions = reads.proposed_sessions(request.viewer, row)
    names = person_names(request.viewer, {person for session in sessions for person in session.people})
    titles = reads.titles(row)
    alone = reads.alone(row, sessions)
    context = {
        "proposal": row,
        "ready": row.state == Proposal.State.READY,
        "sessions": [
            (
                titles.get(session.key, ""),
                session,
                [names[p] for p in session.people if p in names],
                (session.key, session.cohort) in alone,
            )
            for session in sessions
        ],
        "alone": len(alone),
        "replaced": reads.replaced_by(row),
        "left": [(reads.title_of(row, one.measure), one) for one in left_out(row.answer)] if row.answer else [],
        "period": reads.period_of(row),
        "stages": (found := _stages(row.answer)),
        "closed": all(stage["value"] == stage["bound"] for _label, stage in found),
        "bars": _bars(reads.periods_of(row), row.answer) if row.answer else [],
    }
    return render(request, "staffing/proposal.html", context)


def _stages(answer: dict[str, Any]) -> list[tuple[str, dict[str, int]]]:
    """Places found in each class; the last stage is a cost in points, which says nothing to a reader."""
    classes = {1: _("Statutory"), 2: _("Mandatory"), 3: _("Recommended"), 4: _("Voluntary")}
    return [(classes[one["priority"]], one) for one in answer.get("stages", ()) if one["priority"]]


def _bars(periods: list[tuple[date, date]], answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Used and available minutes by period, as heights for the chart and numbers for its table."""
    by_period = answer["hours"]["by_period"]
    top = max((max(there, used) for there, used in by_period), default=0) or 1
    return [
        {
            "x": 10 + 70 * index,
            "middle": 40 + 70 * index,
            "there": there,
            "used": used,
            "there_height": 90 * there // top,
            "there_y": 100 - 90 * there // top,
            "used_height": 90 * used // top,
            "used_y": 100 - 90 * used // top,
            "first": first,
            "last": last,
        }
        for index, ((there, used), (first, last)) in enumerate(zip(by_period, periods, strict=True))
    ]
