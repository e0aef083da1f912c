"""The base of every table: it must say who may see its rows, or the system will not start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models, router

from sloyfe.core.access.guard import Guarded, NoViewer, integrity_check
from sloyfe.core.access.rules import Rule


class Record(models.Model):
    """A guarded table. Set `access` to a rule; even `Public()` must be written.

    A table that points at persons also says in `told`, for people to read, what it holds of them and until when.
    """

    access: ClassVar[Rule]
    told: ClassVar[object] = ""
    objects = Guarded()

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        rule = vars(cls).get("access")
        if isinstance(rule, Rule):
            rule.bind(cls)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            raise NoViewer(f"{type(self).__name__}: a row is read before it is read again")
        super().refresh_from_db(*args, **kwargs)

    def _perform_unique_checks(self, unique_checks: Any) -> Any:
        with integrity_check():
            return super()._perform_unique_checks(unique_checks)  # type: ignore[misc]

    def validate_constraints(self, exclude: Any = None) -> None:
        with integrity_check():
            self._state.checks_hold = self._checks_hold(exclude)  # type: ignore[attr-defined]
            super().validate_constraints(exclude)

    def get_constraints(self) -> list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]:
        """Without those that have been asked about together and hold, which leaves one question for most rows."""
        found = super().get_constraints()
        if not getattr(self._state, "checks_hold", False):
            return found
        return [(model, [one for one in own if not isinstance(one, models.CheckConstraint)]) for model, own in found]

    def _checks_hold(self, exclude: Any) -> bool:
        """Whether all check constraints hold. False says nothing: then each is asked for its own words."""
        conditions = [one.condition for one in self._meta.constraints if isinstance(one, models.CheckConstraint)]
        together = models.Q(*conditions)
        try:
            values = self._get_field_expression_map(meta=self._meta, exclude=exclude)  # type: ignore[attr-defined]
            return not conditions or together.check(values, using=router.db_for_write(type(self), instance=self))
        except FieldError:  # a field that is left out of the form
            return False

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if not isinstance(getattr(cls, "access", None), Rule):
            hint = "set `access` to a rule from sloyfe.core.access"
            return [*found, checks.Error("say who may see these rows", hint=hint, obj=cls, id="access.E001")]
        return [*found, *_undecided_keys(cls)]


def _undecided_keys(cls: type[Record]) -> list[checks.CheckMessage]:
    found: list[checks.CheckMessage] = []
    for key in cls._meta.fields:
        target = key.related_model
        if not (isinstance(target, type) and issubclass(target, Record)) or target.access.public:
            continue
        if cls.access.public and key.name not in cls.access.hides:
            hint = "a public row may only hide what it points to: name the key in `hides`"
        elif key.name in cls.access.covers | cls.access.hides:
            continue
        else:
            hint = "name the key in `covers` (yes) or `hides` (no)"
        found.append(
            checks.Error(
                f"may whoever sees this row also see the {target.__name__} it points to?",
                hint=hint,
                obj=key,
                id="access.E002",
            )
        )
    return found


class Dated(models.Model):
    """A row that holds for a period: from `valid_from`, until the day before `valid_to` (empty: still)."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
            ),
        )

    def holds_on(self, day: Any) -> bool:
        return bool(self.valid_from <= day and (self.valid_to is None or day < self.valid_to))
