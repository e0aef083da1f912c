"""What no template in the house may do. `tools.house` knows the rest of the rules; this also reads ours."""

import re
from pathlib import Path

import pytest

from tools import house

HOUSE = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
PARTS = sorted((HOUSE / "core/ui/templates/ui").glob("_*.html"))

FORBIDDEN = {
    "a script in an attribute": re.compile(r"\bhx-on\b|javascript:|\bhx-vals=[\"']js:"),
    "a trigger filter, which our content policy drops without a word": re.compile(r"hx-trigger=\"[^\"]*\["),
    "a key that gets a thousand separator": re.compile(
        r"\b(?:value|href|action|data-[\w-]+)=\"[^\"<>]*\{\{ [\w.]*\b(?:pk|id) \}\}"
    ),
}


def test_there_is_something_to_read():
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_inline_style_or_script(path):
    assert list(house.file_faults(path.name, path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p style="color:red">', "style"),
        ("<style>p{}</style>", "style"),
        ("<script>alert()</script>", "script"),
        ('<b onclick="x()">', "script"),
    ],
)
def test_the_reader_finds_what_it_looks_for(text, what):
    assert any(what in fault for fault in house.file_faults("x.html", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_nothing_that_the_page_cannot_keep(path):
    text = path.read_text("utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        '<b hx-on:click="x()">',
        '<a href="javascript:x()">',
        "<b hx-vals='js:{}'>",
        """<b data-hx-trigger="keyup[key=='Enter']">""",
        '<option value="{{ person.pk }}">',
        '<a href="/x/?unit={{ unit.id }}">',
    ],
)
def test_the_page_is_kept_from_it(text):
    assert any(pattern.search(text) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize("part", PARTS, ids=lambda path: path.name)
def test_every_part_is_used(part):
    sources = [*TEMPLATES, *(HOUSE / "core").rglob("*.py")]
    assert any(f"ui/{part.name}" in path.read_text("utf-8") for path in sources if "tests" not in path.parts)
