"""What the page of an import shows, and the whole report as a file.

`summary` is small, plain and can be kept as JSON: counts, the first rows of each group, the first places of
each problem. `shown` turns it into words in the reader's language, for `ui/_import_report.html`.
`report_csv` has everything but what is unchanged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sloyfe.core.imports.log import Change, Entry, Kind, Log
from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.core.imports.sheets import Sheet, csv_chunks

FIRST_ROWS = 20
FIRST_PLACES = 20
"""Of one problem that stands in many places."""
PROBLEMS_AT_MOST = 200

Labels = Mapping[str, Mapping[str, str | Promise]]
"""For fields whose values are codes: the field's message id, to what each value is called."""


def summary(log: Log) -> dict[str, Any]:
    """What is kept of a log. Message ids stay message ids; nothing is translated yet."""
    return {
        "applied": log.applied,
        "groups": [
            {
                "kind": str(group.kind),
                "type": group.object_type,
                "count": group.count,
                "first": [_plain(entry) for entry in group.entries[:FIRST_ROWS]],
            }
            for group in log.groups()
        ],
        "problems": [_plain(problem) for problem in _first(log.problems)],
        "problem_count": len(log.problems),
        "stopped": log.stopped,
    }


def _plain(told: Entry | Problem) -> dict[str, Any]:
    if isinstance(told, Problem):
        return {
            **asdict(Problem(told.place, told.weight, told.message)),
            "remedy": told.remedy,
            "value": told.value,
            "params": dict(told.params),
        }
    return {} if told.kind is Kind.UNCHANGED else asdict(told)


def _first(problems: Sequence[Problem]) -> list[Problem]:
    """What stops first, then what is left out, then what is only said; no problem crowds out the others."""
    told: Counter[str] = Counter()
    chosen = []
    met = {message: number for number, message in enumerate(dict.fromkeys(each.message for each in problems))}
    order = sorted(problems, key=lambda each: (list(Weight).index(each.weight), met[each.message]))
    for problem in order:
        told[problem.message] += 1
        if told[problem.message] <= FIRST_PLACES:
            chosen.append(problem)
    return chosen[:PROBLEMS_AT_MOST]


# --- in words --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    key: str
    place: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """`title` is a sentence with the count; `first` some of the rows, and `more` how many there are besides."""

    kind: str
    title: str
    first: tuple[Row, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Said:
    """A problem in words. `about` is the same for the same trouble in many places."""

    about: str
    weight: str
    message: str
    remedy: str
    value: str
    place: str


def shown(kept: Mapping[str, Any], labels: Labels | None = None) -> dict[str, object]:
    """The summary as context for `ui/_import_report.html`: groups, problems, and how many more there are."""
    groups = [_group(raw, labels or {}) for raw in kept.get("groups", ())]
    problems = [_said(_problem(raw)) for raw in kept.get("problems", ())]
    return {
        "groups": [group for group in groups if group.kind != Kind.UNCHANGED],
        "unchanged": sum(raw["count"] for raw in kept.get("groups", ()) if raw["kind"] == Kind.UNCHANGED),
        "problems": problems,
        "more_problems": kept.get("problem_count", 0) - len(problems),
        "stopped": kept.get("stopped", False),
        "applied": kept.get("applied", False),
    }


def _group(raw: Mapping[str, Any], labels: Labels) -> Group:
    rows = tuple(_row(each, labels) for each in raw["first"] if each)
    return Group(raw["kind"], group_title(raw), rows, raw["count"] - len(rows))


def group_title(raw: Mapping[str, Any]) -> str:
    """«Personer: 60 nye», of one group of a summary."""
    told = {"thing": _(raw["type"]), "n": raw["count"]}
    kind = raw["kind"]
    if kind == Kind.CREATE:
        return ngettext("%(thing)s: %(n)s new", "%(thing)s: %(n)s new", told["n"]) % told
    if kind == Kind.CHANGE:
        return ngettext("%(thing)s: %(n)s changed", "%(thing)s: %(n)s changed", told["n"]) % told
    if kind == Kind.END:
        return ngettext("%(thing)s: %(n)s ended", "%(thing)s: %(n)s ended", told["n"]) % told
    return ngettext("%(thing)s: %(n)s as before", "%(thing)s: %(n)s as before", told["n"]) % told


def _row(raw: Mapping[str, Any], labels: Labels) -> Row:
    changes = tuple(_change(Change(**each), labels) for each in raw["changes"])
    return Row(raw["label"], raw["key"], where(Place(**raw["place"])), changes)


def _change(change: Change, labels: Labels) -> Change:
    called = labels.get(change.field, {})
    return Change(
        _(change.field), str(called.get(change.before, change.before)), str(called.get(change.after, change.after))
    )


def _problem(raw: Mapping[str, Any]) -> Problem:
    return Problem(**{**raw, "place": Place(**raw["place"]), "weight": Weight(raw["weight"])})


def _said(problem: Problem) -> Said:
    message, remedy = in_words(problem.message, problem.params), in_words(problem.remedy, problem.params)
    return Said(problem.message, str(problem.weight), message, remedy, problem.value, where(problem.place))


def in_words(message: str, params: Mapping[str, str]) -> str:
    """A message id, in the reader's language, filled; an empty one stays empty."""
    return _(message).format_map(params) if message else ""


def where(place: Place) -> str:
    """«kompetanser.xlsx, ark Krav, rad 12, kolonne Nivå»; only what is known of it."""
    parts = [place.file] if place.file else []
    if place.sheet:
        parts.append(_("sheet %(sheet)s") % {"sheet": place.sheet})
    if place.row:
        parts.append(_("row %(row)s") % {"row": place.row})
    if place.column:
        parts.append(_("column %(column)s") % {"column": place.column})
    return ", ".join(parts)


# --- the whole report ------------------------------------------------------------------------------------


def report_csv(log: Log, labels: Labels | None = None) -> Iterator[bytes]:
    """The whole report as CSV."""
    return csv_chunks(report_sheet(log, labels))


def report_sheet(log: Log, labels: Labels | None = None) -> Sheet:
    """Every problem and every row that was created, changed or ended, in the reader's language."""
    header = (
        pgettext("report", "What"),
        pgettext("report", "Thing"),
        _("Key"),
        _("Name"),
        _("Details"),
        _("What to do"),
        _("Value"),
        _("File"),
        _("Sheet"),
        _("Row"),
        _("Column"),
    )
    return Sheet(_("Report"), header, _csv_rows(log, labels or {}))


def _csv_rows(log: Log, labels: Labels) -> Iterator[Sequence[str | int | None]]:
    weights = {Weight.STOPS: _("stops the file"), Weight.SKIPS: _("left out"), Weight.NOTE: _("note")}
    for problem in log.problems:
        said = _said(problem)
        yield weights[problem.weight], "", "", "", said.message, said.remedy, said.value, *_cells(problem.place)
    kinds = {Kind.CREATE: _("new"), Kind.CHANGE: _("changed"), Kind.END: _("ended")}
    types = {entry.object_type: _(entry.object_type) for entry in log.entries}
    for entry in log.entries:
        if entry.kind is not Kind.UNCHANGED:
            details = _details(entry.changes, labels)
            yield (
                kinds[entry.kind],
                types[entry.object_type],
                entry.key,
                entry.label,
                details,
                "",
                "",
                *_cells(entry.place),
            )


def _details(changes: Iterable[Change], labels: Labels) -> str:
    told = (_change(change, labels) for change in changes)
    return "; ".join(
        f"{change.field}: {change.before} → {change.after}" if change.before else f"{change.field}: {change.after}"
        for change in told
    )


def _cells(place: Place) -> tuple[str, str, int | None, str]:
    return place.file, place.sheet, place.row or None, place.column
