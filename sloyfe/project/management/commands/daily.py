"""`manage.py daily`: what a new day changes by itself. To be run each night; running it again changes nothing.

Lines of authority that begin or end today, unit names that begin today, and the list of what was held by
people who have left.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sloyfe.modules.people.public import new_day


class Command(BaseCommand):
    help = "Do what a new day changes by itself. Run it each night."

    def handle(self, **options: Any) -> None:
        done = new_day(timezone.localdate())
        self.stdout.write(f"{done.renamed} units took a new name, {done.handovers} things were listed to hand over.")
