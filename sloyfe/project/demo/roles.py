"""The demo people one can step in as, with a sentence on what is worth trying."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language

from sloyfe.project.demo.content import content


@dataclass(frozen=True, slots=True)
class DemoRole:
    username: str
    name: str
    title: str
    what: str


def demo_roles() -> list[DemoRole]:
    language = (get_language() or "nb")[:2]
    return [DemoRole(m["username"], m["name"], m["title"][language], m["what"][language]) for m in _cast()]


@cache
def _cast() -> list[dict[str, Any]]:
    return list(content("cast")["cast"])
