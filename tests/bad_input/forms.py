"""The forms that stand on a page, as a browser would read them: where each is sent, and what its fields hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.http import Http404
from django.urls import resolve

TEXT = ("text", "search", "email", "url", "password", "textarea")


@dataclass
class Field:
    """`kind` is the type of the input, «select» or «textarea»; `values` is what a browser would send untouched."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    required: bool = False

    @property
    def is_text(self) -> bool:
        return self.kind in TEXT


@dataclass
class Form:
    role: str
    page: str
    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def route(self) -> str:
        return resolve(urlsplit(self.action).path).url_name or ""

    def untouched(self) -> dict[str, list[str]]:
        return {each.name: each.values for each in self.fields.values() if each.kind != "file" and each.values}


class Reader(HTMLParser):
    def __init__(self, role: str, page: str) -> None:
        super().__init__()
        self.role, self.page, self.found = role, page, []
        self._form: Form | None = None
        self._select: Field | None = None
        self._area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = told.get("action") or self.page
            self._form = Form(self.role, self.page, action, told.get("method", "get").lower())
            self.found.append(self._form)
        elif self._form and tag == "option" and self._select:
            self._option(told)
        elif self._form and told.get("name") and tag in ("input", "select", "textarea", "button"):
            self._control(tag, told)

    def _option(self, told: dict[str, str]) -> None:
        value = told.get("value", "")
        self._select.options.append(value)
        if "selected" in told or not self._select.values:
            self._select.values = [value]

    def _control(self, tag: str, told: dict[str, str]) -> None:
        if told["name"] == "csrfmiddlewaretoken":  # the test client is not asked for it
            return
        kind = told.get("type", "text").lower() if tag == "input" else tag
        one = self._form.fields.setdefault(told["name"], Field(told["name"], kind, required="required" in told))
        if kind in ("checkbox", "radio"):
            one.options.append(told.get("value", "on"))
            if "checked" in told:
                one.values.append(told.get("value", "on"))
        elif tag == "select":
            self._select = one
        elif tag == "textarea":
            self._area = one
        elif kind != "file":
            one.values.append(told.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area.values = ["".join(self._area.values) + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area:
            self._area.values = [value.removeprefix("\n") for value in self._area.values]
            self._area = None


def by_hand(role: str, url: str, back: str, *names: str) -> Form:
    """A form whose page only shows it when more has happened."""
    return Form(role, back, url, "post", {name: Field(name, "text") for name in names})


def forms_on(html: str, role: str, page: str) -> list[Form]:
    reader = Reader(role, page)
    reader.feed(html)
    return [form for form in reader.found if _is_ours(form)]


def _is_ours(form: Form) -> bool:
    try:
        return bool(form.route)
    except Http404:
        return False
