"""Which function does which kind of job. Modules register theirs in `jobs.py`, found when Django starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from sloyfe.core.jobs.context import Context

Handler = Callable[[Context], None]
UNNAMED = gettext_lazy("Work in progress")


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of job is done, and what it is called on its page."""

    handler: Handler
    title: str | Promise


_kinds: dict[str, Kind] = {}


def job(kind: str, *, title: str | Promise = UNNAMED) -> Callable[[Handler], Handler]:
    """Register a handler. It ends by `context.finish(result)`, in the transaction that stores its answer."""

    def register(handler: Handler) -> Handler:
        if kind in _kinds:
            raise ValueError(f"two handlers for jobs of the kind «{kind}»")
        _kinds[kind] = Kind(handler, title)
        return handler

    return register


def kind_of(name: str) -> Kind:
    """KeyError when no module does this kind of job."""
    return _kinds[name]
