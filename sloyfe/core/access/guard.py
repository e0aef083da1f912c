"""The Row gate: a guarded table is closed until somebody says who is looking.

    Affiliation.objects.all()                            cannot reach the database
    Affiliation.objects.for_viewer(viewer, "person.view") the rows this viewer may see
    Affiliation.objects.for_system("nightly purge")       every row, and the reason can be searched for

One choke point instead of a list of methods: every SELECT, subquery and union arm asks its query for a
compiler. Ours refuses until the query is cleared, and when the joins are set up it allows a join into a
guarded table only along forward keys the model has declared in `covers`.
Outside its reach: `_base_manager` (banned by lint), raw SQL (one file owns it).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import sql
from django.db.models.fields.related_descriptors import ReverseOneToOneDescriptor
from django.db.models.signals import class_prepared
from django.db.models.sql.compiler import SQLCompiler
from django.dispatch import receiver

from sloyfe.core.access.roles import changing

if TYPE_CHECKING:
    from sloyfe.core.access.rules import Rule
    from sloyfe.core.access.viewer import Viewer

_integrity: ContextVar[bool] = ContextVar("integrity", default=False)


class NoViewer(RuntimeError):
    """A query was about to run without anyone having said who is looking."""


@dataclass(frozen=True, slots=True)
class System:
    """The system itself looks, for a stated reason."""

    reason: str


@contextmanager
def integrity_check() -> Iterator[None]:
    """Uniqueness must be judged against all rows, not only the visible ones."""
    token = _integrity.set(True)
    try:
        yield
    finally:
        _integrity.reset(token)


@cache
def _rule_of(table: str) -> Rule | None:
    model = next((m for m in apps.get_models(include_auto_created=True) if m._meta.db_table == table), None)
    return getattr(model, "access", None)


def _refuse_unless_cleared(query: Any) -> None:
    rule = query.model.access
    if _integrity.get() or query.is_empty() or rule.public or rule.unasked:
        return
    if query.cleared_for is None:
        raise NoViewer(f"{query.model.__name__}: use .for_viewer(viewer) or .for_system(reason)")


def _refuse_to_change(query: Any) -> None:
    """Rows opened for reading are read: what is changed in a batch has been opened with the right to change it."""
    cleared_to_read = query.cleared_for is not None and not isinstance(query.cleared_for, System)
    if cleared_to_read and not query.may_change and not _integrity.get():
        raise NoViewer(f"{query.model.__name__}: opened for reading; open it with a capability that may change it")


def _path(query: Any, alias: str) -> str | None:
    """`person__unit` for a chain of forward keys from the base row; None if any hop goes back."""
    names: list[str] = []
    while (join := query.alias_map[alias]).parent_alias:
        join_field: Any = getattr(join, "join_field", None)
        forward = getattr(join_field, "many_to_one", False) or getattr(join_field, "one_to_one", False)
        if not forward or not join_field.concrete:
            return None
        names.append(join_field.name)
        alias = join.parent_alias
    return "__".join(reversed(names))


def _refuse_uncovered_joins(query: Any) -> None:
    if _integrity.get() or isinstance(query.cleared_for, System):
        return
    for alias, join in query.alias_map.items():
        rule = _rule_of(join.table_name)
        own_base = join.parent_alias is None and join.table_name == query.model._meta.db_table
        if own_base or not query.alias_refcount[alias] or (rule is not None and rule.public):
            continue  # a table nobody has said anything about is as closed as any
        if _path(query, alias) not in query.model.access.covers:
            raise NoViewer(
                f"{query.model.__name__} reaches {join.table_name} by a path it does not cover: "
                "use a Subquery on that model's own .for_viewer(viewer)"
            )


class GuardedQuery(sql.Query):
    """The choke point itself."""

    cleared_for: Viewer | System | None = None
    may_change = False

    def get_compiler(self, using: Any = None, connection: Any = None, elide_empty: bool = True) -> SQLCompiler:
        _refuse_unless_cleared(self)
        compiler = super().get_compiler(using, connection, elide_empty)
        set_up = compiler.pre_sql_setup

        def pre_sql_setup(*args: Any, **kwargs: Any) -> Any:
            result = set_up(*args, **kwargs)
            _refuse_uncovered_joins(self)  # all joins exist only now
            return result

        compiler.pre_sql_setup = pre_sql_setup  # type: ignore[method-assign]
        return compiler

    def chain(self, klass: Any = None) -> Any:
        if klass is not None:  # it becomes an UPDATE or a DELETE
            _refuse_unless_cleared(self)
            _refuse_to_change(self)
            _refuse_uncovered_joins(self)
        return super().chain(klass)

    def combine(self, rhs: Any, connector: str) -> None:
        if self.cleared_for != rhs.cleared_for:
            raise NoViewer("cannot combine querysets cleared for different viewers")
        self.may_change &= rhs.may_change
        super().combine(rhs, connector)


class GuardedQuerySet(models.QuerySet[Any]):
    """A queryset that must be opened for a viewer or for the system before it reaches the database."""

    query: GuardedQuery

    def __init__(self, model: Any = None, query: Any = None, using: Any = None, hints: Any = None) -> None:
        super().__init__(model, query or GuardedQuery(model), using, hints)

    def for_viewer(self, viewer: Viewer, capability: str | None = None) -> GuardedQuerySet:
        """Rows the viewer may see, or may use for the named capability (default: the rule's own)."""
        rule = self.model.access
        asked = capability or rule.view
        rows = self.filter(rule.rows(viewer, asked))
        rows.query.cleared_for = viewer
        rows.query.may_change = asked in changing()
        return rows

    def for_system(self, reason: str) -> GuardedQuerySet:
        """All rows. The reason is shown in reviews; it must say what the system does with them."""
        if not reason.strip():
            raise ValueError("for_system needs a reason")
        rows: GuardedQuerySet = self._chain()  # type: ignore[attr-defined]
        rows.query.cleared_for = System(reason)
        return rows

    def on(self, day: Any) -> GuardedQuerySet:
        """Rows that hold on a day: valid_from <= day < valid_to."""
        open_end = models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=day)
        return self.filter(open_end, valid_from__lte=day)

    def delete(self) -> tuple[int, dict[str, int]]:
        _refuse_unless_cleared(self.query)
        _refuse_to_change(self.query)
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _raw_delete(self, using: str | None) -> int:
        _refuse_unless_cleared(self.query)
        _refuse_to_change(self.query)
        return super()._raw_delete(using)  # type: ignore[misc, no-any-return]

    def bulk_create(self, objs: Any, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> Any:
        if update_conflicts:
            _refuse_unless_cleared(self.query)
        return super().bulk_create(objs, *args, update_conflicts=update_conflicts, **kwargs)  # type: ignore[misc]

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise NoViewer("raw SQL lives in sloyfe/core/sql.py and is told there who is looking")

    def extra(self, *args: Any, **kwargs: Any) -> Any:
        raise NoViewer("extra() is raw SQL: it can name any table, and nobody is asked")


Guarded = models.Manager.from_queryset(GuardedQuerySet)


class GuardedOtherEnd(ReverseOneToOneDescriptor):  # type: ignore[type-arg]  # not generic when it runs
    """`person.feed` read from the other end of a one-to-one key: through the guarded manager, not past it."""

    def get_queryset(self, **hints: Any) -> Any:
        return self.related.related_model._default_manager.db_manager(hints=hints).all()


@receiver(class_prepared)
def _guard_other_ends(sender: Any, **_: Any) -> None:
    for key in sender._meta.local_fields:
        if key.one_to_one and hasattr(sender, "access"):
            key.related_accessor_class = GuardedOtherEnd  # used when the other model is known too
