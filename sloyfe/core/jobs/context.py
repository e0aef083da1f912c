"""What a handler is given: the viewer as of now, what was ordered, and the ways to report, ask and finish.

Progress and the wish to stop are only kept in memory here; the worker's pulse carries them to and from the
table on a connection of its own. So a handler in the middle of a long transaction locks nobody's page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from typing import Any

from django.utils import timezone

from sloyfe.core.access import Viewer
from sloyfe.core.jobs.models import Job
from sloyfe.core.sql import in_own_transaction


class Lost(Exception):
    """The job is no longer this worker's: it was thought dead and another has taken it. Keep nothing."""


@dataclass(slots=True)
class Report:
    """What the job says while it runs, and whether it was asked to stop. Shared with the pulse.

    `told` is progress, message id and parameters, always replaced whole: the pulse must not read half of it.
    """

    told: tuple[int, str, dict[str, Any]] = (0, "", {})
    stop: Event = field(default_factory=Event)


class Context:
    """Given to a handler. `viewer` holds the owner's rights of now, not of when she ordered."""

    def __init__(self, viewer: Viewer, job: Job, report: Report) -> None:
        self.viewer, self.job, self.finished = viewer, job, False
        self._report = report

    @property
    def payload(self) -> dict[str, Any]:
        return dict(self.job.payload)

    def progress(self, percent: float, message: str = "", **params: Any) -> None:
        """How far, 0–100, and what is being done: an English message id with {named} places.

        A message id that is not passed by the name `message` is marked with `gettext_noop`, to be found.
        """
        said = (message, params) if message else self._report.told[1:]
        self._report.told = (max(0, min(100, int(percent))), *said)

    def stop_requested(self) -> bool:
        """Whether «stop and keep» was pressed: end soon, and finish with what there is."""
        return self._report.stop.is_set()

    def finish(self, result: dict[str, Any] | None = None, message: str = "", **params: Any) -> None:
        """Mark the job done, in the transaction that stores its answer. Raises Lost: then keep nothing."""
        if not in_own_transaction():
            raise RuntimeError("finish the job inside the transaction that stores its answer")
        mine = Job.objects.for_system("finish a job").filter(pk=self.job.pk, claimed_by=self.job.claimed_by)
        marked = mine.filter(state__in=Job.UNDER_WAY).update(
            state=Job.State.STOPPED if self.stop_requested() else Job.State.DONE,
            progress=100,
            message=message,
            params=params,
            result=result or {},
            finished_at=timezone.now(),
        )
        if not marked:
            raise Lost(f"job {self.job.pk}")
        self.finished = True
