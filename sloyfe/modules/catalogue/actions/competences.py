"""Make and change competences: their words, where they lie, whether they are in use, and what replaces them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sloyfe.core.access import Viewer, save_as
from sloyfe.core.audit.actions import record
from sloyfe.modules.catalogue.actions.guards import EDIT, must_edit
from sloyfe.modules.catalogue.index import keep_findable
from sloyfe.modules.catalogue.models import AltLabel, Area, Competence, Framework, LevelWording, Placement

LONGEST_SLUG = 60
COLUMNS = ("label_nb", "label_nn", "label_en", "about_nb", "about_nn", "about_en", "kind", "status")
LANGUAGES = ("nb", "nn", "en")


def make(viewer: Viewer, framework: Framework, *, values: Mapping[str, Any], **rest: Any) -> Competence:
    """A competence of our own in a framework. Raises OutOfReach or ValidationError; then nothing changed."""
    must_edit(viewer)
    with transaction.atomic():
        row = Competence(framework=framework, key=_key(framework, values))
        _save(viewer, row, values, "competence.made", **rest)
    return row


def change(viewer: Viewer, row: Competence, *, values: Mapping[str, Any], **rest: Any) -> None:
    must_edit(viewer)
    with transaction.atomic():
        _save(viewer, row, values, "competence.changed", **rest)


def _save(
    viewer: Viewer,
    row: Competence,
    values: Mapping[str, Any],
    verb: str,
    *,
    areas: Collection[Area],
    others: Mapping[str, Sequence[str]],
    replaced_by: Competence | None,
) -> None:
    changed = {name: str(values[name])[:200] for name in COLUMNS if getattr(row, name) != values[name]}
    for name in COLUMNS:
        setattr(row, name, values[name])
    _must_not_circle(row, replaced_by)
    row.replaced_by = replaced_by
    save_as(viewer, row, EDIT)
    _place(row, areas)
    _rename(row, others)
    record(viewer, verb, row, changed=changed)
    keep_findable(row)


def _key(framework: Framework, values: Mapping[str, Any]) -> str:
    """From the name, and a number where that is taken."""
    name = next((values[f"label_{code}"] for code in LANGUAGES if values[f"label_{code}"]), "")
    stem = slugify(name.translate(str.maketrans("æøåÆØÅ", "eoaEOA")))[:LONGEST_SLUG] or "competence"
    taken = set(Competence.objects.filter(framework=framework, key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _must_not_circle(row: Competence, replaced_by: Competence | None) -> None:
    seen: set[int] = set()
    while replaced_by is not None and replaced_by.pk not in seen:
        if replaced_by.pk == row.pk:
            raise ValidationError(
                {"replaced_by": _("A competence cannot be replaced by itself, not even in a circle.")}
            )
        seen.add(replaced_by.pk)
        replaced_by = replaced_by.replaced_by


def _place(row: Competence, areas: Collection[Area]) -> None:
    there = Placement.objects.filter(competence=row, area__isnull=False)
    there.exclude(area__in=list(areas)).delete()
    known = set(there.values_list("area", flat=True))
    Placement.objects.bulk_create(Placement(competence=row, area=area) for area in areas if area.pk not in known)


def _rename(row: Competence, others: Mapping[str, Sequence[str]]) -> None:
    """Other names as they are typed, each language whole. Words that offices say are not among them."""
    for language, texts in others.items():
        there = AltLabel.objects.filter(competence=row, language=language, unit=None)
        there.exclude(text__in=list(texts)).delete()
        known = set(there.values_list("text", flat=True))
        AltLabel.objects.bulk_create(
            AltLabel(competence=row, language=language, text=text, ours=True)
            for text in dict.fromkeys(texts)
            if text not in known
        )


def word_levels(viewer: Viewer, row: Competence, wordings: Mapping[int, Mapping[str, str]]) -> None:
    """What the levels mean for just this competence; a level without words goes by the scale's."""
    must_edit(viewer)
    with transaction.atomic():
        known = {each.level: each for each in LevelWording.objects.filter(competence=row)}
        for level, texts in wordings.items():
            wording = known.get(level) or LevelWording(competence=row, level=level)
            for code in LANGUAGES:
                setattr(wording, f"about_{code}", texts.get(code, ""))
            if any(texts.values()):
                save_as(viewer, wording, EDIT)
            elif wording.pk:
                wording.delete()
        record(viewer, "competence.levels_worded", row, levels=sorted(wordings))
