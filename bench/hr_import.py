"""How fast a whole body of people comes in, and how much memory it takes.

    python -m bench.hr_import [--people 22000] [--offices 260] [--sample 200] [--seed 1]

Makes an own-format workbook of an invented body from a seed, and measures CPU and peak memory of each step,
each in a process of its own: read, rehearsal, the real run, the real run again; with what is kept of the log.
Beside it, what most would write first: row by row through the ORM (`get_or_create`, `save`), on a sample of
the same people, said as a ratio per person. Writes bench/out/hr_import_<database>.txt. On the database of
SLOYFE_DATABASE_URL if that is PostgreSQL, else on SQLite.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

OUT = Path(__file__).parent / "out"
DAY = date(2026, 11, 18)
EMPLOYER = "Prøvestaten"
FIRST = ("Åse", "Kari", "Ola", "Nils", "Máret", "Ánde", "Signe", "Øyvind", "Ragnhild", "Tor", "Liv", "Jon")
LAST = ("Fjell", "Vik", "Strand", "Haug", "Moe", "Sæther", "Ødegård", "Nesheim", "Dalen", "Bø", "Lund", "Rud")
POSITIONS = ("veileder", "seniorveileder", "rådgiver", "fagansvarlig")


def sheets(people: int, offices: int, seed: int) -> Iterator[Any]:
    """Directorate, counties, offices with two teams each, and everybody with a place, some with two."""
    from sloyfe.core.imports.sheets import Sheet

    rng = np.random.default_rng(seed)
    units: list[tuple[Any, ...]] = [("D1", "Prøvedirektoratet", "direktorat", "", "statlig", EMPLOYER)]
    units += [(f"F{n}", f"Fylke {n}", "fylkeskontor", "D1", "statlig", EMPLOYER) for n in range(12)]
    for n in range(offices):
        units.append((f"K{n}", f"Kontor {n}", "lokalkontor", f"F{n % 12}", "statlig", EMPLOYER))
        units += [(f"K{n}-{t}", f"Kontor {n} team {t}", "team", f"K{n}", "statlig", EMPLOYER) for t in (1, 2)]
    header = ("Enhetsnummer", "Navn", "Type", "Overordnet enhet", "Styringslinje", "Arbeidsgiver")
    yield Sheet("Enheter", header, units)
    places = [unit[0] for unit in units if unit[2] in ("lokalkontor", "team")]
    where = rng.integers(0, len(places), people)
    names = rng.integers(0, len(FIRST), people), rng.integers(0, len(LAST), people), rng.integers(0, len(LAST), people)
    yield Sheet(
        "Personer",
        ("Arbeidsgiver", "Ansattnummer", "Navn"),
        [
            (EMPLOYER, f"A{n}", f"{FIRST[a]} {LAST[b]} {LAST[c]}")
            for n, (a, b, c) in enumerate(zip(*names, strict=True))
        ],
    )
    begins = [date(2010, 1, 1) + timedelta(days=int(days)) for days in rng.integers(0, 5500, people)]
    shares = rng.choice([100, 100, 100, 80, 60, 50], people)
    yield Sheet(
        "Tilknytninger",
        ("Arbeidsgiver", "Ansattnummer", "Enhetsnummer", "Stilling", "Stillingsprosent", "Gyldig fra"),
        [
            (EMPLOYER, f"A{n}", places[where[n]], POSITIONS[n % 4], Decimal(int(shares[n])), begins[n])
            for n in range(people)
        ],
    )
    leads = [(EMPLOYER, f"A{n}", place, "statlig", date(2024, 1, 1)) for n, place in enumerate(places[:people])]
    yield Sheet("Ledere", ("Arbeidsgiver", "Ansattnummer", "Enhetsnummer", "Styringslinje", "Gyldig fra"), leads)


def body(people: int, offices: int, seed: int) -> bytes:
    import io

    from sloyfe.core.imports.sheets import write_xlsx

    out = io.BytesIO()
    write_xlsx(sheets(people, offices, seed), out)
    return out.getvalue()


# --- the steps, each in its own process -----------------------------------------------------------------


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sloyfe.project.settings_test")
    django.setup()


def _viewer() -> Any:
    from sloyfe.core.access import Grant, Scope, Viewer

    grants = tuple(Grant(name, Scope.EVERYWHERE, "hr_admin") for name in ("import.run", "role.edit"))
    return Viewer(person_id=None, day=DAY, grants=grants)


def _delivery(path: Path) -> Any:
    from sloyfe.core.imports.limits import Upload
    from sloyfe.modules.people.formats.reading import read

    return read([Upload("body.xlsx", path.read_bytes())])


def prepare(_path: Path) -> str:
    from django.core.management import call_command

    from sloyfe.modules.people.models import RoleKind

    call_command("migrate", verbosity=0)
    RoleKind.objects.get_or_create(
        code="leader", defaults={"name_nb": "leder", "name_nn": "leiar", "name_en": "leader"}
    )
    return ""


def read_only(path: Path) -> str:
    found = _delivery(path)
    return f"{len(found.people)} people, {len(found.affiliations)} affiliations, {len(found.problems)} problems"


def _run(path: Path, *, rehearsal: bool) -> str:
    from django.db import transaction

    from sloyfe.modules.people.imports import actions, kept
    from sloyfe.modules.people.imports.apply import bring_in
    from sloyfe.modules.people.imports.models import Import

    delivery = kept.from_json(path.with_suffix(".json").read_text(encoding="utf-8"))
    log = bring_in(_viewer(), delivery, rehearsal=rehearsal)
    with transaction.atomic():
        actions.keep_log(Import.objects.create(files=["body.xlsx"]), log, questions=0)
    counts = ", ".join(f"{count} {kind}" for kind, count in log.counts().items() if count)
    return f"{counts}; {len(log.problems)} problems; kept: {'yes' if log.applied else 'no'}"


def keep(path: Path) -> str:
    from sloyfe.modules.people.imports import kept

    path.with_suffix(".json").write_text(kept.to_json(_delivery(path)), encoding="utf-8")
    return ""


def rehearse(path: Path) -> str:
    return _run(path, rehearsal=True)


def perform(path: Path) -> str:
    return _run(path, rehearsal=False)


def naive(path: Path, sample: int) -> str:
    """Row by row, each asking for what it needs and saving what it makes, with every check the tables have."""
    from django.db import transaction

    from sloyfe.modules.people.imports import kept
    from sloyfe.modules.people.models import Affiliation, Employer, Person, PersonNumber, Unit

    delivery = kept.from_json(path.with_suffix(".json").read_text(encoding="utf-8"))
    work = {row.employee_number: row for row in delivery.affiliations}
    with transaction.atomic():
        for row in delivery.people[:sample]:
            employer = Employer.objects.get(name=row.employer)
            number = f"naive-{row.employee_number}"
            if not PersonNumber.objects.for_system("bench").filter(employer=employer, number=number).exists():
                person = Person.objects.create(name=row.name)
                PersonNumber.objects.create(person=person, employer=employer, number=number)
            held = work[row.employee_number]
            unit = Unit.objects.get(number=held.unit_number)
            if not Affiliation.objects.for_system("bench").filter(person=person, unit=unit).exists():
                made = Affiliation(
                    person=person,
                    unit=unit,
                    employer=employer,
                    position=held.position,
                    percentage=held.percentage,
                    valid_from=held.valid_from,
                )
                made.full_clean()
                made.save()
        transaction.set_rollback(True)
    return f"{sample} people"


def _in_child(step: Callable[..., str], args: tuple[Any, ...], out: Any) -> None:
    _django()
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    before, wall = time.process_time(), time.perf_counter()
    said = step(*args)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    out.put((time.process_time() - before, time.perf_counter() - wall, base / 1024, peak / 1024, said))


def measured(step: Callable[..., str], *args: Any) -> tuple[float, float, float, float, str]:
    """CPU seconds, seconds on the wall, MB before the step and at the most, and what it said."""
    spawn = multiprocessing.get_context("spawn")
    out = spawn.Queue()
    process = spawn.Process(target=_in_child, args=(step, args, out))
    process.start()
    found: tuple[float, float, float, float, str] = out.get(timeout=600)
    process.join()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=22_000)
    parser.add_argument("--offices", type=int, default=260)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "body.xlsx"
        path.write_bytes(body(asked.people, asked.offices, asked.seed))
        wanted = os.environ.get("SLOYFE_DATABASE_URL", "")
        url = wanted if wanted.startswith("postgres") else f"sqlite:///{folder}/bench.sqlite3"
        os.environ["SLOYFE_TEST_DATABASE_URL"] = url
        name = "PostgreSQL" if wanted.startswith("postgres") else "SQLite"
        report = _measure_all(path, asked, name)
    OUT.mkdir(exist_ok=True)
    (OUT / f"hr_import_{name.lower()}.txt").write_text(report, encoding="utf-8")
    sys.stdout.write(report)


def _measure_all(path: Path, asked: argparse.Namespace, database: str) -> str:
    measured(prepare, path)
    steps: dict[str, tuple[float, float, float, float, str]] = {"read": measured(read_only, path)}
    measured(keep, path)
    steps["rehearsal"] = measured(rehearse, path)
    steps["apply"] = measured(perform, path)
    steps["apply again"] = measured(perform, path)
    plain = measured(naive, path, asked.sample)
    ratio = (plain[0] / asked.sample) / (steps["apply"][0] / asked.people)
    lines = [
        f"HR import on {database}: {asked.people} people, {asked.offices} offices, seed {asked.seed}, "
        f"{path.stat().st_size / 1e6:.1f} MB as XLSX",
        "",
        f"{'step':<14}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}   what it did",
    ]
    for name, (cpu, wall, _base, peak, said) in steps.items():
        lines.append(f"{name:<14}{cpu:>8.1f}{wall:>8.1f}{peak:>9.0f}   {said}")
    lines += [
        "",
        f"Row by row through the ORM, {plain[4]}: {plain[0]:.1f} s CPU, {plain[0] / asked.sample * 1000:.2f} ms each; "
        f"ours {steps['apply'][0] / asked.people * 1000:.2f} ms each, {ratio:.1f} times less.",
        f"Asked: rehearsal and apply each under 30 s and 500 MB. Django alone takes {steps['read'][2]:.0f} MB.",
        "CPU is of this process; a PostgreSQL server's own is not in it.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
