"""Whom the log is about reads it in words: each page that is looked at, each thing that was done about somebody."""

from __future__ import annotations

import re
from pathlib import Path

from sloyfe.core.audit.words import PAGES, VERBS

CODE = Path(__file__).parents[3]


def found(pattern: str) -> set[str]:
    files = (file for file in CODE.rglob("*.py") if "tests" not in file.parts and "migrations" not in file.parts)
    return {name for file in files for name in re.findall(pattern, file.read_text("utf-8"))}


def test_each_page_that_is_looked_at_has_words():
    assert found(r'(?:write_looks|open_one)\([^)]*page="([a-z-]+)"') <= set(PAGES) != set()


def test_each_thing_done_about_somebody_has_words():
    told = found(r'record\(\s*[\w.]+,\s*"([a-z_.]+)"[^\n]*subject_id=')
    assert told and told <= set(VERBS), told - set(VERBS)
