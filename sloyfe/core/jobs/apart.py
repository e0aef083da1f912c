"""Run a pure function in a process of its own, so that it can be stopped keeping what it has.

The function is called in the child as `function(*args, stop=…, progress=…)`: `stop()` says whether it should
end with the best it has, `progress(percent, message, **params)` tells how far it is. Function, arguments and
result must be picklable. The child knows nothing of Django's models: neither this file nor the one the
function lives in may import any. It dies with its parent.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import connection
from multiprocessing.context import SpawnProcess
from typing import Any, Protocol

from sloyfe.core.jobs.refusal import Refused

GRACE = 10.0  # seconds a function has to come back once it is asked to stop
LISTEN = 0.2  # seconds between asking whether to stop


class Progress(Protocol):
    def __call__(self, percent: float, message: str = "", **params: Any) -> None: ...


class Broke(RuntimeError):
    """The child ended without an answer; the text says how."""


def run_apart(
    function: Callable[..., Any],
    *args: Any,
    stop: Callable[[], bool] = lambda: False,
    progress: Progress | None = None,
    limit_s: float = 600.0,
) -> Any:
    """What the function returns. On `stop()`, or after `limit_s` seconds, it is asked to end.

    Raises Refused when it does not come back even then, Broke when it raised or was killed.
    """
    with _child(function, args) as (process, pipe, must_stop):
        ends_at = time.monotonic() + limit_s
        while True:
            for message in _heard(process, pipe):
                if message[0] == "result":
                    return message[1]
                if message[0] == "broke":
                    raise Broke(message[1])
                if progress:
                    progress(message[1], message[2], **message[3])
            now = time.monotonic()
            if not must_stop.is_set() and (stop() or now > ends_at):
                must_stop.set()
                ends_at = now
            if must_stop.is_set() and now > ends_at + GRACE:
                raise Refused(message="The calculation took too long. Nothing was changed. Try with less.")


def _heard(process: SpawnProcess, pipe: connection.Connection) -> Iterator[tuple[Any, ...]]:
    """Wait a moment for what the child says. Broke, when it has ended and everything it said is heard."""
    connection.wait([pipe], LISTEN)
    try:
        while pipe.poll():
            yield pipe.recv()
    except EOFError:
        process.join()
        raise Broke(f"the process ended with code {process.exitcode}") from None


@contextmanager
def _child(
    function: Callable[..., Any], args: tuple[Any, ...]
) -> Iterator[tuple[SpawnProcess, connection.Connection, Any]]:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    must_stop = spawn.Event()
    process = spawn.Process(target=_run, args=(pickle.dumps((function, args)), theirs, must_stop), daemon=True)
    process.start()
    theirs.close()
    try:
        yield process, ours, must_stop
    finally:
        process.kill()
        process.join()
        ours.close()


def _run(work: bytes, pipe: connection.Connection, must_stop: Any) -> None:
    """What the child does."""
    threading.Thread(target=_die_with_parent, daemon=True).start()

    def progress(percent: float, message: str = "", **params: Any) -> None:
        pipe.send(("progress", percent, message, params))

    try:
        function, args = pickle.loads(work)  # here, so that what cannot be imported is told, too
        pipe.send(("result", function(*args, stop=must_stop.is_set, progress=progress)))
    except Exception:
        pipe.send(("broke", traceback.format_exc()))


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
