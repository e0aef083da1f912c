"""The picture at full size: publishing the whole body, part by part, and what its pages cost.

    SLOYFE_DEMO=1 SLOYFE_DATABASE_URL=sqlite:////tmp/full.sqlite3 python -m bench.picture [pictures]

Wants a migrated database with `manage.py demo --people 22000` loaded, and adds pictures to it. Beside the page stands
the plain way: the same counts by GROUP BY over the statements each time somebody looks.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sloyfe.project.settings")
TIMES = 5
PROTECTION = "protection"


class Clock:
    """CPU seconds since the last lap, by name."""

    def __init__(self) -> None:
        self.begun = time.process_time()
        self.laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.process_time()
        self.laps[name] = self.laps.get(name, 0.0) + now - self.begun
        self.begun = now

    def say(self) -> None:
        for name, seconds in self.laps.items():
            print(f"  {name:30} {seconds:8.2f} s CPU", flush=True)


def publishing(back: int) -> None:
    """One picture, with its parts timed by standing in front of the functions that do them."""
    from django.utils import timezone

    from sloyfe.engines.disclosure import solve as engine
    from sloyfe.reporting.picture import counting, publish

    clock = Clock()
    stands: list[tuple[Any, str, Any]] = []

    def stand(module: Any, name: str, part: str, within: str = "other") -> None:
        original = getattr(module, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            clock.lap(within)
            try:
                return original(*args, **kwargs)
            finally:
                clock.lap(part)

        stands.append((module, name, original))
        setattr(module, name, timed)

    stand(publish, "gather", "gather")
    stand(counting, "roll_up", "rollup")
    stand(publish, "release", PROTECTION)
    stand(engine, "attack", "verification by the attacker", within=PROTECTION)
    stand(publish, "_store", "storing")
    day = timezone.localdate() - timedelta(days=back)
    print(f"picture of {day}")
    made = publish.publish(day, by="bench")
    clock.lap("other")
    for module, name, original in stands:
        setattr(module, name, original)
    clock.say()
    print(f"  {'whole':30} {sum(clock.laps.values()):8.2f} s CPU, {made.nodes.for_system('bench').count()} nodes")


def pages() -> None:
    from django.db import connections
    from django.db.models import Count
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sloyfe.modules.people.models import RoleHolding, User
    from sloyfe.modules.statements.models import Statement

    adviser = RoleHolding.objects.for_system("bench").filter(kind__code="directorate_adviser").first()
    user = User.objects.filter(person=adviser.person_id).first()
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for path in ("/picture/1/offices/", "/picture/1/", "/picture/1/picture.json"):
        client.get(path)
        with CaptureQueriesContext(connections["default"]) as asked:
            begun = time.process_time()
            size = len(client.get(path).content)
            first = time.process_time() - begun
        begun = time.process_time()
        for _ in range(TIMES):
            client.get(path)
        each = (time.process_time() - begun) / TIMES
        print(
            f"{path:30} {1000 * each:8.1f} ms CPU ({1000 * first:.1f} counted), {len(asked)} statements, {size} bytes"
        )
    begun = time.process_time()
    rows = Statement.objects.for_system("bench").filter(kind=Statement.Kind.LEVEL, valid_to=None)
    list(rows.values("competence", "level").annotate(n=Count("pk")).order_by())
    print(f"{'plain GROUP BY, no offices':30} {1000 * (time.process_time() - begun):8.1f} ms CPU, unprotected")


if __name__ == "__main__":
    import django

    django.setup()
    for number in reversed(range(int(sys.argv[1]) if len(sys.argv) > 1 else 1)):  # 0: only the pages
        publishing(28 * number)
    pages()
