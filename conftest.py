"""Fixtures for every test of the house: the cast, and one client for each role."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from django.test import Client

from sloyfe.core.audit.tests.flush import let_tests_empty_the_logs

let_tests_empty_the_logs()


def pytest_collection_finish() -> None:
    """What has been imported stays to the end: spare the collector from walking it again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def cast(db):
    from tests.cast import build_cast

    return build_cast()


@pytest.fixture
def as_role(cast) -> Callable[[str], Client]:
    """A client signed in as a role of the cast; «anonymous» has not signed in."""

    def sign_in(role: str) -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(cast.user(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
