"""The rehearsal is the performance: one function runs an import, one `if` at the end decides what is kept.

A rehearsal does every write the real run does and rolls back. So does a run in which a problem stops the
import: all or nothing. What the database puts off checking until commit is checked before the end, so that a
rehearsal meets it too.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.db import transaction

from sloyfe.core.imports.log import Log
from sloyfe.core.imports.places import FileRefused

Atomic = Callable[[], AbstractContextManager[object]]


class _RollBack(Exception):
    """Leaves the transaction without keeping it; never seen outside `run`."""


def run(
    write: Callable[[Log], None],
    *,
    rehearsal: bool,
    atomic: Atomic = transaction.atomic,
    check: Callable[[], None] | None = None,
) -> Log:
    """Run `write` in one transaction and give back its log; kept only if not a rehearsal and nothing stops.

    `log.applied` says whether it was kept. A `FileRefused` raised by `write` becomes a problem in the log;
    any other error rolls back and goes on up. `atomic` and `check` are for tests without a database.
    """
    log = Log()
    try:
        with atomic():
            _write(write, log)
            if not log.stopped:
                (check or _check_what_waits_for_commit)()
            if rehearsal or log.stopped:
                raise _RollBack
    except _RollBack:
        return log
    log.applied = True
    return log


def _write(write: Callable[[Log], None], log: Log) -> None:
    try:
        write(log)
    except FileRefused as refusal:
        log.problem(refusal.problem)


def _check_what_waits_for_commit() -> None:
    transaction.get_connection().check_constraints()
