"""Dated parameters from `parameters.yaml`: what holds on a day, who decided it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("parameters.yaml")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value from one day on. `about` is an English message id; `source` says who decided it."""

    name: str
    about: str
    unit: str
    value: int
    valid_from: date
    source: str


def parameter(name: str, day: date) -> Parameter:
    """The value that holds on a day. KeyError for an unknown name, or a day before the first value."""
    held = [p for p in _history()[name] if p.valid_from <= day]
    if not held:
        raise KeyError(f"{name} has no value on {day}")
    return held[-1]


def number(name: str, day: date) -> int:
    return parameter(name, day).value


def all_parameters(day: date) -> list[Parameter]:
    return [parameter(name, day) for name in _history()]


@cache
def _history() -> dict[str, list[Parameter]]:
    with FILE.open(encoding="utf-8") as stream:
        loaded = yaml.safe_load(stream)
    return {name: _versions(name, entry) for name, entry in loaded.items()}


def _versions(name: str, entry: dict[str, object]) -> list[Parameter]:
    values = entry["values"]
    assert isinstance(values, dict)
    return [
        Parameter(name, str(entry["about"]), str(entry["unit"]), step["value"], day, step["source"])
        for day, step in sorted(values.items())
    ]
