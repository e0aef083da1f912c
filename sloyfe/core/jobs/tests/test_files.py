"""The file a job has written: only who ordered it fetches it, it is gone in a day, and what failed leaves nothing."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sloyfe.core.jobs import files
from sloyfe.core.jobs.actions import order
from sloyfe.core.jobs.worker import do_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "made"


@pytest.fixture
def job(cast, kind):
    @kind
    def write(context):
        files.finish_with_file(context, "kontor.txt", lambda out: out.write(b"Fjord"))

    return order(cast.viewer("leader"), "test", {})


def test_whoever_ordered_it_fetches_it_and_nobody_else(as_role, job):
    do_waiting()
    leader = as_role("leader")
    ready = leader.get(reverse("job", args=[job.pk]), follow=True)
    assert ready.redirect_chain[-1][0] == reverse("job-file-ready", args=[job.pk])
    where = reverse("job-file", args=[job.pk])
    assert where in ready.text
    answer = leader.get(where)
    assert b"".join(answer.streaming_content) == b"Fjord"
    assert 'filename="kontor.txt"' in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    for role in ("deputy", "hr_admin", "employee"):
        assert as_role(role).get(where).status_code == 404
        assert as_role(role).get(reverse("job-file-ready", args=[job.pk])).status_code == 404


def test_the_right_to_it_is_asked_for_again_when_it_is_fetched(cast, as_role, kind):
    @kind
    def write(context):
        files.finish_with_file(context, "x", lambda out: out.write(b"Fjord"), needs="person.view")

    job = order(cast.viewer("leader"), "test", {})
    do_waiting()
    where = reverse("job-file", args=[job.pk])
    assert as_role("leader").get(where).status_code == 200
    cast.person["leader"].roles.for_system("test").update(valid_to=timezone.localdate())
    assert as_role("leader").get(where).status_code == 404
    assert as_role("leader").get(reverse("job-file-ready", args=[job.pk])).status_code == 404


def test_there_is_none_before_it_is_written_and_none_after_a_day(as_role, job, own_folder):
    where = reverse("job-file", args=[job.pk])
    assert as_role("leader").get(where).status_code == 404
    do_waiting()
    now = timezone.now()
    assert files.sweep(now) == 0
    assert files.sweep(now + timedelta(days=1, minutes=1)) == 1
    assert as_role("leader").get(where).status_code == 404
    assert as_role("leader").get(reverse("job-file-ready", args=[job.pk])).status_code == 404


def test_what_fails_leaves_nothing(cast, kind, own_folder):
    @kind
    def fail(context):
        files.finish_with_file(context, "x", lambda out: out.write("not bytes"))

    order(cast.viewer("leader"), "test", {})
    do_waiting()
    assert os.listdir(own_folder) == []
