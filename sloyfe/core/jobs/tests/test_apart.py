"""A function in a process of its own: it answers, is stopped, breaks, and dies with its parent."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sloyfe.core.jobs import apart
from sloyfe.core.jobs.actions import request_stop
from sloyfe.core.jobs.apart import Broke, run_apart
from sloyfe.core.jobs.refusal import Refused
from sloyfe.core.jobs.tests import functions

ROOT = Path(__file__).resolve().parents[4]


def test_it_answers_and_tells_how_far_it_is():
    told = []
    answer = run_apart(functions.add, 2, 3, progress=lambda *a, **k: told.append((a, k)))
    assert answer == 5
    assert told == [((50, "Adding {one}"), {"one": 2})]


def test_stopped_it_keeps_what_it_has():
    far = []

    def progress(percent, message="", **params):
        far.append(percent)

    assert run_apart(functions.best_so_far, stop=lambda: len(far) >= 3, progress=progress) >= 3


def test_after_its_time_it_is_asked_to_end_and_keeps_what_it_has():
    assert run_apart(functions.best_so_far, limit_s=0.3) > 0


def test_one_that_will_not_end_is_ended(monkeypatch):
    monkeypatch.setattr(apart, "GRACE", 0.1)
    started = []
    with pytest.raises(Refused):
        run_apart(functions.deaf, stop=lambda: bool(started), progress=lambda *a, **k: started.append(1))


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (functions.broken, "no answer here"),
        (functions.killed, "code -9"),
        (functions.unpicklable, "pickle"),
        (request_stop, "Apps aren't loaded yet"),
    ],
)
def test_one_that_breaks_says_how(function, says):
    with pytest.raises(Broke, match=says):
        run_apart(function)


def test_the_child_dies_with_its_parent(tmp_path):
    """Even when the parent is killed so hard that it can clean up nothing."""
    note = tmp_path / "pid"
    code = (
        "from sloyfe.core.jobs.apart import run_apart\n"
        "from sloyfe.core.jobs.tests.functions import tells_its_name_and_sleeps as f\n"
        f"if __name__ == '__main__': run_apart(f, {str(note)!r})\n"
    )
    script = tmp_path / "parent.py"
    script.write_text(code)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "", "SLOYFE_DEMO": "1"}
    with subprocess.Popen([sys.executable, str(script)], env=environment) as parent:
        _wait_until(lambda: note.exists() and note.read_text())
        child = int(note.read_text())
        parent.send_signal(signal.SIGKILL)
    _wait_until(lambda: not _alive(child))


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def _wait_until(true):
    for _ in range(3000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("it never came")
