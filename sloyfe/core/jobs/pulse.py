"""The pulse of a running job: a thread that says it is alive, tells how far it is and hears the wish to stop.

It has a database connection of its own, so that it goes on while the handler sits in a long transaction. In
SQLite that transaction keeps the pulse from writing; the beat is then skipped, and the page waits as it must.
"""

from __future__ import annotations

import logging
import threading
import time
from types import TracebackType

from django.db import Error, connections

from sloyfe.core.jobs.claims import beat, must_end
from sloyfe.core.jobs.context import Report
from sloyfe.core.jobs.models import Job
from sloyfe.core.sql import brief_wait

EVERY = 0.5  # seconds between listening
BEAT = 5.0  # seconds between beats when there is nothing new to tell
WAIT = 200  # milliseconds for another's write in SQLite

logger = logging.getLogger(__name__)


class Pulse:
    """`with Pulse(job, report):` around the work."""

    def __init__(self, job: Job, report: Report) -> None:
        self._job, self._report = job, report
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"pulse of job {job.pk}", daemon=True)
        self._told = report.told
        self._last = time.monotonic()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._over.wait(EVERY):
                self._listen_and_tell()
        finally:
            connections.close_all()

    def _listen_and_tell(self) -> None:
        now = self._report.told
        try:
            if must_end(self._job):
                self._report.stop.set()
            if now != self._told or time.monotonic() - self._last > BEAT:
                with brief_wait(WAIT):
                    beat(self._job, *now)
                self._told, self._last = now, time.monotonic()
        except Error as error:
            logger.info("A beat of job %s was skipped: %s", self._job.pk, error)
            connections.close_all()
