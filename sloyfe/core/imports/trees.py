"""Reads JSON and YAML into plain lists and dictionaries, and skips fields that are declared as identity
numbers.

A dropped field is cut out of the text (JSON) or passed over in the stream (YAML) before any value is made
of it. All other keys and texts are searched for identity numbers. Leaves are text, True, False or None:
numbers stay as they were written. YAML tags do nothing and aliases are refused, so no file can unfold
into a larger one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from sloyfe.core.imports import identity_numbers, texts
from sloyfe.core.imports.limits import LIMITS, Limits, Upload, checked, identity_number_refusal, refusal
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import FileRefused, Place

Leaf = str | bool | None
Tree = dict[str, "Tree"] | list["Tree"] | Leaf

_STRING = r'"(?:[^"\\]|\\.)*+"'
_KEY = re.compile(rf"({_STRING})\s*:\s*", re.DOTALL)
_STRING_OR_KEY_OR_BRACKET = re.compile(rf"{_STRING}(?:\s*:\s*)?|[{{}}\[\]]", re.DOTALL)
_TOKEN = re.compile(rf"{_STRING}|[{{}}\[\]]|[^\s,{{}}\[\]\"]+", re.DOTALL)
_YAML_AT_MOST = 20_000_000


@dataclass(frozen=True, slots=True)
class Read:
    """`root` is what the file holds; `dropped` counts the fields that were skipped, by name."""

    root: Tree
    dropped: Mapping[str, int]


def read_json(upload: Upload, dropped: Collection[str], limits: Limits = LIMITS) -> Read:
    """What a JSON file holds. Raises FileRefused."""
    place = checked(upload, limits)
    text, counted = _without(texts.decoded(place, upload.data), frozenset(dropped), place, limits)
    try:
        root = json.loads(text, parse_int=str, parse_float=str, parse_constant=_no_constants)
    except ValueError as fault:
        raise _broken(place, getattr(fault, "lineno", 0)) from fault
    _search(place, root, limits)
    return Read(root, counted)


def read_yaml(upload: Upload, dropped: Collection[str], limits: Limits = LIMITS) -> Read:
    """What the first document of a YAML file holds. Raises FileRefused."""
    place = checked(upload, limits)
    if len(upload.data) > _YAML_AT_MOST:
        raise refusal(place, _("The YAML file is too large."), _("Export it as JSON instead."))
    builder = _YamlBuilder(place, frozenset(dropped), limits)
    try:
        root = builder.document(texts.decoded(place, upload.data))
    except yaml.MarkedYAMLError as fault:
        raise _broken(place, fault.problem_mark.line + 1 if fault.problem_mark else 0) from fault
    except yaml.YAMLError as fault:
        raise _broken(place, 0) from fault
    _search(place, root, limits)
    return Read(root, dict(builder.dropped))


def _too_deep(place: Place) -> FileRefused:
    return refusal(place, _("The file is nested too deeply."), _("Export it again from the HR system."))


def _no_constants(name: str) -> None:
    raise ValueError(name)


def _broken(place: Place, line: int) -> FileRefused:
    return refusal(
        Place(place.file, "", line),
        _("The file is broken from this line on."),
        _("Export the file again. It may have been cut short on the way."),
    )


def _without(text: str, dropped: frozenset[str], place: Place, limits: Limits) -> tuple[str, dict[str, int]]:
    """The JSON text with every value under a dropped key cut out, and how many there were.

    Raises FileRefused where it is nested too deeply, before anything is made of it.
    """
    counted: Counter[str] = Counter()
    kept: list[str] = []
    position = copied = depth = 0
    while found := _STRING_OR_KEY_OR_BRACKET.search(text, position):
        position, sign = found.end(), text[found.start()]
        depth += (sign in "{[") - (sign in "}]")
        if depth > limits.depth:
            raise _too_deep(place)
        name = _key_name(found.group()) if sign == '"' else ""
        if name in dropped:
            counted[name] += 1
            kept += [text[copied:position], "null"]
            position = copied = _end_of_value(text, position)
    return "".join((*kept, text[copied:])), dict(counted)


def _key_name(written: str) -> str:
    """The name if the string is a key (a colon follows), else nothing."""
    if not (key := _KEY.fullmatch(written)):
        return ""
    if "\\" not in key[1]:
        return key[1][1:-1]
    try:
        return str(json.loads(key[1]))
    except ValueError:
        return ""


def _end_of_value(text: str, start: int) -> int:
    """Where the value that begins at `start` ends; nothing is made of it on the way."""
    depth, position = 0, start
    while found := _TOKEN.search(text, position):
        position = found.end()
        sign = text[found.start()]
        depth += (sign in "{[") - (sign in "}]")
        if depth <= 0:
            break
    return position


class _YamlBuilder:
    """Builds the tree from the stream of events; what is dropped is passed over."""

    def __init__(self, place: Place, dropped: frozenset[str], limits: Limits) -> None:
        self.place, self.to_drop, self.limits = place, dropped, limits
        self.dropped: Counter[str] = Counter()

    def document(self, text: str) -> Tree:
        events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                return self._node(event, events, 0)
        return None

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Tree:
        if depth > self.limits.depth:
            raise _too_deep(self.place)
        if isinstance(event, yaml.AliasEvent):
            raise refusal(
                Place(self.place.file, "", _line(event)),
                _("The file refers to another part of itself, which we do not follow."),
                _("Write the part out in full."),
            )
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, depth)
        return None if event.implicit[0] and event.value in ("", "~", "null") else str(event.value)

    def _list(self, events: Iterator[Any], depth: int) -> Tree:
        items: list[Tree] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._node(event, events, depth + 1))
        return items

    def _mapping(self, events: Iterator[Any], depth: int) -> Tree:
        fields: dict[str, Tree] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = str(self._node(event, events, depth + 1))
            if key in self.to_drop:
                self.dropped[key] += 1
                _pass_over(events)
            else:
                fields[key] = self._node(next(events), events, depth + 1)
        return fields


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _pass_over(events: Iterator[Any]) -> None:
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth <= 0:
            return


def _search(place: Place, root: Tree, limits: Limits) -> None:
    """Raises FileRefused at the first identity number, and where the tree is deeper than it may be."""
    waiting: list[tuple[Place, Tree, int]] = [(place, root, 0)]
    while waiting:
        here, tree, depth = waiting.pop()
        if depth > limits.depth:
            raise _too_deep(here)
        if isinstance(tree, str) and identity_numbers.holds_one(tree):
            raise identity_number_refusal(here)
        if isinstance(tree, dict):
            if any(identity_numbers.holds_one(key) for key in tree):
                raise identity_number_refusal(here)
            waiting += [(_inside(here, key), value, depth + 1) for key, value in reversed(tree.items())]
        elif isinstance(tree, list):
            waiting += [(_numbered(here, i), tree[i - 1], depth + 1) for i in range(len(tree), 0, -1)]


def _inside(here: Place, key: str) -> Place:
    """A key at the top is the sheet, one inside an entry is the column."""
    if not here.sheet and not here.row:
        return Place(here.file, key, here.row, here.column)
    return Place(here.file, here.sheet, here.row, f"{here.column}.{key}".strip("."))


def _numbered(here: Place, number: int) -> Place:
    return here if here.row else Place(here.file, here.sheet, number, here.column)
