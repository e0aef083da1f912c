"""Real workers in processes of their own, on both databases: many at once, killed, stopped and told to go."""

import multiprocessing
import os
import shutil
import signal
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from sloyfe.core.access import Viewer
from sloyfe.core.audit.models import Event
from sloyfe.core.jobs import claims, pulse
from sloyfe.core.jobs.actions import order, request_stop
from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.tests import kinds

pytestmark = pytest.mark.django_db(transaction=True)
fork = multiprocessing.get_context("fork")
ME = Viewer(person_id=1, day=timezone.localdate())


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """An SQLite file with the tables of the worker; made once, copied for each test."""
    return tmp_path_factory.mktemp("worker") / "empty.sqlite3"


@pytest.fixture(autouse=True)
def shared_database(tmp_path, empty_file, monkeypatch):
    """A database other processes can reach: PostgreSQL's own, or a file; SQLite's usual one is in memory."""
    usual = connections["default"]
    if usual.vendor == "postgresql":
        yield
        return
    monkeypatch.setitem(connections.settings["default"], "NAME", str(tmp_path / "shared.sqlite3"))
    shared = connections.create_connection("default")
    if empty_file.exists():
        shutil.copy(empty_file, tmp_path / "shared.sqlite3")
    connections["default"] = shared
    try:
        if not empty_file.exists():
            call_command("migrate", "audit", verbosity=0)
            call_command("migrate", "jobs", verbosity=0)
            shared.close()
            shutil.copy(tmp_path / "shared.sqlite3", empty_file)
        yield
    finally:
        shared.close()
        connections["default"] = usual


class Workers:
    """Starts workers by fork, and hears from each job that has begun."""

    def __init__(self):
        self._heard, self._tell = fork.Pipe(duplex=False)
        self.all = []

    def start(self, *, once=True):
        connections.close_all()  # no two processes may share one
        worker = fork.Process(target=self._work, args=(once,))
        worker.start()
        self.all.append(worker)
        return worker

    def _work(self, once):
        kinds.begun = self._tell.send
        call_command("work", once=once)
        connections.close_all()

    def hear(self):
        assert self._heard.poll(60), "no job has begun"
        return self._heard.recv()

    def heard_in_all(self):
        heard = []
        while self._heard.poll(0):
            heard.append(self._heard.recv())
        return heard

    def run(self):
        worker = self.start()
        worker.join(60)
        return worker.exitcode


@pytest.fixture
def workers(settings, monkeypatch):
    settings.SLOYFE_VIEWER_FOR_PERSON = "sloyfe.core.jobs.tests.kinds.viewer"
    monkeypatch.setattr(pulse, "EVERY", 0.02)
    started = Workers()
    yield started
    for worker in started.all:
        worker.kill()
        worker.join()


@pytest.fixture
def impatient(monkeypatch):
    """A job is taken again as soon as its worker is gone."""
    monkeypatch.setattr(claims, "SILENT", timedelta(0))


def ordered(kind, count=1):
    return [order(ME, f"test {kind}", {"number": number}) for number in range(count)]


def jobs():
    return list(Job.objects.for_viewer(ME).order_by("pk"))


def lines():
    return list(Event.objects.for_system("the test counts").filter(verb="done").values_list("details", flat=True))


def done_once():
    """How many jobs are done, each with exactly one line."""
    times = Counter(line["job"] for line in lines())
    assert times == {job.pk: 1 for job in jobs() if job.state in (Job.State.DONE, Job.State.STOPPED)}
    return len(times)


def test_several_workers_do_every_job_once(workers):
    ordered("short", 60)
    for _ in range(3):
        workers.start()
    for worker in workers.all:
        worker.join(60)
        assert worker.exitcode == 0
    assert done_once() == 60
    assert sorted(workers.heard_in_all()) == [job.pk for job in jobs()], "each was begun once, and by one"
    assert len({line["worker"] for line in lines()}) > 1


@pytest.mark.parametrize("kind", ["dies before the end", "dies at the end"])
def test_a_worker_killed_while_it_stores_leaves_nothing_half_done(workers, impatient, kind):
    ordered(kind)
    assert workers.run() == -signal.SIGKILL
    assert lines() == []
    assert jobs()[0].state == Job.State.RUNNING
    assert workers.run() == 0
    assert done_once() == 1
    assert jobs()[0].attempts == 2


def test_workers_killed_again_and_again_lose_and_double_nothing(workers, impatient):
    ordered("short", 20)
    for steps in (1, 4, 2, 6):
        worker = workers.start()
        for _ in range(steps):
            workers.hear()
        worker.kill()
        worker.join()
    assert workers.run() == 0
    assert done_once() == 20


def test_a_job_that_kills_every_worker_is_given_up(workers, impatient):
    ordered("always dies")
    assert [workers.run() for _ in range(4)] == [-signal.SIGKILL] * 3 + [0]
    [job] = jobs()
    assert (job.state, job.attempts, job.message) == (Job.State.FAILED, 3, claims.GAVE_UP)


def test_progress_and_the_wish_to_stop_pass_between_page_and_worker(workers):
    [job] = ordered("long")
    worker = workers.start()
    workers.hear()
    while not jobs()[0].progress:
        assert worker.is_alive()
        time.sleep(0.01)
    assert jobs()[0].message == "Counting"
    request_stop(ME, job)
    worker.join(60)
    assert worker.exitcode == 0
    assert jobs()[0].state == Job.State.STOPPED
    assert jobs()[0].result["count"] > 0
    assert done_once() == 1


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_told_to_go_gives_its_job_to_the_next(workers, told):
    [job] = ordered("long")
    worker = workers.start(once=False)
    workers.hear()
    os.kill(worker.pid, told)
    worker.join(60)
    assert worker.exitcode == 0
    assert jobs()[0].attempts == 0
    worker = workers.start()
    workers.hear()  # at once, not after a minute's silence
    request_stop(ME, job)
    worker.join(60)
    assert done_once() == 1
