"""Loads the invented body once. `--people 22000` makes a full-size one, `--fresh` starts over."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from sloyfe.modules.catalogue.public import index_competences
from sloyfe.modules.people.models import Unit
from sloyfe.modules.statements.public import index_everything
from sloyfe.project.demo.body import build
from sloyfe.project.demo.levels import EARLIER, say_levels
from sloyfe.project.demo.proofs import tell_proofs
from sloyfe.project.demo.rounds import tell_rounds
from sloyfe.project.demo.store import store
from sloyfe.project.demo.story import tell
from sloyfe.reporting.picture.publish import publish

SEED = 20261118


class Command(BaseCommand):
    help = "Load the demo body if it is not there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=None)
        parser.add_argument("--seed", type=int, default=SEED)
        parser.add_argument("--day", type=date.fromisoformat, default=None)
        parser.add_argument("--fresh", action="store_true", help="empty the database first")

    def handle(self, *, people: int | None, seed: int, day: date | None, fresh: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo body is only for the demo: set SLOYFE_DEMO=1.")
        if fresh:
            call_command("flush", interactive=False, verbosity=0)
        elif Unit.objects.exists():
            self.stdout.write("The demo body is there already.")
            return
        today = day or timezone.localdate()
        body = build(seed, people, day=today)
        with transaction.atomic():
            store(body)
            index_competences()
            index_everything()
            tell(today)
            tell_rounds(today)
            say_levels(seed, today)
            tell_proofs(seed, today)
        for each in (today - EARLIER, today):
            publish(each, by="the demo begins with two pictures")
        self.stdout.write(f"Demo body: {len(body.units)} units, {len(body.persons)} people.")
