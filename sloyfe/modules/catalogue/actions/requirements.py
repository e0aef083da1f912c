"""Set, change and end what profiles ask for. What was asked before keeps its days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sloyfe.core.access import OutOfReach, Viewer, save_as
from sloyfe.core.audit.actions import record
from sloyfe.modules.catalogue.actions.guards import must_set, must_set_in
from sloyfe.modules.catalogue.index import keep_profiles_findable
from sloyfe.modules.catalogue.models import Competence, Profile, Requirement
from sloyfe.modules.catalogue.reads.profiles import SET, sets_everywhere
from sloyfe.modules.catalogue.storing.requirements import ASKED, before_today, last_day_after

LONGEST_SLUG = 60
COLUMNS = (
    "label_nb",
    "label_nn",
    "label_en",
    "about_nb",
    "about_nn",
    "about_en",
    "kind",
    "position",
    "role",
    "unit",
    "unit_kind",
)


def save_profile(viewer: Viewer, row: Profile, values: Mapping[str, Any]) -> Profile:
    """Make or change a profile of our own. It must begin and end within where the viewer sets requirements."""
    if not row._state.adding:
        must_set(viewer, row)
    for name in COLUMNS:
        setattr(row, name, values[name])
    _must_reach(viewer, row)
    with transaction.atomic():
        row.key = row.key or _key(row)
        made = row._state.adding
        save_as(viewer, row, SET)
        record(viewer, "profile.made" if made else "profile.changed", row, kind=row.kind)
        keep_profiles_findable({row.pk})
    return row


def _must_reach(viewer: Viewer, row: Profile) -> None:
    if row.kind == Profile.Kind.UNIT and row.unit_id is not None:
        must_set_in(viewer, row.unit_id)
    elif not sets_everywhere(viewer):
        raise OutOfReach("a profile without unit reaches the whole body")


def _key(row: Profile) -> str:
    name = row.label_nb or row.label_nn or row.label_en
    stem = slugify(name.translate(str.maketrans("æøåÆØÅ", "eoaEOA")))[:LONGEST_SLUG] or "profile"
    taken = set(Profile.objects.filter(framework=None, key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def ask_for(
    viewer: Viewer, profile: Profile, competence: Competence, *, reach: str, values: Mapping[str, Any]
) -> Requirement:
    """A profile asks for one thing more, from today. Raises OutOfReach or ValidationError."""
    must_set(viewer, profile)
    if Requirement.objects.on(viewer.day).filter(profile=profile, competence=competence, reach=reach).exists():
        raise ValidationError({"competence": _("The profile asks for this already. Change that requirement instead.")})
    with transaction.atomic():
        row = _taken_up_again(viewer, profile, competence, reach)
        _put(row, values)
        save_as(viewer, row, SET)
        record(viewer, "requirement.set", row, competence=competence.pk, profile=profile.pk)
    return row


def _taken_up_again(viewer: Viewer, profile: Profile, competence: Competence, reach: str) -> Requirement:
    """A new row; or the one that was set today and ended, since a thing is asked only once from one day."""
    same = {"profile": profile, "competence": competence, "reach": reach, "valid_from": viewer.day}
    row: Requirement = Requirement.objects.filter(**same).first() or Requirement(**same)
    row.valid_to = None
    return row


def change_requirement(viewer: Viewer, row: Requirement, values: Mapping[str, Any]) -> None:
    """From today it asks something else; what it asked until today is kept beside it."""
    must_set(viewer, row.profile)
    changed = {name: str(values[name]) for name in ASKED if getattr(row, name) != values[name]}
    if not changed:
        return
    past = before_today(row, viewer.day)
    _put(row, values)
    with transaction.atomic():
        row.valid_from = max(row.valid_from, viewer.day)
        save_as(viewer, row, SET)
        if past is not None:
            save_as(viewer, past, SET)
        record(viewer, "requirement.changed", row, changed=changed)


def end_requirement(viewer: Viewer, row: Requirement) -> None:
    """It is no longer asked."""
    must_set(viewer, row.profile)
    with transaction.atomic():
        row.valid_to = last_day_after(row, viewer.day)
        save_as(viewer, row, SET)
        record(viewer, "requirement.ended", row)


def _put(row: Requirement, values: Mapping[str, Any]) -> None:
    for name in ASKED:
        setattr(row, name, values[name])
