"""Each house rule has something it refuses and something it lets be."""

from __future__ import annotations

import pytest

from tools.house import LONGEST_FILE, file_faults

REFUSED = [
    ("sloyfe/x.py", "Person._base_manager.all()"),
    ("sloyfe/x.py", "mark_safe(text)"),
    ("sloyfe/x.html", "<p>{{ text|safe }}</p>"),
    ("sloyfe/x.html", "<style>p {}</style>"),
    ("sloyfe/x.html", '<p\n style="color: red">'),
    ("sloyfe/x.html", "<script>go()</script>"),
    ("sloyfe/x.html", '<button onclick="go()">'),
    ("sloyfe/x.html", '<img src="https://example.org/x.png">'),
    ("sloyfe/x.html", '<link rel="stylesheet" href="//example.org/x.css">'),
    ("sloyfe/x.py", "\n" * (LONGEST_FILE + 1)),
    ("sloyfe/x.css", "\n" * (LONGEST_FILE + 1)),
]
LET_BE = [
    ("sloyfe/core/access/x.py", "model._base_manager.all()"),
    ("sloyfe/x.html", '<a href="https://example.org/">ut</a>'),
    ("sloyfe/x.html", "<script src=\"{% static 'app.js' %}\"></script>"),
    ("sloyfe/x.html", '{% with style="x" once="y" %}{{ a.style }}{# style= #}{% endwith %}'),
    ("sloyfe/x.html", "<p>a safe place | safely kept</p>"),
    ("sloyfe/x.py", "\n" * LONGEST_FILE),
]


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_refused(name: str, text: str) -> None:
    assert len(list(file_faults(name, text))) == 1


@pytest.mark.parametrize(("name", "text"), LET_BE)
def test_let_be(name: str, text: str) -> None:
    assert list(file_faults(name, text)) == []


def test_a_fault_says_the_line() -> None:
    (fault,) = file_faults("sloyfe/x.html", "{% if\n x %}\n<style>")
    assert fault.startswith("sloyfe/x.html:3: ")
