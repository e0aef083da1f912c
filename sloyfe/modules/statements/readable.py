"""One's own data as a page anybody can read: fields by what they are called, choices and days in words, names for keys.

What only the system uses (keys, seals, counters) stands in `data.json` beside it, with everything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from sloyfe.core.access import Record, Viewer
from sloyfe.core.audit.words import page_words, verb_words
from sloyfe.core.lang import in_language
from sloyfe.core.personal import PERSON
from sloyfe.modules.people.public import person_names

TECHNICAL = frozenset(
    (
        *("attempts", "claimed_by", "engine_version", "grounds", "heartbeat_at", "input_hash", "looker_id", "needs"),
        *("origin_id", "owner_id", "params", "payload", "progress", "result", "row_id", "seed", "stop_requested"),
        *("subject_id", "actor_id", "details", "table", "token", "sort_key", "external_id", "origin"),
        *("leaving", "line_place", "place", "said", "shown_in", "wish"),  # codes of a publication
    )
)
WORDS = {
    "agreed_closing_on": gettext_noop("agreed with the sentence"),
    "answer": gettext_noop("the answer"),
    "answered_on": gettext_noop("answered"),
    "answers": gettext_noop("counted together with others"),
    "asked_on": gettext_noop("asked on"),
    "asked": gettext_noop("who was asked"),
    "at": gettext_noop("when"),
    "audience": gettext_noop("shared with"),
    "basis": gettext_noop("what it rests on"),
    "begun_on": gettext_noop("begun"),
    "by": gettext_noop("confirmed by"),
    "changed_on": gettext_noop("changed"),
    "competence": gettext_noop("competence"),
    "confirmed_on": gettext_noop("last confirmed"),
    "counts": gettext_noop("counted together with others"),
    "created_at": gettext_noop("begun"),
    "day": gettext_noop("the day"),
    "deputy": gettext_noop("the deputy"),
    "due_on": gettext_noop("asked again on"),
    "employer": gettext_noop("employer"),
    "ends_at": gettext_noop("to"),
    "finished_at": gettext_noop("ended"),
    "firmness": gettext_noop("how firm it is"),
    "from_at": gettext_noop("from"),
    "in_talk": gettext_noop("in a talk"),
    "kept_until": gettext_noop("deleted on"),
    "kind": gettext_noop("kind"),
    "left_on": gettext_noop("left on"),
    "level": gettext_noop("level"),
    "line": gettext_noop("line"),
    "looker_name": gettext_noop("who looked"),
    "monday": gettext_noop("the week from"),
    "named": gettext_noop("named to colleagues"),
    "note": gettext_noop("note"),
    "number": gettext_noop("number"),
    "owner": gettext_noop("whose it is"),
    "page": gettext_noop("the page"),
    "person": gettext_noop("whose it is"),
    "posted_at": gettext_noop("asked on"),
    "settled_on": gettext_noop("settled on"),
    "started_at": gettext_noop("begun"),
    "starts_at": gettext_noop("from"),
    "state": gettext_noop("how it stands"),
    "taken_by": gettext_noop("taken over by"),
    "times": gettext_noop("times"),
    "to_person": gettext_noop("shared with"),
    "unit": gettext_noop("unit"),
    "unsure": gettext_noop("counted: what you are unsure of"),
    "until_at": gettext_noop("until"),
    "valid_from": gettext_noop("from"),
    "valid_to": gettext_noop("until, not that day"),
    "verb": gettext_noop("what was done"),
    "what": gettext_noop("what"),
    "withdrawn_at": gettext_noop("taken back"),
    "words": gettext_noop("in your own words"),
}

IN_WORDS: dict[tuple[str, str], Callable[[str], str]] = {
    ("audit", "page"): page_words,
    ("audit", "verb"): verb_words,
}
Lines = list[tuple[str, str]]


def readable(viewer: Viewer, model: type[Record], rows: Iterable[Mapping[str, Any]]) -> list[Lines]:
    """Each row as what it is called and what it says. What is empty, technical or her own name is left out."""
    listed = list(rows)
    fields = [field for field in model._meta.concrete_fields if _is_told(field)]
    names = {field.attname: _names(viewer, field, listed) for field in fields if field.related_model}
    return [list(_lines(fields, row, names)) for row in listed]


def _is_told(field: models.Field[Any, Any]) -> bool:
    if field.primary_key or field.name in TECHNICAL:
        return False
    target = field.related_model
    if not isinstance(target, type) or not issubclass(target, Record):
        return target is None
    return target._meta.label == PERSON or target.access.public


def _names(viewer: Viewer, field: Any, rows: list[Mapping[str, Any]]) -> dict[int, str]:
    keys = {row[field.attname] for row in rows if row.get(field.attname)}
    if field.related_model._meta.label == PERSON:
        return person_names(viewer, keys - {viewer.me})
    found = field.related_model.objects.in_bulk(keys)
    return {pk: _name(row, viewer.language) for pk, row in found.items()}


def _name(row: Any, language: str) -> str:
    return in_language(row, "label", language) or in_language(row, "name", language) or str(getattr(row, "name", ""))


def _lines(
    fields: Iterable[Any], row: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]
) -> Iterator[tuple[str, str]]:
    for field in fields:
        value = row.get(field.attname)
        if value in (None, "", [], {}):
            continue
        told = names[field.attname].get(value, "") if field.attname in names else _said(field, value)
        if told:
            yield capfirst(_called(field)), told


def _called(field: models.Field[Any, Any]) -> str:
    if isinstance(field._verbose_name, Promise):  # type: ignore[attr-defined]  # as it was written, if it was
        return str(field.verbose_name)
    return _(WORDS[field.name]) if field.name in WORDS else field.name.replace("_", " ")


def _said(field: models.Field[Any, Any], value: Any) -> str:
    if isinstance(value, bool):
        return pgettext("report", "yes") if value else pgettext("report", "no")
    if field.name == "basis":
        return {"talk": _("in a talk"), "colleague": _("seen by a colleague")}.get(value, str(value))
    if (field.model._meta.app_label, field.name) in IN_WORDS:
        return IN_WORDS[field.model._meta.app_label, field.name](str(value))
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
