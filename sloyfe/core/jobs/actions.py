"""Order a job, and ask it to stop."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils import timezone

from sloyfe.core.access import Viewer
from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.registry import kind_of


def order(viewer: Viewer, kind: str, payload: dict[str, Any], *, seed: int = 0, engine_version: str = "") -> Job:
    """A job row for the worker. The same order again, while it waits or runs, gives the same row back.

    KeyError when no module does this kind of job.
    `payload` is JSON; it may hold keys to what is stored, not the stored things themselves. Who may order
    what is for the caller to ask; the handler meets the gates again with the rights of when it runs.
    """
    kind_of(kind)
    if viewer.person_id is None:
        raise PermissionDenied("only a person can order a job")
    wanted = {
        "owner_id": viewer.person_id,
        "kind": kind,
        "input_hash": input_hash(payload, seed, engine_version),
    }
    rest = {"payload": payload, "seed": seed, "engine_version": engine_version, "language": viewer.language}
    while True:
        same = Job.objects.for_viewer(viewer).filter(**wanted, state__in=(Job.State.WAITING, Job.State.RUNNING))
        found: Job | None = same.first()
        if found:
            return found
        try:
            with transaction.atomic():
                return Job.objects.create(**wanted, **rest)
        except IntegrityError:
            continue  # somebody pressed twice: the other press was first


def request_stop(viewer: Viewer, job: Job) -> None:
    """«Stop and keep»: a waiting job ends here, a running one is asked to finish with what it has."""
    mine = Job.objects.for_viewer(viewer).filter(pk=job.pk)
    waiting = mine.filter(state=Job.State.WAITING)
    if not waiting.update(state=Job.State.STOPPED, stop_requested=True, finished_at=timezone.now()):
        mine.filter(state=Job.State.RUNNING).update(state=Job.State.STOPPING, stop_requested=True)


def input_hash(payload: dict[str, Any], seed: int, engine_version: str) -> str:
    """One name for one question: the same input, seed and engine give the same 64 characters."""
    said = json.dumps([payload, seed, engine_version], sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(said.encode()).hexdigest()
