"""Whatever a file says, nothing may come to lie under itself: looked at as it stands after the writing.

`checks` has seen that the file has no circle in itself. A file of additions can still close one together
with what was here before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.trees import circles
from sloyfe.modules.catalogue.models import (
    Area,
    AreaParent,
    Competence,
    Framework,
    Placement,
    Profile,
    ProfileParent,
)
from sloyfe.modules.catalogue.storing.writing import Writing, label_of

NAMES_SHOWN = 12


def stop_at_circles(writing: Writing) -> None:
    place = Place(writing.draft.framework.place.file)
    for model, message, links in _trees(writing.framework):
        for circle in circles(_gathered(links)):
            writing.stop(place, message, names=" › ".join(_names(model, circle)))


def _trees(framework: Framework) -> Iterable[tuple[Any, str, Iterable[tuple[int, int]]]]:
    areas = AreaParent.objects.filter(area__framework=framework)
    competences = Placement.objects.filter(competence__framework=framework, broader__isnull=False)
    replaced = Competence.objects.filter(framework=framework, replaced_by__isnull=False)
    profiles = ProfileParent.objects.filter(profile__framework=framework)
    return (
        (Area, messages.CYCLE, areas.order_by("pk").values_list("area", "parent")),
        (Competence, messages.CYCLE, competences.order_by("pk").values_list("competence", "broader")),
        (Competence, messages.REPLACED_IN_CIRCLE, replaced.order_by("pk").values_list("pk", "replaced_by")),
        (Profile, messages.CYCLE, profiles.order_by("pk").values_list("profile", "parent")),
    )


def _gathered(links: Iterable[tuple[int, int]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for below, above in links:
        found.setdefault(str(below), []).append(str(above))
    return found


def _names(model: Any, circle: tuple[str, ...]) -> list[str]:
    rows = {str(row.pk): row for row in model.objects.filter(pk__in=[int(key) for key in circle])}
    names = [label_of(rows[key]) for key in circle]
    if len(names) > NAMES_SHOWN:
        names[NAMES_SHOWN - 2 : -2] = ["…"]
    return names
