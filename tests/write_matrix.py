"""`make matrix`: writes access_matrix.txt anew, from a test database with the cast in it."""

from __future__ import annotations

import logging
import os

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sloyfe.project.settings_test")
    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests.cast import build_cast
    from tests.routes import as_text, table
    from tests.test_access_matrix import FILE

    logging.disable()  # each refusal is an answer here, not a thing to look into
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        FILE.write_text(as_text(table(build_cast())), encoding="utf-8")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
