"""Stores what comes from outside and asks something new of the invented body."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sloyfe.modules.catalogue.models import Cause, CauseTouches, Competence
from sloyfe.modules.people.models import Unit
from sloyfe.project.demo.content import content


def store_causes(day: date, units: Mapping[str, Unit], competences: Mapping[str, Competence]) -> None:
    for given in content("causes")["causes"]:
        cause = Cause.objects.create(
            **{name: given[name] for name in ("kind", "title", "changes", "ordered_by", "source", "mandatory")},
            address=given.get("address", ""),
            unit=units[given["unit"]] if "unit" in given else None,
            line=given.get("line", ""),
            valid_from=day + timedelta(days=given["days"]),
            valid_to=day + timedelta(days=given["until"] + 1) if "until" in given else None,
        )
        CauseTouches.objects.bulk_create(
            CauseTouches(cause=cause, competence=competences[each["competence"]], level=each.get("level"))
            for each in given["touches"]
        )
