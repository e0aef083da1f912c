"""A request as the middleware leaves it, without a database: nobody has signed in unless a test says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from sloyfe.core.access import PUBLIC, Viewer

DAY = date(2026, 11, 18)


@pytest.fixture
def ask() -> Callable[..., HttpRequest]:
    """`ask()`, `ask(htmx=True)`, `ask(htmx=True, HTTP_HX_BOOSTED="true")`, `ask(viewer=…)`."""

    def make(*, htmx: bool = False, viewer: Viewer | None = None, path: str = "/", **headers: str) -> HttpRequest:
        request = RequestFactory().get(path, **({"HTTP_HX_REQUEST": "true"} if htmx else {}), **headers)
        request.viewer = viewer or Viewer(person_id=None, day=DAY)
        request.needs = PUBLIC
        request.htmx = HtmxDetails(request)
        request._messages = CookieStorage(request)
        return request

    return make
