"""CPU and statements of the main pages, and what the row guard costs, in a body of full size.

    python -m bench.pages [--people 22000] [--rounds 20] [--built]

The baseline of each page is the same process answering `/health/`: what Django itself takes. The guard is
measured against the identical SQL, WHERE included, run through a plain queryset. «Hvem kan jeg spørre?» is
also asked over HTTP, of gunicorn as in production, by one and by eight at a time; those who ask share the
machine with the server. `--built` measures a body that is there already, in SLOYFE_DATABASE_URL. Writes
bench/out/pages_<database>.txt.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

OUT = Path(__file__).parent / "out"
QUESTIONS = ("gjeldsordning", "hvordan snakke med ungdom", "CV", "tolk", "økonomisk sosialhjelp")
PAGES = {
    "jonas": (
        "/",
        "/ask/?q=gjeldsordning",
        "/ask/?q=hvordan snakke med ungdom",
        "/ask/?q=CV",
        "/me/",
        "/me/weeks/",
        "/rounds/",
    ),
    "ingrid": ("/", "/needs/", "/plans/", "/team/"),
    "eldbjorg": ("/needs/",),
}


def cpu_ms(work: Callable[[], object], rounds: int) -> float:
    """The median CPU of this process, in milliseconds."""
    work()
    taken = []
    for _ in range(rounds):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=22_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--built", action="store_true", help="the body is there already")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SLOYFE_DEMO": "1", "DJANGO_SETTINGS_MODULE": "sloyfe.project.settings"}
        os.environ.setdefault("SLOYFE_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        import django

        django.setup()
        from django.db import connections

        vendor = connections["default"].vendor
        built = [f"{wanted.people} people on {vendor}", ""] if wanted.built else _prepare(wanted.people)
        lines = [
            f"Load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
            *built,
            *_pages(wanted.rounds),
            *_person(wanted.rounds),
            *_guard(wanted.rounds),
            "",
            *_served(wanted.rounds),
        ]
    OUT.mkdir(exist_ok=True)
    (OUT / f"pages_{vendor}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def _prepare(people: int) -> list[str]:
    from django.core.management import call_command
    from django.db import connections

    begun = time.process_time()
    call_command("migrate", verbosity=0)
    call_command("demo", people=people)
    vendor = connections["default"].vendor
    return [f"{people} people on {vendor}; built in {time.process_time() - begun:.0f} s CPU", ""]


def _pages(rounds: int) -> list[str]:
    from django.db import connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sloyfe.modules.people.models import User

    plain = cpu_ms(lambda: Client().get("/health/", headers={"host": "localhost"}), rounds)
    lines = [f"{'page':<46} {'ms CPU':>8} {'of health':>10} {'statements':>11}", f"{'/health/':<46} {plain:>8.1f}"]
    for username, paths in PAGES.items():
        client = Client(headers={"host": "localhost"})
        client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connections["default"]) as asked:
                assert client.get(path).status_code == 200, path
                count = len(asked)
            taken = cpu_ms(lambda path=path, client=client: client.get(path), rounds)
            lines.append(f"{username + ' ' + path:<46} {taken:>8.1f} {taken / plain:>9.1f}x {count:>11}")
    return [*lines, ""]


def _person(rounds: int) -> list[str]:
    """The page of somebody who is asked for sixty competences, and one answer written."""
    from django.db import connections
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from sloyfe.modules.catalogue.models import Competence, Profile, ProfileGiven, Requirement
    from sloyfe.modules.people.models import User
    from sloyfe.modules.people.public import viewer_for_person
    from sloyfe.modules.statements.public import my_levels, say_level

    day, user = timezone.localdate(), User.objects.get(username="jonas")
    me = viewer_for_person(user.person_id, day, "nb")
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    profile = Profile.objects.create(key="bench", kind=Profile.Kind.GROUP, label_nb="Seksti ting")
    ProfileGiven.objects.create(profile=profile, person_id=user.person_id, valid_from=day)
    told = {"level": 3, "strength": "should", "source": "county", "reach": "each", "valid_from": day}
    for competence in Competence.objects.filter(framework__code="office-trade").order_by("pk")[:60]:
        Requirement.objects.create(profile=profile, competence=competence, **told)
    asked = [one.competence_id for one in my_levels(me)]
    kept = {"kept_until": day.replace(year=day.year + 1)}
    for at, competence_id in enumerate(asked):
        say_level(me, competence_id, level=1 + at % 5, **kept)
    with CaptureQueriesContext(connections["default"]) as counted:
        assert client.get("/me/levels/").status_code == 200
        count = len(counted)
    page = cpu_ms(lambda: client.get("/me/levels/"), rounds)
    turn = iter(range(10_000_000))
    write = cpu_ms(lambda: say_level(me, asked[0], level=1 + next(turn) % 5, **kept), rounds)
    profile.delete()
    return [
        f"{f'one person, {len(asked)} competences':<46} {page:>8.1f} {'':>10} {count:>11}",
        f"{'one answer written':<46} {write:>8.1f}",
        "",
    ]


def _guard(rounds: int) -> list[str]:
    """The rows of one person's reach, guarded and by the same SQL without the guard."""
    from django.db import models

    from sloyfe.modules.people.models import Affiliation, User
    from sloyfe.modules.people.public import viewer_for_person
    from sloyfe.project.demo.content import content

    day = Affiliation.objects.for_system("bench").latest("valid_from").valid_from
    lines = [f"{'rows through the guard':<46} {'ms CPU':>8} {'without':>8} {'ratio':>7}"]
    for member in content("cast")["cast"][:8]:
        user = User.objects.get(username=member["username"])
        viewer = viewer_for_person(user.person_id, day, "nb")

        def guarded(viewer=viewer) -> list[int]:
            return list(Affiliation.objects.for_viewer(viewer, "person.view").values_list("pk", flat=True)[:50])

        def open_rows(viewer=viewer) -> list[int]:
            rule = Affiliation.access.rows(viewer, "person.view")
            return list(models.QuerySet(Affiliation).filter(rule).values_list("pk", flat=True)[:50])

        assert sorted(guarded()) == sorted(open_rows())
        pairs = [(cpu_ms(guarded, rounds * 5), cpu_ms(open_rows, rounds * 5)) for _ in range(5)]
        ours, theirs = min(a for a, _b in pairs), min(b for _a, b in pairs)
        lines.append(f"{member['code']:<46} {ours:>8.2f} {theirs:>8.2f} {ours / theirs:>6.2f}x")
    return lines


def _served(rounds: int) -> list[str]:
    """How long those who ask wait, and how many are answered in a second."""
    from django.conf import settings
    from django.test import Client

    from sloyfe.modules.people.models import User

    client = Client()
    client.force_login(User.objects.get(username="jonas"), backend="django.contrib.auth.backends.ModelBackend")
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with _server() as port:

        def asked(number: int) -> float:
            begun = time.perf_counter()
            address = http.client.HTTPConnection("localhost", port, timeout=30)
            path = f"/ask/?q={quote(QUESTIONS[number % len(QUESTIONS)])}"
            address.request("GET", path, headers={"Cookie": session})
            answer = address.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            address.close()
            return (time.perf_counter() - begun) * 1000

        lines = [f"{'«hvem kan jeg spørre?» over HTTP':<46} {'p50 ms':>8} {'p95 ms':>8} {'a second':>9}"]
        for clients in (1, 8):
            many = rounds * 5 * (1 if clients == 1 else 4)
            with ThreadPoolExecutor(clients) as crowd:
                list(crowd.map(asked, range(20)))
                begun = time.perf_counter()
                waited = sorted(crowd.map(asked, range(many)))
                took = time.perf_counter() - begun
            half, most = waited[many // 2], waited[many * 95 // 100]
            lines.append(f"{f'{clients} at a time':<46} {half:>8.1f} {most:>8.1f} {many / took:>9.1f}")
    return lines


@contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = int(free.getsockname()[1])
    serve = ["-m", "gunicorn", "-w", "2", "-b", f"localhost:{port}", "--log-level", "error", "sloyfe.project.wsgi"]
    server = subprocess.Popen([sys.executable, *serve])
    try:
        for _ in range(200):
            with socket.socket() as tried:
                if tried.connect_ex(("localhost", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
