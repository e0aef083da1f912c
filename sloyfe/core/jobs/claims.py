"""Who works on which job: take one, give it back, mark it failed.

A job is taken when it waits, and again when nobody has been heard from for a while: a worker that was killed
left it in the middle. Every attempt has a name of its own, and only that name may finish the job.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from sloyfe.core.access import GuardedQuerySet
from sloyfe.core.jobs.models import Job

SILENT = timedelta(seconds=60)
MOST_ATTEMPTS = 3
GAVE_UP = gettext_noop("The work was broken off three times, so we stopped trying. Nothing was changed.")


def claim(worker: str) -> Job | None:
    """The oldest job nobody works on, now this worker's; None when there is none.

    On PostgreSQL several workers pass over each other's rows; on SQLite the transaction is IMMEDIATE, so
    only one can be here at a time. The first look is a plain read: an idle worker never waits for anyone.
    """
    while _free().exists():
        with transaction.atomic():
            job: Job | None = _free().select_for_update(skip_locked=True).order_by("created_at", "pk").first()
            if job is None:
                return None
            if job.attempts < MOST_ATTEMPTS:
                return _begin(job, worker)
            fail(job, GAVE_UP)
    return None


def _free() -> GuardedQuerySet:
    silent = Q(heartbeat_at=None) | Q(heartbeat_at__lt=timezone.now() - SILENT)
    left = Q(state__in=Job.UNDER_WAY) & silent
    return Job.objects.for_system("the worker takes the oldest free job").filter(
        Q(state=Job.State.WAITING) | left, finished_at=None
    )


def _begin(job: Job, worker: str) -> Job:
    if job.state == Job.State.WAITING:
        job.state = Job.State.RUNNING
    job.claimed_by = f"{worker[:40]}/{uuid4().hex}"
    job.attempts += 1
    job.heartbeat_at = timezone.now()
    job.started_at = job.started_at or job.heartbeat_at
    job.save(update_fields=["state", "claimed_by", "attempts", "heartbeat_at", "started_at"])
    return job


def fail(job: Job, message: str, params: dict[str, Any] | None = None) -> None:
    """Mark this attempt failed, with a sentence; nothing happens when the job is no longer its own."""
    _own(job).update(
        state=Job.State.FAILED,
        message=message,
        params=params or {},
        finished_at=timezone.now(),
        heartbeat_at=None,
    )


def let_go(job: Job) -> None:
    """Leave the job for the next free worker; the attempt counts."""
    _own(job).update(heartbeat_at=None)


def give_back(job: Job) -> None:
    """Leave the job because this worker is told to go; that is no fault of the job's."""
    _own(job).update(heartbeat_at=None, attempts=F("attempts") - 1)


def beat(job: Job, progress: int, message: str, params: dict[str, Any]) -> None:
    """Say that the job is being worked on, and how far it has come."""
    told = {"message": message, "params": params} if message else {}
    _own(job).update(heartbeat_at=timezone.now(), progress=progress, **told)


def must_end(job: Job) -> bool:
    """Whether the job was asked to stop, or is no longer this attempt's."""
    return not _own(job).filter(stop_requested=False).exists()


def _own(job: Job) -> GuardedQuerySet:
    rows = Job.objects.for_system("the worker tells of its own job")
    return rows.filter(pk=job.pk, claimed_by=job.claimed_by, state__in=Job.UNDER_WAY)
