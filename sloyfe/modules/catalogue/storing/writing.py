"""What every part of storing shares: where it writes, how rows are compared, logged and written in bulk.

What a file is silent about is left as it is: a language without text, a competence without parents, a kind
that is not said. So a file without nynorsk never takes away the nynorsk somebody wrote here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_noop as _

from sloyfe.core.access import Record
from sloyfe.core.imports.log import Log, Value
from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.modules.catalogue.formats.draft import Draft, Texts
from sloyfe.modules.catalogue.formats.messages import remedy_of
from sloyfe.modules.catalogue.models import Framework

LANGUAGES = ("nb", "nn", "en")
BATCH = 2000

FIELDS = {
    "label_nb": _("name, bokmål"),
    "label_nn": _("name, nynorsk"),
    "label_en": _("name, English"),
    "about_nb": _("description, bokmål"),
    "about_nn": _("description, nynorsk"),
    "about_en": _("description, English"),
    "publisher": _("publisher"),
    "version": _("version"),
    "licence": _("licence"),
    "url": _("web address"),
    "proficient": _("the first level that is good enough"),
    "kind": _("kind"),
    "status": _("status"),
    "code": _("occupation code"),
    "position": _("position"),
    "unit_kind": _("kind of unit"),
    "level": _("level"),
    "strength": _("strength"),
    "source": _("source"),
    "basis": _("basis"),
    "at_least": _("at least"),
    "proof_asked": _("proof asked for"),
    "review_on": _("to be reviewed"),
}
"""Columns by what they are called in the log."""

UNDER = _("lies under")
BETWEEN = " | "
OTHERS = {"nb": _("other names, bokmål"), "nn": _("other names, nynorsk"), "en": _("other names, English")}

AnyRow = TypeVar("AnyRow", bound=Record)
Values = Mapping[str, Value]


@dataclass(slots=True)
class Writing:
    """One import on its way into the tables. What is touched may have to be found by other words.

    `whole`: the file is the whole framework, so that what is no longer in it is over.
    """

    draft: Draft
    log: Log
    day: date
    framework: Framework
    whole: bool
    touched: set[int] = field(default_factory=set)
    touched_profiles: set[int] = field(default_factory=set)

    def leave_out(self, place: Place, message: str, value: str) -> None:
        params = {"value": value}
        self.log.problem(Problem(place, Weight.SKIPS, message, remedy_of(message), value, params))

    def stop(self, place: Place, message: str, **params: str) -> None:
        self.log.problem(Problem(place, Weight.STOPS, message, remedy_of(message), "", params))


def in_columns(stem: str, texts: Texts) -> dict[str, str]:
    """`{"nb": "Norsk"}` as `{"label_nb": "Norsk"}`; only the languages that are said."""
    return {f"{stem}_{language}": texts[language] for language in LANGUAGES if texts.get(language)}


def filled(**values: Any) -> dict[str, Any]:
    """Only those that say something."""
    return {name: value for name, value in values.items() if value not in ("", None)}


def name_of(names: Texts, key: str = "") -> str:
    """What to call it in the log: the bokmål name, else whichever there is, in one order always."""
    return next((names[language] for language in LANGUAGES if names.get(language)), key)


def label_of(row: Any) -> str:
    return name_of({language: getattr(row, f"label_{language}") for language in LANGUAGES}, str(row.pk))


def same_or_save(
    log: Log,
    thing: str,
    key: str,
    label: str,
    place: Place,
    row: AnyRow,
    values: Mapping[str, Any],
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> bool:
    """Log what the values would change, put them on the row, and say whether it must be saved.

    `before` and `after` are what lies in other tables, by what it is called in the log. A new row's
    descriptions are not repeated in the log.
    """
    told_after = {FIELDS[name]: value for name, value in values.items()} | dict(after or {})
    told_before = {FIELDS[name]: getattr(row, name) for name in values} | dict(before or {})
    for name, value in values.items():
        setattr(row, name, value)
    if row._state.adding:
        shown = {name: value for name, value in told_after.items() if not name.startswith("description")}
        log.created(thing, key, label, place, shown)
        return True
    return log.changed(thing, key, label, place, told_before, told_after)


def write(model: type[AnyRow], rows: Iterable[AnyRow], columns: Sequence[str]) -> None:
    """Insert the new rows and update the known ones, in few statements."""
    fresh: list[AnyRow] = []
    known: list[AnyRow] = []
    for row in rows:
        (fresh if row._state.adding else known).append(row)
    insert(model, fresh)
    if known:
        model.objects.bulk_create(
            known, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=list(columns)
        )


def insert(model: type[AnyRow], rows: Sequence[AnyRow]) -> None:
    if rows:
        model.objects.bulk_create(rows, batch_size=BATCH)


def delete(model: type[Record], keys: Collection[int]) -> None:
    """Take away rows that only tell how others hang together."""
    for part in batches(keys):
        model.objects.filter(pk__in=part).delete()


def by_key(rows: Iterable[AnyRow]) -> dict[str, AnyRow]:
    return {row.key: row for row in rows}  # type: ignore[attr-defined]


def under(
    had: Collection[str], told: Collection[str], names: Mapping[str, str]
) -> tuple[dict[str, Value], dict[str, Value]]:
    """Where something lay and where it shall lie, in names; in keys where the names alone would not tell."""
    if not told:
        return {}, {}
    before, after = _listed(had, names), _listed(told, names)
    if before == after and set(had) != set(told):
        before, after = _listed(had, {}), _listed(told, {})
    return {UNDER: before}, {UNDER: after}


def _listed(keys: Iterable[str], names: Mapping[str, str]) -> str:
    return BETWEEN.join(sorted(names.get(key, key) for key in keys))


def batches(keys: Collection[int]) -> Iterator[list[int]]:
    """Rows are asked for by their keys, a batch at a time: just after an import PostgreSQL does not know yet
    how large the tables are, and would join them in the slowest way.
    """
    listed = sorted(keys)
    return (listed[at : at + BATCH] for at in range(0, len(listed), BATCH))


class Keys:
    """Where a key points: to a row of this framework first, else to the only one of that key elsewhere."""

    def __init__(self, model: type[models.Model], here: Mapping[str, int]) -> None:
        self._model, self._here = model, dict(here)
        self._elsewhere: dict[str, int] = {}

    def look_up(self, keys: Iterable[str]) -> None:
        """Find those that are not here, in one question."""
        missing = sorted({key for key in keys if key not in self._here})
        found: dict[str, list[int]] = {}
        for at in range(0, len(missing), BATCH):
            rows = self._model._default_manager.filter(key__in=missing[at : at + BATCH])
            for key, pk in rows.values_list("key", "pk"):
                found.setdefault(key, []).append(pk)
        self._elsewhere.update({key: pks[0] for key, pks in found.items() if len(pks) == 1})

    def get(self, key: str) -> int | None:
        return self._here.get(key) or self._elsewhere.get(key)

    def __getitem__(self, key: str) -> int:
        return self._here.get(key) or self._elsewhere[key]
