"""What the page of a job shows."""

from __future__ import annotations

from django.db.models import Q
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
        if _something_before(job):
            return _("In line. It starts as soon as the work before it is done.")
        return _("It starts in a moment.")
    if job.state == Job.State.STOPPING:
        return _("Ending now, and keeping what there is.")
    return job.words or _("Under way.")


def _something_before(job: Job) -> bool:
    """Whether other work is under way, or was ordered earlier and waits; whose it is nobody is told."""
    rows = Job.objects.for_system("whether there is anything in line before a job").exclude(pk=job.pk)
    waits = Q(state=Job.State.WAITING, created_at__lte=job.created_at)
    return bool(rows.filter(waits | Q(state__in=Job.UNDER_WAY)).exists())


def answer_url(job: Job) -> str | None:
    """Where the answer stands, when there is one. Handlers name a page of this house, never another's."""
    url = str(job.result.get("url", "")) if not job.is_open else ""
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else None
