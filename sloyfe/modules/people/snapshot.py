"""Today's tree in memory: read from the closure once, used until the closure is rebuilt.

A rebuild writes new rows, so the newest row's number says whether the tree in memory is still the tree. It
is asked once for each request (`one_tree`, a middleware), or for each question where there is no request.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from sloyfe.modules.people.models import Closure, Unit

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Tree:
    """Ids only. `below` and `above` include the unit itself; `above` is (depth, ancestor), nearest first."""

    below: dict[Key, frozenset[int]]
    above: dict[Key, tuple[tuple[int, int], ...]]
    kind: dict[int, str]


_known: dict[int, Tree] = {}
_of_request: ContextVar[list[Tree] | None] = ContextVar("tree of the request", default=None)


def tree() -> Tree:
    held = _of_request.get()
    if held:
        return held[0]
    found = _newest()
    if held is not None:
        held.append(found)
    return found


def forget() -> None:
    """The closure has been rebuilt."""
    _known.clear()
    if held := _of_request.get():
        held.clear()


def one_tree(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the same tree through a whole request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _of_request.set([])
        try:
            return get_response(request)
        finally:
            _of_request.reset(token)

    return middleware


def _newest() -> Tree:
    if transaction.get_connection().in_atomic_block:
        return _read()  # what stands here may yet be rolled back, and its numbers used again
    stamp = Closure.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if stamp not in _known:
        _known.clear()
        _known[stamp] = _read()
    return _known[stamp]


def _read() -> Tree:
    below: dict[Key, set[int]] = defaultdict(set)
    above: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    for bond, ancestor, descendant, depth in Closure.objects.values_list("bond", "ancestor", "descendant", "depth"):
        below[bond, ancestor].add(descendant)
        above[bond, descendant].append((depth, ancestor))
    return Tree(
        {key: frozenset(units) for key, units in below.items()},
        {key: tuple(sorted(units)) for key, units in above.items()},
        dict(Unit.objects.values_list("pk", "kind")),
    )
