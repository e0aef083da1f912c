"""What the page of a job shows."""

from __future__ import annotations

from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer
from sloyfe.core.jobs.models import Job


def job_of(viewer: Viewer, pk: int) -> Job | None:
    """The viewer's own job; None when it is somebody else's, or nobody's."""
    found: Job | None = Job.objects.for_viewer(viewer).filter(pk=pk).first()
    return found


def says(job: Job) -> str:
    """What an open job says while one waits for it."""
    if job.state == Job.State.WAITING:
        return _("In line. It starts as soon as the work before it is done.")
    if job.state == Job.State.STOPPING:
        return _("Ending now, and keeping what there is.")
    return job.words or _("Under way.")


def answer_url(job: Job) -> str | None:
    """Where the answer stands, when there is one. Handlers name a page of this house, never another's."""
    url = str(job.result.get("url", "")) if not job.is_open else ""
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else None
