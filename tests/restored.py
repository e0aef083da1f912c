"""What a database holds and does, in a few lines: run against the original and against a backup of it.

python -m tests.restored      prints it for the database in SLOYFE_TEST_DATABASE_URL
"""

from __future__ import annotations

import hashlib
import json
import os

LOGS = ("audit_event", "audit_look")


def picture(asker: int) -> dict[str, object]:
    """Rows of every table, whether the logs can be changed, and who is found for a question."""
    from django.db import connections

    connection = connections["default"]
    with connection.cursor() as cursor:
        tables = {table: _rows(cursor, table) for table in sorted(connection.introspection.table_names(cursor))}
    return {"tables": tables, "refuses": [_refuses(connection, log) for log in LOGS], "found": _found(asker)}


def _rows(cursor, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}"')
    rows = sorted(map(repr, cursor.fetchall()))
    return f"{len(rows)} {hashlib.sha256(repr(rows).encode()).hexdigest()[:16]}"


def _refuses(connection, log: str) -> bool:
    from django.db import Error, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{log}"')
    except Error:
        return True
    return False


def _found(asker: int) -> list[str]:
    from sloyfe.modules.people.viewers import viewer_for_person
    from sloyfe.modules.statements.asking import who_can_i_ask
    from tests.cast import DAY

    return [one.name for one in who_can_i_ask(viewer_for_person(asker, DAY, "nb"), "tolking").people]


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(picture(int(os.environ["ASKER"]))))
