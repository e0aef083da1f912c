"""What the pages of an import show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer
from sloyfe.core.imports import report
from sloyfe.core.imports.log import Log, from_json
from sloyfe.modules.people.imports import words
from sloyfe.modules.people.imports.actions import PROBLEM
from sloyfe.modules.people.imports.models import Import, Part
from sloyfe.modules.people.models import Employer, Kind, LineChoice, Unit

LISTED = 50


class _Days(dict[str, str]):
    """What a day is called in the reader's language; anything else is itself."""

    def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
        try:
            return formats.date_format(date.fromisoformat(key), "SHORT_DATE_FORMAT")
        except ValueError:
            return default


class _Numbers(dict[str, str]):
    """A number as it is written in the reader's language."""

    def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
        try:
            return formats.number_format(Decimal(key)) if key else default
        except InvalidOperation:
            return default


def labels() -> Mapping[str, Mapping[str, str | Promise]]:
    """What codes in the log are called."""
    days, numbers = _Days(), _Numbers()
    return {
        words.KIND: {choice.value: choice.label for choice in Kind},
        words.AUTHORITY: {choice.value: choice.label for choice in LineChoice},
        words.LANGUAGE: dict(Unit._meta.get_field("language").flatchoices),
        words.FIRST: days,
        words.LAST: days,
        words.DAY: days,
        words.PER_CENT: numbers,
        words.HOURS: numbers,
        words.SHARE: numbers,
    }


def imports_of(viewer: Viewer) -> list[Import]:
    """The latest imports, without their reports."""
    rows = Import.objects.for_viewer(viewer).defer("summary").order_by("-created_at", "-pk")
    return list(rows[:LISTED])


def import_of(viewer: Viewer, pk: int) -> Import | None:
    found: Import | None = Import.objects.for_viewer(viewer).filter(pk=pk).first()
    return found


def employer_names() -> list[str]:
    return list(Employer.objects.order_by("name").values_list("name", flat=True))


@dataclass(frozen=True, slots=True)
class Whole:
    """One group of the report that can be read whole: what it is called, and its first part."""

    title: str
    first: int


def wholes(viewer: Viewer, row: Import) -> list[Whole]:
    """Every group of the report, in its order."""
    first = Part.objects.for_viewer(viewer).filter(of=row, number=0).order_by("pk")
    parts = {(kind, thing): pk for pk, kind, thing in first.values_list("pk", "kind", "object_type")}
    count = row.summary.get("problem_count", 0)
    found = [Whole(_("Problems: %(n)s") % {"n": count}, parts[PROBLEM, ""])] if (PROBLEM, "") in parts else []
    for raw in row.summary.get("groups", ()):
        if (raw["kind"], raw["type"]) in parts:
            found.append(Whole(report.group_title(raw), parts[raw["kind"], raw["type"]]))
    return found


@dataclass(frozen=True, slots=True)
class Page:
    """One part of one group, as the shared report shows it, and its neighbours."""

    row: Import
    title: str
    shown: Mapping[str, object]
    number: int
    of: int
    before: int | None
    after: int | None


def page_of(viewer: Viewer, row: Import, pk: int) -> Page | None:
    part: Part | None = Part.objects.for_viewer(viewer).filter(of=row, pk=pk).first()
    if part is None:
        return None
    same = Part.objects.for_viewer(viewer).filter(of=row, kind=part.kind, object_type=part.object_type)
    keys = list(same.order_by("number").values_list("pk", flat=True))
    at = keys.index(part.pk)
    title = next((each.title for each in wholes(viewer, row) if each.first == keys[0]), "")
    return Page(
        row,
        title,
        report.shown(_whole_summary(from_json(part.log)), labels()),
        at + 1,
        len(keys),
        keys[at - 1] if at else None,
        keys[at + 1] if at + 1 < len(keys) else None,
    )


def _whole_summary(log: Log) -> dict[str, object]:
    """The summary of a part, with every row in it."""
    some = report.summary(log)
    for group, whole in zip(some["groups"], log.groups(), strict=True):
        group["first"] = [entry for one in whole.entries for entry in report.summary(Log([one]))["groups"][0]["first"]]
    return some


def parts_of(viewer: Viewer, row: Import) -> Iterator[Log]:
    for part in Part.objects.for_viewer(viewer).filter(of=row).order_by("pk").iterator(chunk_size=50):
        yield from_json(part.log)


def whole_log(viewer: Viewer, row: Import) -> Log:
    """Everything but what is unchanged, problems first."""
    log = Log()
    for part in parts_of(viewer, row):
        log.entries += part.entries
        log.problems += part.problems
    return log
