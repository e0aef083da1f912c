"""A real Chromium against the live server, with the cast and an office that has something to plan."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tools import assets, chromium

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop and the ORM share the thread

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.arguments())
        yield running
        running.close()


@pytest.fixture
def cast(transactional_db):
    from tests.cast import build_cast

    return build_cast()


@pytest.fixture
def open_as(browser, live_server, cast) -> Iterator[Callable[..., Page]]:
    """A page signed in as a role: `open_as("leader", "/needs/", phone=True, language="nn")`."""
    contexts = []

    def go(role: str, path: str, *, phone: bool = False, language: str = "nb", scheme: str = "light") -> Page:
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(cast.user(role), backend="django.contrib.auth.backends.ModelBackend")
        context = browser.new_context(viewport=PHONE if phone else DESK, color_scheme=scheme)
        contexts.append(context)
        cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
        cookies[settings.LANGUAGE_COOKIE_NAME] = language
        context.add_cookies([{"name": k, "value": v, "url": live_server.url} for k, v in cookies.items()])
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(live_server.url + path)
        return page

    complaints: list[str] = []
    yield go
    for context in contexts:
        context.close()
    assert [text for text in complaints if "404" not in text and "422" not in text] == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[tuple[str, list[str]]]]:
    """What axe finds on a page by WCAG 2.2 AA: rule and where. An empty list is what we want."""
    source = assets.AXE.read_text(encoding="utf-8")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def look(page: Page) -> list[tuple[str, list[str]]]:
        page.evaluate(source)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
        return [(rule["id"], [str(node["target"]) for node in rule["nodes"]]) for rule in found["violations"]]

    return look
