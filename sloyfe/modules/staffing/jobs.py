"""The job «finn tid»: gather, solve in a process of its own, verify, store."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from sloyfe.core.jobs.apart import run_apart
from sloyfe.core.jobs.context import Context
from sloyfe.core.jobs.refusal import Refused
from sloyfe.core.jobs.registry import job
from sloyfe.modules.staffing.actions import EDIT, JOB, store
from sloyfe.modules.staffing.ask import Ask, Replaced
from sloyfe.modules.staffing.models import Proposal

GIVE_UP = 60.0
READING = gettext_noop("Reading working hours, calendars and staffing")
SEARCHING = gettext_noop("Looking for dates that hold")
GONE = gettext_noop("The proposal is no longer asked for. Nothing was changed.")
WRONG = gettext_noop("The plan did not pass its own check, so it was not kept. Try again, or tell who runs the system.")


@job(JOB, title=_("Finding time"))
def find_time(context: Context) -> None:
    from sloyfe.engines.planner.verify import violations  # the solver is heavy: only the worker loads it
    from sloyfe.modules.staffing.gather import gather
    from sloyfe.modules.staffing.searching import search

    context.progress(5, READING)
    proposal = Proposal.objects.for_viewer(context.viewer, EDIT).filter(pk=context.payload["proposal"]).first()
    if proposal is None or proposal.state != Proposal.State.WAITING:
        raise Refused(GONE)
    asks = [Ask.from_json(each) for each in context.payload["asks"]]
    replaces = [Replaced.from_json(each) for each in context.payload["replaces"]]
    given_back = [one.session for one in replaces]
    gathered = gather(proposal.unit_id, asks, context.viewer.day, given_back)
    context.progress(15, SEARCHING)
    answer = run_apart(
        search,
        gathered.problem,
        context.job.seed,
        stop=context.stop_requested,
        progress=context.progress,
        limit_s=GIVE_UP,
    )
    if violations(gathered.problem, answer):
        raise Refused(WRONG)
    with transaction.atomic():
        store(context.viewer, proposal, gathered, answer, asks, replaces)
        context.finish({"url": reverse("time-proposal", args=[proposal.pk])})
