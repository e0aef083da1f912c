"""Stores what profiles ask for. What was asked before is kept with its days: history is not written over.

A requirement that changes keeps its row, so that whatever points at it still points at what is asked now; its
past is copied beside it and ends today. One that is no longer asked ends today; one that began today ends
tomorrow, since a period has at least one day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from sloyfe.core.imports.log import Value
from sloyfe.core.imports.places import Place
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.draft import DraftCompetence, DraftProfile, DraftRequirement
from sloyfe.modules.catalogue.models import Profile, Requirement
from sloyfe.modules.catalogue.storing.writing import (
    Keys,
    Writing,
    batches,
    insert,
    label_of,
    name_of,
    same_or_save,
    write,
)

REQUIREMENT = _("Requirement")
ENDS = _("asked until")

ASKED = ("level", "strength", "source", "basis", "at_least", "proof_asked", "review_on")
"""What a requirement says, apart from whom and what it is about."""

Identity = tuple[int, int, str]


def store_requirements(writing: Writing, profiles: Keys, competences: Keys) -> None:
    if not writing.draft.requirements:
        return
    told = _told(writing, profiles, competences)
    known = _known(writing, told)
    names = _Names(writing)
    fresh: list[Requirement] = []
    changed: list[Requirement] = []
    past: list[Requirement] = []
    for identity, asked in told.items():
        row = known.get(identity) or new(identity, writing.day)
        before = before_today(row, writing.day)
        if _differs(writing, asked, row, names.of(asked)):
            (fresh if row._state.adding else changed).append(row)
            row.valid_from = writing.day
            past += [before] if before else []
    ended = _ended(writing, known, told) if writing.whole else []
    write(Requirement, [*changed, *ended], (*ASKED, "valid_from", "valid_to"))
    insert(Requirement, [*past, *fresh])


def new(identity: Identity, day: date) -> Requirement:
    profile, competence, reach = identity
    return Requirement(profile_id=profile, competence_id=competence, reach=reach, valid_from=day)


def before_today(row: Requirement, day: date) -> Requirement | None:
    """What was asked until today, as a row of its own; None where it was not asked before today."""
    if row._state.adding or row.valid_from >= day:
        return None
    said = {name: getattr(row, name) for name in ASKED}
    past = Requirement(profile_id=row.profile_id, competence_id=row.competence_id, reach=row.reach, **said)
    past.valid_from, past.valid_to = row.valid_from, day
    return past


def last_day_after(row: Requirement, day: date) -> date:
    """The day from which it is no longer asked."""
    return max(day, row.valid_from + timedelta(days=1))


def _differs(writing: Writing, asked: DraftRequirement, row: Requirement, label: str) -> bool:
    """Put on the row what is asked, and say whether it must be saved. One ended today is taken up again."""
    before: dict[str, Value] = {}
    if row.valid_to is not None and row.valid_from >= writing.day:
        before = {ENDS: row.valid_to}
        row.valid_to = None
    after = dict.fromkeys(before)
    return same_or_save(
        writing.log, REQUIREMENT, asked.profile, label, asked.place, row, _values(asked), before=before, after=after
    )


def _values(asked: DraftRequirement) -> dict[str, Any]:
    return {
        "level": asked.level,
        "strength": str(asked.strength),
        "source": str(asked.source),
        "basis": asked.basis,
        "at_least": asked.at_least,
        "proof_asked": asked.proof_asked,
        "review_on": asked.review_on,
    }


def _told(writing: Writing, profiles: Keys, competences: Keys) -> dict[Identity, DraftRequirement]:
    """What the file asks, by the rows it is about. What points at nothing is said and left out."""
    asked = writing.draft.requirements
    profiles.look_up(each.profile for each in asked)
    competences.look_up(each.competence for each in asked)
    told: dict[Identity, DraftRequirement] = {}
    for each in asked:
        profile, competence = profiles.get(each.profile), competences.get(each.competence)
        if profile is None:
            writing.leave_out(each.place, messages.UNKNOWN_PROFILE, each.profile)
        elif competence is None:
            writing.leave_out(each.place, messages.UNKNOWN_COMPETENCE, each.competence)
        else:
            told[profile, competence, str(each.reach)] = each
    return told


def _known(writing: Writing, told: Mapping[Identity, DraftRequirement]) -> dict[Identity, Requirement]:
    """The requirements that hold, or are to hold, for the framework's profiles and those the file names."""
    named = {profile for profile, _competence, _reach in told}
    here = set(Profile.objects.filter(framework=writing.framework).values_list("pk", flat=True))
    holding = Requirement.objects.filter(Q(valid_to=None) | Q(valid_to__gt=writing.day)).order_by("valid_from", "pk")
    rows = (row for part in batches(named | here) for row in holding.filter(profile__in=part))
    return {(row.profile_id, row.competence_id, row.reach): row for row in rows}


def _ended(
    writing: Writing, known: Mapping[Identity, Requirement], told: Mapping[Identity, DraftRequirement]
) -> list[Requirement]:
    """Those the new edition no longer asks, among what is asked of its own competences."""
    gone = [row for identity, row in known.items() if identity not in told and row.valid_to is None]
    labelled = {
        row.pk: row
        for part in batches([row.pk for row in gone])
        for row in Requirement.objects.filter(competence__framework=writing.framework, pk__in=part).select_related(
            "profile", "competence"
        )
    }
    place = Place(writing.draft.framework.place.file)
    ended = [row for row in gone if row.pk in labelled]
    for row in ended:
        named = labelled[row.pk]
        row.valid_to = last_day_after(row, writing.day)
        label = f"{label_of(named.profile)}: {label_of(named.competence)}"
        writing.log.ended(REQUIREMENT, named.profile.key, label, place, {ENDS: (None, row.valid_to)})
    return ended


class _Names:
    """What profiles and competences of the file are called; others go by their key."""

    def __init__(self, writing: Writing) -> None:
        named: tuple[DraftProfile | DraftCompetence, ...] = (*writing.draft.profiles, *writing.draft.competences)
        self._names = {each.key: name_of(each.names) for each in named}

    def of(self, asked: DraftRequirement) -> str:
        profile = self._names.get(asked.profile, asked.profile)
        return f"{profile}: {self._names.get(asked.competence, asked.competence)}"
