import pytest

from sloyfe.core.audit.tests.flush import let_tests_empty_the_logs
from sloyfe.core.jobs import registry

let_tests_empty_the_logs()


@pytest.fixture
def kind(monkeypatch):
    """`kind(handler)` registers a handler for jobs of the kind «test», for this test only."""

    def register(handler):
        monkeypatch.setitem(registry._kinds, "test", registry.Kind(handler, "A test"))
        return handler

    return register
