"""The worker: one loop that takes a job, does it as the person who ordered it, and looks for the next.

Run as many as wanted on PostgreSQL; one is right on SQLite, though more do no harm. A worker may be killed at
any moment: the job's answer and its mark «done» are one transaction, so it is done once or done again.
"""

from __future__ import annotations

import logging
import os
import socket
import time

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error, OperationalError, close_old_connections, connections
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from sloyfe.core.access import Viewer
from sloyfe.core.audit.looks import bring_in
from sloyfe.core.jobs import claims, daily
from sloyfe.core.jobs.context import Context, Lost, Report
from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.pulse import Pulse
from sloyfe.core.jobs.refusal import Refused
from sloyfe.core.jobs.registry import kind_of

IDLE = 0.5  # seconds between looks at an empty table
NO_RIGHT = gettext_noop("You no longer have the access this work needs. Nothing was changed.")
WENT_WRONG = gettext_noop("Something went wrong on our side. Nothing was changed. You are welcome to try again.")

logger = logging.getLogger(__name__)


class Leaving(BaseException):
    """Raised in the middle of whatever goes on when told to end; passes every `except Exception`."""


def loop(*, once: bool = False) -> None:
    """Work until told to leave; with `once`, until no job is left."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    while True:
        found = _step(name)
        if once and not found:
            return
        if not found:
            _new_day()
            time.sleep(IDLE)


def _step(name: str) -> bool:
    """One job, if there is one. A database that is away is waited for."""
    try:
        close_old_connections()
        job = claims.claim(name)
        if job is None:
            bring_in()
            return False
        _attend(job)
        return True
    except Error as error:
        logger.warning("The worker could not reach the database, and tries again: %s", error)
        connections.close_all()
        return False


def _new_day() -> None:
    """What the day asks for, when there is nothing else to do. A database that is away is waited for."""
    try:
        daily.do_once(timezone.localdate())
    except Error as error:
        logger.warning("The work of the day waits for the database: %s", error)
        connections.close_all()


def _attend(job: Job) -> None:
    report = Report()
    try:
        with Pulse(job, report):
            do(job, report)
    except Leaving:
        claims.give_back(job)
        raise


def do_waiting() -> int:
    """Do every free job here and now, without a pulse, and say how many; for tests and small commands."""
    done = 0
    while job := claims.claim("here and now"):
        do(job, Report())
        done += 1
    return done


def do(job: Job, report: Report) -> None:
    """Do one claimed job. What the handler raises ends here, as a kind sentence; details go to the log."""
    if job.stop_requested:
        report.stop.set()
    with translation.override(job.language):
        try:
            context = Context(viewer_of(job), job, report)
            kind_of(job.kind).handler(context)
            if not context.finished:
                raise RuntimeError(f"the handler of «{job.kind}» ended without context.finish")
        except Refused as refusal:
            claims.fail(job, refusal.message, refusal.params)
        except PermissionDenied as denied:
            logger.info("Job %s: %s", job.pk, denied)
            claims.fail(job, NO_RIGHT)
        except Lost:
            logger.warning("Job %s was taken by another worker; what was done here is dropped", job.pk)
        except OperationalError:
            logger.exception("Job %s met a database that was busy or away", job.pk)
            claims.let_go(job)
        except Exception:
            logger.exception("Job %s failed", job.pk)
            claims.fail(job, WENT_WRONG)


def viewer_of(job: Job) -> Viewer:
    """The owner as she is today, in the language she ordered in."""
    make = import_string(settings.SLOYFE_VIEWER_FOR_PERSON)
    viewer: Viewer = make(job.owner_id, timezone.localdate(), job.language)
    return viewer
