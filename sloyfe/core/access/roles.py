"""The access matrix, read from the file people can read: role × capability × scope (`access.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sloyfe.core.access.viewer import Scope

FILE = Path(__file__).with_name("access.yaml")


@dataclass(frozen=True, slots=True)
class Allowed:
    capability: str
    scope: Scope


@cache
def known_capabilities() -> dict[str, str]:
    """Every capability with its sentence: what it lets somebody do (an English message id)."""
    return {name: str(sentence) for name, sentence in _file()["capabilities"].items()}


@cache
def changing() -> frozenset[str]:
    """Capabilities that let rows be changed, not only read."""
    named = frozenset(_file()["changing"])
    if unknown := named - set(known_capabilities()):
        raise ValueError(f"{FILE.name}: «changing» names unknown capabilities: {sorted(unknown)}")
    return named


@cache
def matrix() -> dict[str, tuple[Allowed, ...]]:
    """What each role may do, and how far. Refuses a role that names an unknown capability."""
    known = known_capabilities()
    found: dict[str, tuple[Allowed, ...]] = {}
    for role, rights in _file()["roles"].items():
        unknown = set(rights) - set(known)
        if unknown:
            raise ValueError(f"{FILE.name}: {role} names unknown capabilities: {sorted(unknown)}")
        found[role] = tuple(Allowed(name, Scope(scope)) for name, scope in rights.items())
    return found


@cache
def _file() -> dict[str, Any]:
    with FILE.open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.safe_load(stream)
    return loaded
