"""What a new day asks for by itself: modules say it in their `jobs.py`, and an idle worker does it once a day.

Everything here may be done again and changes nothing then. So two workers that begin together do no harm, and
`manage.py daily` may be run at any time. The day is a row among the jobs that belongs to nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

from django.db import Error
from django.utils import timezone

from sloyfe.core.access import GuardedQuerySet
from sloyfe.core.jobs import files
from sloyfe.core.jobs.models import Job

NOBODY = 0
KIND = "daily"
Work = Callable[[date], object]

_works: list[Work] = []
logger = logging.getLogger(__name__)


def every_day(work: Work) -> Work:
    """Register what is done on each new day. It must be safe to repeat, and whole or not at all."""
    _works.append(work)
    return work


def do(day: date) -> None:
    """All of it, now, and the day is marked as done. Each keeps its own transactions: some of it counts for long."""
    for work in _works:
        work(day)
    _mark(day, Job.State.DONE)
    files.sweep(timezone.now())


def do_once(day: date) -> bool:
    """The work of the day, unless it has been tried; says whether it was. What fails is left to a person."""
    if _of(day).exists():
        return False
    try:
        do(day)
    except Error:
        raise
    except Exception:
        logger.exception("The work of %s failed; `manage.py daily` tries it again", day)
        _mark(day, Job.State.FAILED)
    return True


def _of(day: date) -> GuardedQuerySet:
    rows = Job.objects.for_system("the work of a day belongs to nobody")
    return rows.filter(owner_id=NOBODY, kind=KIND, input_hash=day.isoformat())


def _mark(day: date, state: Job.State) -> None:
    now = timezone.now()
    if not _of(day).update(state=state, finished_at=now):
        Job.objects.create(
            owner_id=NOBODY, kind=KIND, input_hash=day.isoformat(), state=state, started_at=now, finished_at=now
        )
