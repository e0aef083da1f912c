"""A file that a job has written, for whoever ordered it: under a random name, and gone in a day."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from sloyfe.core.access import Viewer
from sloyfe.core.jobs.context import Context
from sloyfe.core.jobs.models import Job

KEPT = timedelta(days=1)


def finish_with_file(context: Context, name: str, write: Callable[[BinaryIO], None], needs: str = "") -> None:
    """Write the file and finish the job with it. What cannot be kept is not left lying.

    `needs` is what it takes to read what is in the file: fetched later, it is asked for again.
    """
    lies = secrets.token_urlsafe(24)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / lies
    try:
        with path.open("wb") as out:
            write(out)
        with transaction.atomic():
            told = {"url": reverse("job-file-ready", args=[context.job.pk]), "file": lies, "name": name, "needs": needs}
            context.finish(told)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def file_of(viewer: Viewer, job: Job) -> Path | None:
    """Where the file of a finished job lies; None when there is none, or it or the right to it has been taken away."""
    needs = job.result.get("needs", "")
    if needs and not viewer.may(needs):
        return None
    lies = Path(str(job.result.get("file", ""))).name
    path = _folder() / lies
    return path if lies and path.is_file() else None


def sweep(now: datetime) -> int:
    """Take away files that have lain for a day."""
    oldest = (now - KEPT).timestamp()
    late = [path for path in _folder().glob("*") if path.stat().st_mtime < oldest]
    for path in late:
        path.unlink(missing_ok=True)
    return len(late)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "made"
