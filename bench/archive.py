"""The archive of what is open to all, at 1.3 million statements, beside reading the same as rows of the model.

    SLOYFE_DEMO=1 SLOYFE_DATABASE_URL=sqlite:////tmp/full.sqlite3 python -m bench.archive [statements]

Wants a migrated database with `manage.py demo --people 22000` loaded, on SQLite. Person after person shares one more
thing with everyone until they are enough, in a transaction that is rolled back. CPU seconds, and by how much the
largest memory of the process grew.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sloyfe.project.settings")
OUT = Path(__file__).parent / "out" / "archive.txt"

STATEMENTS = """
WITH RECURSIVE turn(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < 200),
     person AS (SELECT DISTINCT person_id AS id FROM people_affiliation WHERE valid_to IS NULL)
INSERT INTO statements_statement (person_id, kind, words, basis, contest, valid_from, confirmed_on)
SELECT person.id, 'offers', 'Noe jeg kan vise fram ' || n, '', '', date('now', '-9 days'), date('now', '-9 days')
FROM turn, person LIMIT %s
"""
SHARES = """
INSERT INTO statements_share (statement_id, owner_id, audience, from_at)
SELECT id, person_id, 'everyone', datetime() FROM statements_statement WHERE id > %s
"""


def main() -> None:
    import django

    django.setup()
    from django.db import connections, transaction

    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_300_000
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM statements_statement")
        last = cursor.fetchone()[0]
        cursor.execute(STATEMENTS, [many])
        cursor.execute(SHARES, [last])
        told = [
            _measured("the archive, sent as it is read", _archive),
            _measured("rows of the model, then one file", _plain),
        ]
        transaction.set_rollback(True)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("\n".join([*told, ""]), "utf-8")


def _measured(name: str, write: Callable[[Any], int]) -> str:
    from django.contrib.auth import get_user_model

    from sloyfe.modules.people.public import viewer_for

    user = get_user_model().objects.get(username="bjorn")
    viewer = viewer_for(user, _today(), "nb")
    memory, begun = _most(), time.process_time()
    written = write(viewer)
    spent, grown = time.process_time() - begun, _most() - memory
    told = f"{name:34} {spent:6.1f} s CPU, {written / 1e6:5.0f} MB file, {grown:6.0f} MB more memory"
    print(told, flush=True)
    return told


def _archive(viewer: Any) -> int:
    from sloyfe.core.imports.sheets import csv_chunks
    from sloyfe.modules.statements.archive import archive

    return sum(len(chunk) for chunk in csv_chunks(archive(viewer)))


def _plain(viewer: Any) -> int:
    from sloyfe.modules.statements.models import Statement

    rows = Statement.objects.for_viewer(viewer, "own.page").on(viewer.day).select_related("person", "competence")
    text = "\r\n".join(f"{row.person.name};{row.kind};{row.words};{row.valid_from}" for row in list(rows))
    return len(text.encode())


def _today() -> Any:
    from django.utils import timezone

    return timezone.localdate()


def _most() -> float:
    """The most memory the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
