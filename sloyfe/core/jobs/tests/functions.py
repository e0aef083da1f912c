"""Functions for the child processes of the tests; like an engine, they know nothing of Django."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def add(one, other, *, stop, progress):
    progress(50, "Adding {one}", one=one)
    return one + other


def best_so_far(*, stop, progress):
    """Counts until it is stopped, and keeps what it has."""
    best = 0
    while True:
        best += 1
        progress(best % 100, "Counting")
        if stop():
            return best
        time.sleep(0.01)


def deaf(*, stop, progress):
    progress(1, "Not listening")
    time.sleep(600)


def broken(*, stop, progress):
    raise ZeroDivisionError("no answer here")


def killed(*, stop, progress):
    os.kill(os.getpid(), signal.SIGKILL)


def unpicklable(*, stop, progress):
    return lambda: None


def tells_its_name_and_sleeps(path, *, stop, progress):
    Path(path).write_text(str(os.getpid()))
    time.sleep(600)
