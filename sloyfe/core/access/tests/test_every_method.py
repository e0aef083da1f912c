"""A walk over every public queryset method, sync and async: each is known, and none leaks."""

from __future__ import annotations

import asyncio
import inspect

import pytest
from django.db.models import Avg, F, QuerySet

from sloyfe.core.access import NoViewer
from tests.guarded.models import Assessment

LAZY_WITHOUT_ROWS = set(
    [
        "as_manager",
        "bulk_create",
        "abulk_create",
        "create",
        "acreate",
        "db",
        "query",
        "ordered",
        "resolve_expression",
        "none",
    ]
)
LAZY = {
    "alias": {"x": F("level")},
    "all": (),
    "annotate": {"x": F("level")},
    "complex_filter": ({},),
    "defer": (),
    "difference": "other",
    "distinct": (),
    "exclude": (),
    "extra": (),
    "filter": (),
    "intersection": "other",
    "only": ("id",),
    "order_by": ("id",),
    "prefetch_related": (),
    "reverse": (),
    "select_for_update": (),
    "select_related": (),
    "union": "other",
    "using": ("default",),
    "values": (),
    "values_list": ("id",),
}
DATES = {"dates", "datetimes"}
TOUCHING = {
    "aggregate": (Avg("level"),),
    "bulk_update": ([Assessment(pk=1)], ["level"]),
    "contains": (Assessment(pk=1),),
    "count": (),
    "delete": (),
    "earliest": ("id",),
    "exists": (),
    "explain": (),
    "first": (),
    "get": (),
    "get_or_create": {"level": 1},
    "in_bulk": ([1],),
    "iterator": (),
    "last": (),
    "latest": ("id",),
    "raw": ("select 1",),
    "update": {"level": 1},
    "update_or_create": {"level": 1},
}


def _call(name, arguments):
    method = getattr(Assessment.objects.all(), name)
    if arguments == "other":
        return method(Assessment.objects.all())
    return method(**arguments) if isinstance(arguments, dict) else method(*arguments)


async def _drain(rows):
    return [row async for row in rows]


def _settle(result):
    if inspect.iscoroutine(result):
        return asyncio.run(result)
    if inspect.isasyncgen(result):
        return asyncio.run(_drain(result))
    return list(result) if inspect.isgenerator(result) else result


def test_every_public_method_is_known():
    public = {name for name in dir(QuerySet) if not name.startswith("_")}
    known = LAZY_WITHOUT_ROWS | set(LAZY) | DATES | set(TOUCHING) | {f"a{name}" for name in TOUCHING}
    assert public - known == set()


@pytest.mark.parametrize("name", [n for base in TOUCHING for n in (base, f"a{base}") if hasattr(QuerySet, n)])
@pytest.mark.django_db(transaction=True)
def test_touching_method_is_refused(name):
    with pytest.raises(NoViewer):
        _settle(_call(name, TOUCHING[name if name in TOUCHING else name[1:]]))


@pytest.mark.parametrize("name", LAZY)
def test_lazy_method_stays_closed(name, db):
    with pytest.raises(NoViewer):
        list(_call(name, LAZY[name]))
