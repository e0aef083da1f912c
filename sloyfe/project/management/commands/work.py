"""`manage.py work`: do the jobs people have ordered, until told to stop. See docs/worker.md."""

from __future__ import annotations

import logging
import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sloyfe.core.jobs import worker


def leave(*_: object) -> None:
    raise worker.Leaving


class Command(BaseCommand):
    help = "Do the jobs people have ordered. Stopped in the middle, it gives its job back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when no job is left")

    def handle(self, *, once: bool = False, **options: Any) -> None:
        for told_to_stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told_to_stop, leave)
        try:
            worker.loop(once=once)
        except worker.Leaving:
            logging.getLogger(__name__).info("The worker was told to stop")
