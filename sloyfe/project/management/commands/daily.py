"""`manage.py daily`: what a new day changes by itself, at once; running it again changes nothing.

A worker does the same once a day when it has nothing else to do. This is for those who run no worker, and to try
again what failed.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sloyfe.core.jobs import daily


class Command(BaseCommand):
    help = "Do what a new day changes by itself. A worker does this too, once a day."

    def handle(self, **options: Any) -> None:
        day = timezone.localdate()
        daily.do(day)
        self.stdout.write(f"The work of {day} is done.")
