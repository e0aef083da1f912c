"""The yardstick's texts as a caller would hand them to the index, and its questions in three kinds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from sloyfe.core.search.grams import ALTERNATIVE, LABEL, Field
from sloyfe.core.search.tests.typing_errors import misspell

KIND = "yardstick"
ENTRIES = yaml.safe_load(Path(__file__).with_name("yardstick.yaml").read_text("utf-8"))
SEED = 7


def documents() -> list[tuple[str, list[Field]]]:
    return [(entry["key"], list(_fields(entry))) for entry in ENTRIES]


def _fields(entry: dict) -> Iterator[Field]:
    yield Field(entry["label"], LABEL)
    yield from (Field(text, ALTERNATIVE) for text in entry["also"])
    yield Field(entry["text"])


def questions(sort: str) -> list[tuple[str, str]]:
    """Question and the key of the text it is about: «nb», «nn», or both of them «misspelled»."""
    if sort != "misspelled":
        return [(entry[sort], entry["key"]) for entry in ENTRIES]
    rng = np.random.default_rng(SEED)
    return [(misspell(entry[form], rng), entry["key"]) for entry in ENTRIES for form in ("nb", "nn")]
