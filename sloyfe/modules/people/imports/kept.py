"""A delivery as JSON and back: what is kept of an upload once it has been read.

The file itself goes as soon as it is read, since it may hold fields that we must not have. A delivery never
does.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.modules.people.formats.neutral import (
    AffiliationRow,
    Delivery,
    LeaderRow,
    Line,
    LineRow,
    PersonRow,
    Question,
    RoleRow,
    SuccessionRow,
    UnitKind,
    UnitRow,
)

ROWS: dict[str, type[Any]] = {
    "units": UnitRow,
    "lines": LineRow,
    "successions": SuccessionRow,
    "people": PersonRow,
    "affiliations": AffiliationRow,
    "leaders": LeaderRow,
    "roles": RoleRow,
    "questions": Question,
}
READ: dict[str, Callable[[Any], Any]] = {
    "place": lambda raw: Place(**raw),
    "valid_from": date.fromisoformat,
    "valid_to": date.fromisoformat,
    "day": date.fromisoformat,
    "percentage": Decimal,
    "weight": Decimal,
    "hours_week": Decimal,
    "kind": UnitKind,
    "line": Line,
    "other_numbers": tuple,
}


def to_json(delivery: Delivery) -> str:
    parts: dict[str, Any] = {}
    for each in fields(delivery):
        value = getattr(delivery, each.name)
        parts[each.name] = [asdict(row) for row in value] if each.name in ROWS else value
    parts["problems"] = [_problem(problem) for problem in delivery.problems]
    parts["counts"], parts["dropped_fields"] = dict(delivery.counts), dict(delivery.dropped_fields)
    return json.dumps(parts, ensure_ascii=False, default=str)


def from_json(text: str) -> Delivery:
    """The delivery `to_json` wrote."""
    parts = json.loads(text)
    for name, row in ROWS.items():
        parts[name] = tuple(row(**_read(raw)) for raw in parts[name])
    parts["formats"] = tuple(parts["formats"])
    parts["problems"] = tuple(
        Problem(**raw | {"place": Place(**raw["place"]), "weight": Weight(raw["weight"])}) for raw in parts["problems"]
    )
    return Delivery(**parts)


def _problem(problem: Problem) -> dict[str, Any]:
    return {each.name: getattr(problem, each.name) for each in fields(problem)} | {
        "place": asdict(problem.place),
        "params": dict(problem.params),
    }


def _read(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: READ[name](value) if name in READ and value is not None else value for name, value in raw.items()}
