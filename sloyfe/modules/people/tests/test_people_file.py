"""A whole body's people are written by the worker, a few at once; both are the same file."""

from __future__ import annotations

import io

import openpyxl
from django.urls import reverse

from sloyfe.core.audit.models import Look
from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.worker import do_waiting
from sloyfe.modules.people import export


def rows(answer):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)), read_only=True)
    return {sheet.title: list(sheet.values) for sheet in book}


def test_the_worker_writes_what_would_have_been_written_at_once(as_role, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    leader = as_role("leader")
    at_once = rows(leader.get(reverse("people-xlsx")))
    shown = Look.objects.for_system("a test").filter(page="people-file").count()
    assert shown
    monkeypatch.setattr(export, "AT_ONCE", 0)
    answer = leader.get(reverse("people-xlsx"))
    job = Job.objects.for_system("a test").get()
    assert answer.url == reverse("job", args=[job.pk])
    do_waiting()
    assert rows(leader.get(reverse("job-file", args=[job.pk]))) == at_once
    assert Look.objects.for_system("a test").filter(page="people-file").count() == 2 * shown
