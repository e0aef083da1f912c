"""Words in the reader's language: which label to show when not every language is filled."""

from __future__ import annotations

from typing import Any

FALLBACK = ("nb", "nn", "en")


def in_language(row: Any, stem: str, language: str) -> str:
    """`row.<stem>_<language>`, or the first language that has the text; empty when none has."""
    for code in (language, *FALLBACK):
        if text := getattr(row, f"{stem}_{code}", ""):
            return str(text)
    return ""


def label(row: Any, language: str) -> str:
    return in_language(row, "label", language)
