"""What people wrote for the demo, read from `content/*.yaml` once. Data only: nothing is drawn here."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("content")


@cache
def content(name: str) -> dict[str, Any]:
    """One content file as it stands: catalogue, roles, profiles, names, landscape, positions, texts, cast."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as stream:
        loaded: dict[str, Any] = yaml.load(stream, loader)  # safe, and the fast one where it is built
    return loaded


def words(entry: dict[str, str], language: str) -> str:
    """The text in this language; bokmål where it is missing, and Northern Sámi readers get bokmål."""
    return entry.get(language) or entry.get("nb") or entry["nn"]
