"""Stores requirement profiles: their names, what they belong under and whom they are for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.draft import DraftProfile, ProfileKind
from sloyfe.modules.catalogue.models import Profile, ProfileParent
from sloyfe.modules.catalogue.organisation import roles_coded, unit_kinds, units_numbered
from sloyfe.modules.catalogue.storing.writing import (
    BETWEEN,
    OTHERS,
    Keys,
    Writing,
    batches,
    by_key,
    delete,
    filled,
    in_columns,
    insert,
    name_of,
    same_or_save,
    under,
    write,
)

PROFILE = _("Requirement profile")
APPLIES_TO = _("applies to")

_COLUMNS = (
    "label_nb",
    "label_nn",
    "label_en",
    "about_nb",
    "about_nn",
    "about_en",
    "kind",
    "code",
    "others",
    "position",
    "role",
    "unit",
    "unit_kind",
)


def store_profiles(writing: Writing) -> Keys:
    """Returns where the key of a profile points. A profile of the body's own, of no framework, stays so."""
    profiles = writing.draft.profiles
    rows = _rows(writing)
    mine = {told.key: rows.get(told.key) or Profile(framework=writing.framework, key=told.key) for told in profiles}
    above = _above(list(mine.values()))
    parents = _parents(writing, rows, mine)
    names = {told.key: name_of(told.names) for told in profiles}
    places = _Places(profiles)
    changed = []
    for told in profiles:
        row = mine[told.key]
        before, after = under(above.get(told.key, {}), parents[told.key], names)
        for language, others in told.alt_labels.items():
            before[OTHERS[language]] = BETWEEN.join(row.others.get(language, ()))
            after[OTHERS[language]] = BETWEEN.join(others)
        if told.applies_to:
            before[APPLIES_TO] = places.told_of(row)
            places.apply(writing, told, row)
            after[APPLIES_TO] = places.told_of(row)
        values = {
            **in_columns("label", told.names),
            **in_columns("about", told.descriptions),
            "kind": str(told.kind),
            **filled(code=told.code),
        }
        row.others = {**row.others, **{language: list(others) for language, others in told.alt_labels.items()}}
        if same_or_save(
            writing.log, PROFILE, told.key, names[told.key], told.place, row, values, before=before, after=after
        ):
            changed.append(row)
    write(Profile, changed, _COLUMNS)
    writing.touched_profiles.update(row.pk for row in changed)
    keys = Keys(Profile, {key: row.pk for key, row in (rows | mine).items()})
    _place(parents, above, keys)
    return keys


def _rows(writing: Writing) -> dict[str, Profile]:
    """The framework's own, and those of the body's own that the file names."""
    told = {profile.key for profile in writing.draft.profiles}
    rows = Profile.objects.filter(Q(framework=writing.framework) | Q(framework=None)).select_related("unit", "role")
    known = sorted(rows, key=lambda row: (row.framework_id or 0, row.pk))
    return by_key(row for row in known if row.framework_id or row.key in told)


def _parents(writing: Writing, rows: Mapping[str, Profile], mine: Mapping[str, Profile]) -> dict[str, tuple[str, ...]]:
    """Each profile's parents, without those that are no profiles."""
    known = Keys(Profile, {key: row.pk for key, row in rows.items()})
    known.look_up(parent for told in writing.draft.profiles for parent in told.parents if parent not in mine)
    kept = {}
    for told in writing.draft.profiles:
        strangers = [parent for parent in told.parents if parent not in mine and known.get(parent) is None]
        for stranger in strangers:
            writing.leave_out(told.place, messages.UNKNOWN_PARENT, stranger)
        kept[told.key] = tuple(parent for parent in told.parents if parent not in strangers)
    return kept


def _above(rows: list[Profile]) -> dict[str, dict[str, int]]:
    """Each known profile's parents by key, with the row that says so."""
    found: dict[str, dict[str, int]] = {}
    known = [row.pk for row in rows if not row._state.adding]
    links = (
        link
        for part in batches(known)
        for link in ProfileParent.objects.filter(profile__in=part).values_list("pk", "profile__key", "parent__key")
    )
    for pk, profile, parent in links:
        found.setdefault(profile, {})[parent] = pk
    return found


def _place(parents: Mapping[str, tuple[str, ...]], above: Mapping[str, Mapping[str, int]], keys: Keys) -> None:
    keys.look_up(parent for told in parents.values() for parent in told)
    fresh: list[ProfileParent] = []
    gone: list[int] = []
    for key, told in parents.items():
        had = above.get(key, {}) if told else {}
        fresh += [ProfileParent(profile_id=keys[key], parent_id=keys[parent]) for parent in told if parent not in had]
        gone += [pk for parent, pk in had.items() if parent not in told]
    delete(ProfileParent, gone)
    insert(ProfileParent, fresh)


class _Places:
    """Units and roles that the file names, looked up once."""

    def __init__(self, profiles: tuple[DraftProfile, ...]) -> None:
        self._units = units_numbered(told.applies_to for told in profiles if told.kind is ProfileKind.UNIT)
        self._roles = roles_coded(told.applies_to for told in profiles if told.kind is ProfileKind.ROLE)
        self._kinds = unit_kinds()
        self._numbers = {pk: number for number, pk in self._units.items()}
        self._codes = {pk: code for code, pk in self._roles.items()}

    def apply(self, writing: Writing, told: DraftProfile, row: Profile) -> None:
        """Put on the row whom the profile is for; somebody nobody knows is said, and left as it was."""
        found = self._columns(told)
        if found is None:
            writing.leave_out(told.place, messages.UNKNOWN_APPLIES_TO, told.applies_to)
            return
        for name, value in found.items():
            setattr(row, name, value)

    def _columns(self, told: DraftProfile) -> dict[str, Any] | None:
        to = told.applies_to
        if told.kind is ProfileKind.POSITION:
            return {"position": to}
        if told.kind is ProfileKind.ROLE and to in self._roles:
            return {"role_id": self._roles[to]}
        if told.kind is ProfileKind.UNIT and to in self._units:
            return {"unit_id": self._units[to], "unit_kind": ""}
        if told.kind is ProfileKind.UNIT and to in self._kinds:
            return {"unit_id": None, "unit_kind": to}
        return None

    def told_of(self, row: Profile) -> str:
        """The same word a file would use."""
        if row.role_id:
            return self._codes.get(row.role_id) or (row.role.code if row.role else "")
        if row.unit_id:
            return self._numbers.get(row.unit_id) or (row.unit.number if row.unit else "")
        return row.unit_kind or row.position
