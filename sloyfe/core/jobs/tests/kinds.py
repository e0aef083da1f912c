"""Kinds of jobs for the tests of the worker: each leaves a line in the log, some die on the way."""

import os
import signal
import time

from django.db import transaction

from sloyfe.core.access import Viewer
from sloyfe.core.audit.actions import record
from sloyfe.core.jobs.registry import job

begun = print  # a test with workers of its own puts the end of a pipe here


def viewer(person_id, day, language):
    return Viewer(person_id=person_id, day=day, language=language)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def live():
    pass


def store(context, before=live, after=live, result=None):
    with transaction.atomic():
        record("the test", "done", None, job=context.job.pk, worker=os.getpid())
        before()
        context.finish(result or {})
        after()


@job("test short")
def short(context):
    begun(context.job.pk)
    time.sleep(0.01)
    store(context)


@job("test dies before the end")
def dies_before(context):
    store(context, before=die if context.job.attempts == 1 else live)


@job("test dies at the end")
def dies_at(context):
    store(context, after=die if context.job.attempts == 1 else live)


@job("test always dies")
def always(context):
    die()


@job("test long")
def long(context):
    begun(context.job.pk)
    count = 0
    while not context.stop_requested():
        count += 1
        context.progress(count % 100, "Counting")
        time.sleep(0.01)
    store(context, result={"count": count})
