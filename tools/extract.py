"""Find the texts that the sources ask to have translated, without xgettext.

Python is read by `ast`; templates are first turned into gettext calls by Django's own `templatize`.
A text counts when it stands as a constant in a gettext call, or is given as `message` or `remedy`: problems
carry their message ids and are translated where they are shown. Variables are somebody else's constants.
Two data files hold sentences that pages show: what a capability allows, and what a number decides (`SENTENCES`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.utils.translation.template import templatize


class Key(NamedTuple):
    """What gettext looks a text up by. The plural is a part of the text, not of the key."""

    id: str
    context: str = ""


@dataclass(frozen=True)
class Use:
    key: Key
    plural: str
    where: str


class NotATextError(Exception):
    """A gettext call around something that is put together before it can be looked up."""


# function name -> which positional argument is the context, the id and the plural
CALLS: dict[str, dict[str, int]] = {
    name + lazy: places
    for name, places in {
        "gettext": {"id": 0},
        "ngettext": {"id": 0, "plural": 1},
        "pgettext": {"context": 0, "id": 1},
        "npgettext": {"context": 0, "id": 1, "plural": 2},
    }.items()
    for lazy in ("", "_lazy")
} | {"gettext_noop": {"id": 0}, "_": {"id": 0}}
CARRIES_IDS = ("message", "remedy")
PROBLEM = {2: "message", 3: "remedy"}

TEXT = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*{TEXT}(?:\s*,\s*{TEXT})?(?:\s*,\s*{TEXT})?")


def _about_numbers(numbers: dict[str, Any]) -> Iterator[str]:
    for number in numbers.values():
        yield from (number["about"], number["unit"])
        yield from (value["source"] for value in number["values"].values())


SENTENCES: dict[str, Callable[[dict[str, Any]], Iterable[str]]] = {
    "core/access/access.yaml": lambda file: file["capabilities"].values(),
    "core/policy/parameters.yaml": _about_numbers,
}


def uses_in(root: Path) -> Iterator[Use]:
    """Every translatable text below `root`, tests and migrations left out."""
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        parts = path.relative_to(root).parts
        if {"tests", "migrations", "vendor", "locale"} & set(parts):
            continue
        source = path.read_text("utf-8")
        if path.suffix == ".py":
            yield from python_uses(source, str(path.relative_to(root.parent)))
        elif "templates" in parts:
            yield from template_uses(source, str(path.relative_to(root.parent)))
    yield from _data_uses(root)


def _data_uses(root: Path) -> Iterator[Use]:
    for name, sentences in SENTENCES.items():
        if (path := root / name).exists():
            loaded = yaml.safe_load(path.read_text("utf-8"))
            for text in sentences(loaded):
                yield Use(Key(text), "", f"{root.name}/{name}")


def template_uses(source: str, name: str) -> Iterator[Use]:
    for match in TEMPLATE_CALL.finditer(templatize(source, name)):
        texts = [ast.literal_eval(text) for text in match.groups()[1:] if text]
        yield _use(match[1], texts, name)


def python_uses(source: str, name: str) -> Iterator[Use]:
    tree = ast.parse(source, name)
    known = _imported_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = _name(node.func)
            where = f"{name}:{node.lineno}"
            if (function := known.get(called, called)) in CALLS:
                texts = [_text(argument, where) for argument in node.args]
                if texts and texts[0] is not None:
                    yield _use(function, texts, where)
            else:
                yield from _carried(node, called, where)


def _imported_names(tree: ast.AST) -> dict[str, str]:
    """`from django.utils.translation import gettext_lazy as _l` makes `_l` a gettext call."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }


def _name(function: ast.expr) -> str:
    """`gettext` for `gettext(…)` and `translation.gettext(…)` alike."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _text(argument: ast.expr, where: str) -> str | None:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    if isinstance(argument, ast.JoinedStr | ast.BinOp):
        raise NotATextError(f"{where}: a text to translate must be one constant; give it named placeholders")
    return None


def _carried(node: ast.Call, called: str, where: str) -> Iterator[Use]:
    given = [keyword.value for keyword in node.keywords if keyword.arg in CARRIES_IDS]
    if called == "Problem":
        given += [node.args[place] for place in PROBLEM if place < len(node.args)]
    for value in given:
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
            yield Use(Key(value.value), "", where)


def _use(function: str, texts: list[str | None], where: str) -> Use:
    places = CALLS[function]
    told = {part: texts[place] or "" for part, place in places.items() if place < len(texts)}
    return Use(Key(told["id"], told.get("context", "")), told.get("plural", ""), where)
