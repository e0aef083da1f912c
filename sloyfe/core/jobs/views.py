"""The page of a job: how far it is, and «stop and keep». The answer itself stands on a page of its own."""

from __future__ import annotations

from zlib import crc32

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from sloyfe.core.access import ViewerRequest
from sloyfe.core.jobs.actions import request_stop
from sloyfe.core.jobs.files import file_of
from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.reads import answer_url, job_of, says
from sloyfe.core.jobs.registry import kind_of


@require_GET
@never_cache
@vary_on_headers("HX-Request")
def job_page(request: ViewerRequest, pk: int) -> HttpResponse:
    """The page, or for htmx its moving part; both go on to the answer when there is one."""
    job = _job(request, pk)
    asked_by_htmx = request.htmx  # type: ignore[attr-defined]
    if url := answer_url(job):
        return HttpResponseClientRedirect(url) if asked_by_htmx else redirect(url)
    if not asked_by_htmx:
        return render(request, "jobs/job.html", {"title": kind_of(job.kind).title, **_moving(job)})
    if request.GET.get("seen") != job.state:
        return HttpResponseClientRefresh()  # other words, other buttons: the whole page is made anew
    moving = _moving(job)
    return render(request, "jobs/_job.html", {**moving, "speak": request.GET.get("said") != moving["said"]})


def _moving(job: Job) -> dict[str, object]:
    """What moves. `said` names the words, so that a screen reader hears them when they change, and only then."""
    words = says(job)
    return {"job": job, "says": words, "said": str(crc32(words.encode()))}


@require_POST
def stop(request: ViewerRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    request_stop(request.viewer, job)
    return redirect("job", pk=job.pk)


@require_GET
def file_ready(request: ViewerRequest, pk: int) -> HttpResponse:
    job = _job(request, pk)
    context = {"job": job, "title": kind_of(job.kind).title, "there": file_of(request.viewer, job) is not None}
    return render(request, "jobs/file.html", context, status=200 if context["there"] else 404)


@require_GET
@never_cache
def file(request: ViewerRequest, pk: int) -> HttpResponseBase:
    job = _job(request, pk)
    path = file_of(request.viewer, job)
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=job.result["name"])


def _job(request: ViewerRequest, pk: int) -> Job:
    job = job_of(request.viewer, pk)
    if job is None:
        raise Http404
    return job
