"""Settings for the tests: a cheap hasher, a stated database, and everything that should be loud is loud."""

import os

os.environ.setdefault("SLOYFE_DEMO", "1")

from sloyfe.project.settings import *  # noqa: E402, F403
from sloyfe.project.settings import AUTHENTICATION_BACKENDS, DATA_DIR, INSTALLED_APPS, TEMPLATES, database

DATABASES = {"default": database(os.environ.get("SLOYFE_TEST_DATABASE_URL", f"sqlite:///{DATA_DIR / 'test.sqlite3'}"))}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.guarded"]
AXES_ENABLED = False
AUTHENTICATION_BACKENDS = AUTHENTICATION_BACKENDS[1:]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED VARIABLE «%s»"  # type: ignore[index]
