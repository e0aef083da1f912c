"""What the handbook says is true: every setting, number, engine, command and module, and every link."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SETTINGS_AT_MOST = 12
SETTING = re.compile(r"SLOYFE_[A-Z_]+")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
WRITTEN = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
HEAD = (
    "# The numbers the system decides by",
    "",
    "They stand in `sloyfe/core/policy/parameters.yaml`, each with its day and its source. A new value is a new date;",
    "the old one still answers for the days it held. Whoever may see the set-up reads them on its page, `/setup/`.",
    "",
    "| parameter | what it does | value | from | source |",
    "|---|---|---|---|---|",
)


def text(*parts: str) -> str:
    return ROOT.joinpath(*parts).read_text(encoding="utf-8")


def test_every_setting_is_read_explained_and_in_the_example():
    read = set(re.findall(r'env[\w.]*\(\s*"(SLOYFE_[A-Z_]+)"', text("sloyfe", "project", "settings.py")))
    example = set(re.findall(r"^#?(SLOYFE_[A-Z_]+)=", text(".env.example"), re.MULTILINE))
    table = set(re.findall(r"^\| `(SLOYFE_[A-Z_]+)`", text("docs", "production.md"), re.MULTILINE))
    assert read == example == table
    assert 0 < len(read) <= SETTINGS_AT_MOST


def policies() -> str:
    """The page of the numbers, as it should be."""
    rows = [
        f"| `{name}` | {held['about']} | {value['value']} {held['unit'].strip('()')} | {day} | {value['source']} |"
        for name, held in yaml.safe_load(text("sloyfe", "core", "policy", "parameters.yaml")).items()
        for day, value in held["values"].items()
    ]
    return "\n".join([*HEAD, *rows]) + "\n"


def test_every_number_is_explained_with_its_day_and_source():
    if os.environ.get("POLICIES") == "write":
        (DOCS / "policies.md").write_text(policies(), encoding="utf-8")
    assert policies() == text("docs", "policies.md"), "run POLICIES=write pytest tests/test_docs.py, and read it"


def test_every_engine_has_its_page():
    engines = {folder.name for folder in (ROOT / "sloyfe" / "engines").iterdir() if (folder / "__init__.py").exists()}
    told = {page.stem for page in (DOCS / "algorithms").glob("*.md")}
    assert engines <= told
    assert len(engines) > 1


def test_every_command_that_is_named_is_there():
    there = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    call = re.compile(r"(?:^|`)(?:[A-Z]+=\S+ )?make ([a-z]+)", re.MULTILINE)
    named = {found for page in WRITTEN for found in call.findall(page.read_text(encoding="utf-8"))}
    assert named <= there
    assert {"demo", "test"} <= named


def test_every_module_is_on_the_map():
    modules = {folder.name for folder in (ROOT / "sloyfe" / "modules").iterdir() if (folder / "models.py").exists()}
    modules |= {folder.name for folder in (ROOT / "sloyfe" / "modules").iterdir() if (folder / "models").is_dir()}
    for module in modules:
        assert f"`{module}`" in text("docs", "add-a-page.md"), module
    assert len(modules) > 4


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


def test_one_concept_has_one_name_in_each_language():
    lines = [line for line in text("docs", "glossary.md").splitlines() if line.startswith("| ")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert rows[0] == ["bokmål", "nynorsk", "English"]
    assert all(len(row) == 3 and all(row) for row in rows)
    for language in range(3):
        names = [row[language] for row in rows]
        assert sorted(names) == sorted(set(names))
