"""What the catalogue must look up in the organisation: units by number or kind, roles by code.

The tables are met through the keys the catalogue has to them, so that no module is imported for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sloyfe.core.access import GuardedQuerySet
from sloyfe.modules.catalogue.models import Profile


def units() -> GuardedQuerySet:
    return _rows("unit")


def roles() -> GuardedQuerySet:
    return _rows("role")


def unit_kinds() -> dict[str, str]:
    """Codes of the kinds of unit, to what they are called."""
    return dict(_model("unit")._meta.get_field("kind").choices)


def units_numbered(numbers: Iterable[str]) -> dict[str, int]:
    """Units by their official number; a number nobody has is not among them."""
    return dict(units().filter(number__in=list(numbers)).values_list("number", "pk"))


def roles_coded(codes: Iterable[str]) -> dict[str, int]:
    return dict(roles().filter(code__in=list(codes)).values_list("code", "pk"))


def _rows(key: str) -> GuardedQuerySet:
    rows: GuardedQuerySet = _model(key).objects.all()
    return rows


def _model(key: str) -> Any:
    return Profile._meta.get_field(key).related_model
