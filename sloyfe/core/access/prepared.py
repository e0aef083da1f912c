"""A subquery of a rule that is always of the same shape: Django writes its SQL once, and only values change.

To write the SQL of a rule with several circles takes Django longer than the database needs to answer. What
differs from viewer to viewer stands as `Later("name")` in the queryset, the row asked about as `OUTER`.
The guard has its say where it always has, when the SQL is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Q

_HERE = "\0"  # no SQL has it


class Awaited(NamedTuple):
    """A parameter that is not known yet, and how the database takes it."""

    name: str
    put: Callable[[Any], Any]


class Later(models.Expression):
    """A value of this name, given when the question is asked."""

    def __init__(self, name: str, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        def put(value: Any) -> Any:
            return self.output_field.get_db_prep_value(value, connection)

        return "%s", [Awaited(self.name, put)]


class _Outer(models.Expression):
    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return _HERE, []


OUTER = _Outer(output_field=models.BigIntegerField())
"""The key of the row that is asked about, or what `exists` names of it."""


class Prepared:
    """`Prepared(build).exists(day=…)`: rows for which the queryset that `build` makes has something."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def exists(self, key: str = "pk", /, **values: Any) -> Q:
        return Q(_Exists(self, F(key), values))

    def written(self, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor not in self._written:
            query = self._build().query.exists()
            sql, params = query.get_compiler(connection=connection).as_sql()
            self._written[connection.vendor] = f"EXISTS({sql})", params
        return self._written[connection.vendor]


class _Exists(models.Expression):
    output_field = models.BooleanField()

    def __init__(self, prepared: Prepared, row: Any, values: Mapping[str, Any]) -> None:
        super().__init__()
        self.prepared, self.row, self.values = prepared, row, values

    def get_source_expressions(self) -> list[Any]:
        return [self.row]

    def set_source_expressions(self, exprs: Any) -> None:
        (self.row,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        sql, params = self.prepared.written(connection)
        row, _none = compiler.compile(self.row)
        values = self.values
        return sql.replace(_HERE, row), [p.put(values[p.name]) if isinstance(p, Awaited) else p for p in params]
