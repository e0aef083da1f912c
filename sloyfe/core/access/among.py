"""`unit__among=ids`: «one of these», with all of them in one parameter.

`__in` writes a mark for each value and prepares each by itself; for the units of a county that costs more
than the question. For keys only, and never a subquery: that is what `__in` is for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models

from sloyfe.core.access.prepared import Awaited, Later


class Among(models.Lookup):
    lookup_name = "among"
    prepare_rhs = False
    rhs: Iterable[int] | Later

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return self._one_of(compiler, connection, "IN (SELECT value FROM json_each(%s))", _as_json)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return self._one_of(compiler, connection, "= ANY(%s::bigint[])", _as_array)

    def _one_of(
        self, compiler: Any, connection: Any, words: str, put: Callable[[Iterable[int]], Any]
    ) -> tuple[str, Any]:
        column, values = self.process_lhs(compiler, connection)
        if isinstance(self.rhs, Later):
            return f"{column} {words}", [*values, Awaited(self.rhs.name, put)]
        keys = list(self.rhs)
        if not keys:
            raise EmptyResultSet
        return f"{column} {words}", [*values, put(keys)]


def _as_json(keys: Iterable[int]) -> str:
    return json.dumps(_as_array(keys))


def _as_array(keys: Iterable[int]) -> list[int]:
    return sorted(map(int, keys))


for kind in (models.AutoField, models.BigAutoField, models.ForeignKey):
    kind.register_lookup(Among)
