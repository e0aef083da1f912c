"""Bad input on every form of the house: a sentence and nothing changed, never a page that breaks.

The forms are read from the pages, so a new one is tried as soon as it stands on a page of `bad_input/world.py`; a
route that takes POST and whose form stands on none of them fails the test. The default run sends each field its
share of the values, in turns; `BAD_INPUT=whole` sends every field every value, which takes some minutes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.contrib.messages import ERROR
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.test import Client

from tests.bad_input import values, world
from tests.bad_input.forms import Form, by_hand, forms_on
from tests.routes import routes

WHOLE = os.environ.get("BAD_INPUT") == "whole"
# A file must be given, the demo's own people must be there, or the rows of the world stand in the way.
REFUSED = {
    *("my-hours-calendar", "office-roster", "catalogue-import", "import", "completions", "demo-step-in"),
    *("unit-close", "unit-pass-on", "change-correct"),
}
WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
LOGS = ("django_session", "audit_look", "axes_")
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]|\\\\u00(?:0[0-8bcef]|1)|\\\\u202e")
Sent = Mapping[str, Any]


class House:
    """The world, a client for each role, and what each request writes. Every request is taken back afterwards."""

    def __init__(self, cast, as_role) -> None:
        self.rows = world.build(cast)
        self.clients: dict[str, Client] = {role: as_role(role) for role in world.PAGES}
        self.forms = list(self._read())
        self.written: list[tuple[str, Any]] = []
        self.before = self._dump()

    def _read(self) -> Iterator[Form]:
        seen = set()
        for role, pages in world.PAGES.items():
            for page in pages:
                url = page.format(**self.rows)
                answer = self.clients[role].get(url)
                assert answer.status_code == 200, (role, url, answer.status_code)
                for form in forms_on(answer.content.decode(), role, url):
                    key = (form.route, form.method, tuple(form.fields))
                    if key not in seen:
                        seen.add(key)
                        yield form
        for role, url, back, names in world.BY_HAND:
            yield by_hand(role, url.format(**self.rows), back.format(**self.rows), *names)

    def post(self, role: str, url: str) -> int:
        """The status alone, of an empty form."""
        client = self.clients[role]
        cookies = client.cookies.copy()
        before = transaction.savepoint()
        status = client.post(url).status_code
        transaction.savepoint_rollback(before)
        client.cookies = cookies
        return status

    def send(self, form: Form, sent: Sent) -> Outcome:
        client, self.written = self.clients[form.role], []
        cookies = client.cookies.copy()
        before = transaction.savepoint()
        try:
            with connections["default"].execute_wrapper(self._note):
                answer = getattr(client, form.method)(form.action, sent)
            changed = self._changed() if refused(answer) else []
            follow = client.get(form.page).content.decode() if values.PROBE in str(sent) else ""
        finally:
            transaction.savepoint_rollback(before)
            client.cookies = cookies
        return Outcome(answer, changed, self.written, follow)

    def _note(self, execute, sql, params, many, context):
        found = WRITES.match(sql)
        if found and not found[1].startswith(LOGS):
            self.written.append((found[1], params))
        return execute(sql, params, many, context)

    def _changed(self) -> list[str]:
        return [table for table in {table for table, _ in self.written} if self._rows(table) != self.before[table]]

    def _dump(self) -> dict[str, list[Any]]:
        return {table: self._rows(table) for table in connections["default"].introspection.table_names()}

    def _rows(self, table: str) -> list[Any]:
        with connections["default"].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            return sorted(map(repr, cursor.fetchall()))


class Outcome:
    """What came of one request, as complaints."""

    def __init__(self, answer, changed, written, follow) -> None:
        self.status, self.changed = answer.status_code, changed
        self.accepted = not refused(answer)
        self.html = "" if answer.streaming else answer.content.decode(errors="replace")
        self.pages = self.html + follow
        self.stored = " ".join(repr(params) if params else "" for _table, params in written)
        self.params = [str(each) for _table, params in written for each in _flat(params)]

    def complaints(self) -> Iterator[str]:
        if self.status >= 500:
            yield f"answered {self.status}"
        if self.changed:
            yield f"refused, and yet changed {self.changed}"
        if values.PROBE in self.pages:
            yield "comes out as it was sent, not escaped"
        if self.accepted and any(UNSEEN.search(each) for each in self.params):
            yield "stored signs that nobody can see"
        if self.status == 422 and "ds-validation-message" not in self.html and "ds-alert" not in self.html:
            yield "refused without a sentence"


def _flat(params: Any) -> Iterator[Any]:
    for each in params or ():
        yield from _flat(each) if isinstance(each, list | tuple) else (each,)


def refused(answer) -> bool:
    queued = getattr(getattr(answer.wsgi_request, "_messages", None), "_queued_messages", [])
    return answer.status_code >= 400 or any(message.level >= ERROR for message in queued)


@pytest.fixture
def house(cast, as_role, settings, tmp_path) -> House:
    settings.MEDIA_ROOT = tmp_path
    return House(cast, as_role)


def tries(form: Form, start: int) -> Iterator[tuple[str, Sent]]:
    """Strange text in every field; every field bad at once, some times over; and each field bad by itself."""
    meant = values.meant(form)
    fields = list(form.fields.values())
    texts = [each.name for each in fields if each.is_text]
    if texts and form.method == "post":
        yield "strange words", {**meant, **dict.fromkeys(texts, values.STRANGE)}
        yield "an identity number", {**meant, **dict.fromkeys(texts, f"Kari {values.identity_number()}")}
    yield "nothing", {}
    days = [each.name for each in fields if each.kind == "date"]
    for pair in values.PAIRS if days and form.method == "post" else ():
        yield f"days {pair}", {**meant, **dict(zip(days, pair * len(days), strict=False))}
    bad = {each.name: values.hostile_to(each) for each in fields if each.kind != "file"}
    rounds = max(map(len, bad.values()), default=0)
    for turn in range(rounds if WHOLE else min(rounds, 1)):
        yield "all bad", {name: each[(start + turn) % len(each)] for name, each in bad.items()}
    for place, (name, each) in enumerate(bad.items()):
        for turn in range(len(each) if WHOLE else (start + place) % 2):
            value = each[(start + place + turn) % len(each)]
            yield f"{name}={value[:30]!r}", {**meant, name: value}
        if WHOLE:
            yield f"{name} twice", {**meant, name: [*meant.get(name, []), *each[:2]]}
    for name in [each.name for each in fields if each.kind == "file"]:
        for called, data in values.files().items():
            yield f"file {called}", {**meant, name: SimpleUploadedFile(called, data)}


def test_every_form_answers_bad_input_with_a_sentence_and_changes_nothing(house):
    number, wrong = values.identity_number(), []
    for start, form in enumerate(house.forms):
        for what, sent in tries(form, start):
            try:
                outcome = house.send(form, sent)
            except Exception as error:  # the client raises what would have been a page 500
                wrong.append((form.route, form.role, what, repr(error)[:200]))
                continue
            wrong += [(form.route, form.role, what, complaint) for complaint in outcome.complaints()]
            if number in outcome.stored:
                wrong.append((form.route, form.role, what, "stored an identity number"))
    assert wrong == [], "\n".join(map(str, wrong))


def test_what_is_meant_is_taken(house):
    """Else the rest of this file would try forms that refuse everything."""
    shown = [form for form in house.forms if form.method == "post"][: -len(world.BY_HAND)]
    taken = {form.route for form in shown if house.send(form, values.meant(form)).accepted}
    assert {form.route for form in shown} - taken <= REFUSED


def test_every_route_that_takes_post_is_tried(house):
    tried = {form.route for form in house.forms if form.method == "post"}
    asked = [route for route in routes() if route.name not in tried]
    roles = ("employee", "leader", "directorate_adviser", "hr_admin")
    takes = [route.name for route in asked if not {house.post(role, route.url) for role in roles} <= {403, 405}]
    assert takes == ["catalogue-new"], "shows the form of another route; give the rest a page in bad_input/world.py"
