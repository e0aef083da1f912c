"""House rules that no other tool knows. Each says what to write instead.

Django's own tags are blanked out before a template is read, so that what they print is not judged.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.ready import ROOT

LONGEST_FILE = 400
SUFFIXES = {".py", ".html", ".css", ".js"}
NOT_OURS = {"vendor", "migrations", "__pycache__", "locale"}


@dataclass(frozen=True)
class Rule:
    pattern: re.Pattern[str]
    instead: str
    except_in: str = ""

    def faults(self, name: str, text: str) -> Iterator[str]:
        if self.except_in and self.except_in in name:
            return
        for match in self.pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{name}:{line}: «{match[0].strip()}»: {self.instead}"


IN_PYTHON = (
    Rule(re.compile(r"\b_base_manager\b"), "use .objects, which asks who is looking", "core/access/"),
    Rule(re.compile(r"\bmark_safe\("), "build it with format_html, which escapes"),
)
IN_TEMPLATES = (Rule(re.compile(r"\|\s*safe\b"), "let the template escape, or hand it format_html"),)
IN_MARKUP = (
    Rule(re.compile(r"<style\b"), "put the rule in a stylesheet; the content policy refuses it here"),
    Rule(re.compile(r"\sstyle\s*="), "give it a class; the content policy refuses inline style"),
    Rule(re.compile(r"<script(?![^>]*\ssrc=)"), "put the script in a file; the content policy refuses it"),
    Rule(re.compile(r"\son[a-z]+\s*="), "listen in a script file; the content policy refuses it here"),
    Rule(re.compile(r"""(?:\bsrc|<link[^>]*href)=["'](?:https?:)?//"""), "serve the file ourselves"),
)
TAGS = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)


def faults(root: Path) -> Iterator[str]:
    for path in sorted(root.rglob("*")):
        if path.suffix in SUFFIXES and not NOT_OURS & set(path.relative_to(root).parts):
            yield from file_faults(path.relative_to(root.parent).as_posix(), path.read_text("utf-8"))


def file_faults(name: str, text: str) -> Iterator[str]:
    lines = text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{name}: {lines} lines; split it by noun, {LONGEST_FILE} is the most"
    if name.endswith(".py"):
        checks = [(rule, text) for rule in IN_PYTHON]
    elif name.endswith(".html"):
        markup = TAGS.sub(_blank, text)
        checks = [(rule, text) for rule in IN_TEMPLATES] + [(rule, markup) for rule in IN_MARKUP]
    else:
        checks = []
    for rule, readable in checks:
        yield from rule.faults(name, readable)


def _blank(tag: re.Match[str]) -> str:
    """As many characters and lines, so that places stay true."""
    return re.sub(r"\S", " ", tag[0])


if __name__ == "__main__":
    found = list(faults(ROOT / "sloyfe"))
    if found:
        sys.exit("\n".join([*found, f"{len(found)} house rules broken"]))
