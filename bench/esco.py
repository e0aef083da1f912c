"""How long all of ESCO takes to come in, from the official files until every word of it can be searched for.

    python -m bench.esco [--esco FOLDER] [--sample 500]

On each database there is, and each step in a process of its own: reading the files (with the Norwegian names
joined on), the rehearsal with its report, the real run with its report and the search index, and the real run
once more, which changes nothing. Beside it, what most would write first: row by row through the ORM, on a
sample, said per row. CPU is of the process and, on PostgreSQL, of the server process that worked for it.
Writes bench/out/esco.txt. Needs the real files, which are no part of the project.
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
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from tools.postgres import cluster
from tools.ready import ROOT, Missing

OUT = Path(__file__).parent / "out" / "esco.txt"
FOLDERS = ("v1.1.1_en", "v1.1.0_no_sample1000", "v1.0.8_no")
DAY = date(2026, 11, 18)
LONGEST = 900  # seconds a step may take
Measured = tuple[float, float, float, str]


# --- the steps, each in its own process -----------------------------------------------------------------


def _viewer() -> Any:
    from sloyfe.core.access import Grant, Scope, Viewer

    return Viewer(person_id=None, day=DAY, grants=(Grant("catalogue.edit", Scope.EVERYWHERE, "hr_admin"),))


def _draft(folder: Path) -> Any:
    from sloyfe.modules.catalogue.formats import esco
    from sloyfe.modules.catalogue.formats.bundle import from_path

    return esco.read([member for part in FOLDERS for member in from_path(folder / part)], version="1.1.1")


def prepare(_folder: Path) -> str:
    from django.core.management import call_command

    from sloyfe.modules.catalogue.models import Import

    call_command("migrate", verbosity=0)
    Import.objects.create(format="esco", whole=True)
    return ""


def read(folder: Path) -> str:
    draft = _draft(folder)
    return (
        f"{len(draft.competences)} skills, {len(draft.requirements)} requirements, {len(draft.reported)} rows reported"
    )


def rehearse(folder: Path) -> str:
    from django.db import transaction

    from sloyfe.modules.catalogue.actions import importing
    from sloyfe.modules.catalogue.models import Import

    draft = _draft(folder)
    with transaction.atomic():
        return _said(importing.rehearse(_viewer(), Import.objects.for_system("bench").get(), draft))


def carry_out(folder: Path) -> str:
    """A rehearsal of what has been carried out has another fingerprint, so the second run goes to `store`."""
    from sloyfe.modules.catalogue.actions import importing
    from sloyfe.modules.catalogue.models import Import

    return _said(importing.carry_out(_viewer(), Import.objects.for_system("bench").get(), _draft(folder)))


def again(folder: Path) -> str:
    from sloyfe.modules.catalogue.storing import store

    return _said(store(_viewer(), _draft(folder), rehearsal=False))


def _said(log: Any) -> str:
    counts = ", ".join(f"{count} {kind}" for kind, count in log.counts().items() if count)
    return f"{counts}; kept: {'yes' if log.applied else 'no'}"


def row_by_row(folder: Path, sample: int) -> str:
    """Each competence looked for and saved with its other names and places, each requirement likewise."""
    from django.db import transaction

    from sloyfe.modules.catalogue.index import keep_findable
    from sloyfe.modules.catalogue.models import Area, Competence, Framework, Profile, Requirement

    draft = _draft(folder)
    rows = 0
    with transaction.atomic():
        framework = Framework.objects.create(code="row-by-row", label_en="Row by row")
        areas = {
            area.key: Area.objects.create(framework=framework, key=area.key, label_en=area.names["en"])
            for area in draft.areas
        }
        for told in draft.competences[:sample]:
            names = {f"label_{code}": name for code, name in told.names.items()}
            row, _ = Competence.objects.update_or_create(framework=framework, key=told.key, defaults=names)
            for language, texts in told.alt_labels.items():
                for text in texts:
                    row.alt_labels.get_or_create(language=language, text=text, unit=None)
            for parent in told.parents:
                if parent in areas:
                    row.placements.get_or_create(area=areas[parent])
            keep_findable(row)
            rows += 1
        profile = Profile.objects.create(framework=framework, key="p", kind="occupation", label_en="P")
        for competence in Competence.objects.filter(framework=framework):
            same = {"profile": profile, "competence": competence, "reach": "each"}
            Requirement.objects.get_or_create(
                **same, defaults={"strength": "must", "source": "framework", "valid_from": DAY}
            )
            rows += 1
        transaction.set_rollback(True)
    return str(rows)


def _in_child(step: Callable[..., str], args: tuple[Any, ...], out: Any) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sloyfe.project.settings_test")
    django.setup()
    server = _server_process()
    before, wall = time.process_time() + _cpu_of(server), time.perf_counter()
    said = step(*args)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out.put((time.process_time() + _cpu_of(server) - before, time.perf_counter() - wall, peak, said))


def _server_process() -> int | None:
    from django.db import connections

    database = connections["default"]
    if database.vendor == "sqlite":
        return None
    with database.cursor() as cursor:
        return int(cursor.execute("SELECT pg_backend_pid()").fetchone()[0])


def _cpu_of(process: int | None) -> float:
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9 if process else 0.0


def measured(step: Callable[..., str], *args: Any) -> Measured:
    """CPU seconds, seconds on the wall, MB at the most, and what it said."""
    spawn = multiprocessing.get_context("spawn")
    out = spawn.Queue()
    process = spawn.Process(target=_in_child, args=(step, args, out))
    process.start()
    found: Measured = out.get(timeout=LONGEST)
    process.join()
    return found


# --- all of them, and the file ---------------------------------------------------------------------------


def databases(stack: ExitStack, folder: str) -> Iterator[tuple[str, str]]:
    yield "SQLite", f"sqlite:///{folder}/esco.sqlite3"
    try:
        yield "PostgreSQL", stack.enter_context(cluster())
    except Missing as missing:
        print(f"PostgreSQL was not measured: {missing}")


def lines(name: str, folder: Path, sample: int) -> Iterator[str]:
    measured(prepare, folder)
    steps = {
        "read": measured(read, folder),
        "rehearsal": measured(rehearse, folder),
        "carried out": measured(carry_out, folder),
        "once more": measured(again, folder),
    }
    yield f"All of ESCO on {name}; every step but the first reads the files too"
    yield f"{'step':<14}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}   what it did"
    for step, (cpu, wall, peak, said) in steps.items():
        yield f"{step:<14}{cpu:>8.1f}{wall:>8.1f}{peak:>9.0f}   {said}"
    cpu, _wall, _peak, rows = measured(row_by_row, folder, sample)
    each = (cpu - steps["read"][0]) / int(rows)
    whole = (steps["carried out"][0] - steps["read"][0]) / (13_896 + 123_788)
    yield f"Row by row through the ORM: {each * 1000:.2f} ms CPU for a row; ours {whole * 1000:.2f} ms."
    yield "Asked: under 60 s."
    yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--esco", type=Path, default=ROOT.parent / "shared" / "data" / "esco")
    parser.add_argument("--sample", type=int, default=500)
    asked = parser.parse_args()
    if not (asked.esco / FOLDERS[0]).is_dir():
        sys.exit("The files of ESCO are not here; say where with --esco. Nothing was measured.")
    written: list[str] = []
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sloyfe-bench-"))
        os.environ["SLOYFE_DATA_DIR"] = folder
        for name, url in databases(stack, folder):
            os.environ["SLOYFE_TEST_DATABASE_URL"] = url
            written += lines(name, asked.esco, asked.sample)
    text = "\n".join(written)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
