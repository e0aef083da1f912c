"""Every sentence the readers can say is there in bokmål and nynorsk, with the same parameters."""

from __future__ import annotations

import string
from pathlib import Path

import yaml

from sloyfe.modules.catalogue.formats import messages

TEXTS = Path(__file__).resolve().parents[4] / "locale" / "parts" / "catalogue_formats.yaml"


def said() -> set[str]:
    named = {value for name, value in vars(messages).items() if name.isupper() and isinstance(value, str)}
    return named | set(messages.REMEDIES.values())


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_each_is_translated_and_nothing_else_is():
    entries = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    assert [entry["id"] for entry in entries] == sorted({entry["id"] for entry in entries}, key=str.casefold)
    assert {entry["id"] for entry in entries} == said()
    for entry in entries:
        assert parameters(entry["nb"]) == parameters(entry["nn"]) == parameters(entry["id"]), entry["id"]


def test_every_remedy_belongs_to_a_message():
    assert set(messages.REMEDIES) <= said()
    assert messages.remedy_of("something else") == ""
