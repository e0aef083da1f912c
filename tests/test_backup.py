"""A backup is restored into an empty place: the same rows, logs that still cannot be changed, search that answers.

The commands are those of docs/production.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections, transaction

from sloyfe.core.audit.actions import record
from sloyfe.modules.statements import actions
from tests.restored import picture
from tools.postgres import programs

DOCS = Path(__file__).parents[1] / "docs" / "production.md"


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_is_restored_is_the_same_body(cast, as_role, tmp_path):
    actions.say(cast.viewer("state_employee"), kind="offers", words="Tolking på telefon", audiences=["office"])
    with transaction.atomic():
        record("a test", "backup.tried", cast.unit["fjord"])
    assert as_role("leader").get(f"/people/{cast.person['employee'].pk}/").status_code == 200
    asker = cast.person["employee"].pk
    before = json.loads(json.dumps(picture(asker)))
    assert before["found"] == [cast.person["state_employee"].name]
    assert before["refuses"] == [True, True]
    restore = _on_postgres if connections["default"].vendor == "postgresql" else _on_sqlite
    url, forget = restore(tmp_path)
    try:
        assert _seen_from_outside(url, asker) == before
    finally:
        forget()


def _seen_from_outside(url: str, asker: int) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.restored"],
        cwd=DOCS.parents[1],
        env={
            **os.environ,
            "SLOYFE_TEST_DATABASE_URL": url,
            "ASKER": str(asker),
            "DJANGO_SETTINGS_MODULE": "sloyfe.project.settings_test",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _on_sqlite(folder: Path):
    with connections["default"].cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{folder / 'backup.sqlite3'}'")
    return f"sqlite:///{folder / 'backup.sqlite3'}", lambda: None


def _on_postgres(folder: Path):
    where = connections["default"].settings_dict
    name = f"{where['NAME']}_restored"
    reach = [f"--host={where['HOST']}", *([f"--username={where['USER']}"] if where["USER"] else [])]

    def call(program: str, *arguments: str) -> None:
        subprocess.run([programs() / program, *reach, *arguments], check=True, capture_output=True)

    call("pg_dump", "--format=custom", f"--file={folder / 'sloyfe.dump'}", where["NAME"])
    call("createdb", "--template=template0", name)
    call("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={name}", str(folder / "sloyfe.dump"))
    return f"postgres:///{where['HOST']}/{name}", lambda: call("dropdb", "--force", name)


@pytest.mark.parametrize("words", ["VACUUM INTO", "pg_dump --format=custom", "pg_restore --exit-on-error --no-owner"])
def test_the_commands_are_those_of_the_handbook(words):
    assert words in DOCS.read_text(encoding="utf-8")
