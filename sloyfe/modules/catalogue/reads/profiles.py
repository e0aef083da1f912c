"""Requirement profiles: which there are, and what each asks for, by whose word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When

from sloyfe.core.access import GuardedQuerySet, Line, Viewer
from sloyfe.core.lang import in_language, label
from sloyfe.core.search.ask import LIKELY, search
from sloyfe.modules.catalogue.index import PROFILE_KIND
from sloyfe.modules.catalogue.models import Profile, ProfileParent, Requirement, Step
from sloyfe.modules.catalogue.organisation import unit_kinds
from sloyfe.modules.catalogue.reads.browse import Link
from sloyfe.modules.catalogue.reads.labels import by_label
from sloyfe.modules.catalogue.required import STRENGTHS

SET = "requirement.edit"
APPLIED = (Profile.Kind.UNIT, Profile.Kind.ROLE, Profile.Kind.POSITION)
"""Kinds that reach people and offices here; the others are what frameworks tell of the world."""
FOUND_AT_MOST = 60
SHOWN = 40


@dataclass(frozen=True, slots=True)
class ProfileLine:
    pk: int
    label: str
    kind: str
    applies_to: str
    asks: int


def profiles(viewer: Viewer, kinds: Iterable[str] = APPLIED) -> GuardedQuerySet:
    told = list(kinds)
    order = Case(*(When(kind=kind, then=Value(at)) for at, kind in enumerate(told)), output_field=IntegerField())
    rows = Profile.objects.filter(kind__in=told).select_related("unit", "role")
    return rows.order_by(order, by_label(viewer.language), "pk")


def profile_lines(viewer: Viewer, rows: Iterable[Profile]) -> list[ProfileLine]:
    told = list(rows)
    asked: dict[int, int] = {}
    holding = Requirement.objects.filter(profile__in=[row.pk for row in told]).on(viewer.day)
    for profile in holding.values_list("profile", flat=True):
        asked[profile] = asked.get(profile, 0) + 1
    kinds = unit_kinds()
    return [
        ProfileLine(
            row.pk,
            label(row, viewer.language),
            row.get_kind_display(),
            applies_to(row, viewer.language, kinds),
            asked.get(row.pk, 0),
        )
        for row in told
    ]


def profiles_found(viewer: Viewer, text: str) -> list[ProfileLine]:
    """Profiles near what somebody types, of any framework, best first."""
    keys = [int(hit.key) for hit in search(text, kinds=(PROFILE_KIND,), limit=FOUND_AT_MOST, at_least=LIKELY)]
    rows = Profile.objects.select_related("unit", "role").in_bulk(keys)
    return profile_lines(viewer, [rows[key] for key in keys if key in rows])


def applies_to(row: Profile, language: str, kinds: dict[str, str]) -> str:
    """Whom it is for, in words; empty where it reaches nobody by itself."""
    if row.unit:
        return str(row.unit.name)
    if row.role:
        return in_language(row.role, "name", language)
    return str(kinds.get(row.unit_kind, "")) or row.position


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A requirement as its profile's page tells it."""

    pk: int
    competence: Link
    level: int | None
    step: str
    strength: str
    strength_label: str
    source: str
    basis: str
    reach: str
    reach_label: str
    at_least: int
    proof_asked: bool
    review_on: date | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class ProfilePage:
    row: Profile
    label: str
    about: str
    others: str
    applies_to: str
    framework: Link | None
    above: tuple[Link, ...]
    below: tuple[Link, ...]
    more_below: bool
    may_set: bool


def profile_page(viewer: Viewer, row: Profile) -> ProfilePage:
    language = viewer.language
    above = ProfileParent.objects.filter(profile=row).select_related("parent").order_by("pk")
    below = ProfileParent.objects.filter(parent=row).select_related("profile")
    below = below.order_by(by_label(language, "profile__"), "pk")[: SHOWN + 1]
    under = tuple(Link(each.profile_id, label(each.profile, language)) for each in below)
    return ProfilePage(
        row=row,
        label=label(row, language),
        about=in_language(row, "about", language),
        others=", ".join(row.others.get(language) or row.others.get("nb") or row.others.get("en") or ()),
        applies_to=applies_to(row, language, unit_kinds()),
        framework=Link(row.framework.pk, label(row.framework, language)) if row.framework else None,
        above=tuple(Link(each.parent_id, label(each.parent, language)) for each in above),
        below=under[:SHOWN],
        more_below=len(under) > SHOWN,
        may_set=may_set(viewer, row),
    )


def asked_now(viewer: Viewer, row: Profile) -> list[AskedRow]:
    """What the profile asks today, musts first."""
    rows = Requirement.objects.filter(profile=row).on(viewer.day)
    return sorted(
        _asked(viewer, rows),
        key=lambda asked: (STRENGTHS[Requirement.Strength(asked.strength)], asked.competence.label),
    )


def asked_before(viewer: Viewer, row: Profile) -> list[AskedRow]:
    """What it asked earlier, the latest first."""
    rows = Requirement.objects.filter(profile=row, valid_to__lte=viewer.day).order_by("-valid_to", "pk")
    return _asked(viewer, rows[:SHOWN])


def _asked(viewer: Viewer, rows: Iterable[Requirement]) -> list[AskedRow]:
    told = list(_with_competence(rows))
    steps = _step_names(viewer, told)
    return [_asked_row(viewer, row, steps) for row in told]


def _with_competence(rows: Iterable[Requirement]) -> Iterable[Requirement]:
    return rows.select_related("competence__framework") if isinstance(rows, GuardedQuerySet) else rows


def _step_names(viewer: Viewer, rows: Iterable[Requirement]) -> dict[tuple[int | None, int], str]:
    """What each level is called, by scale and level."""
    scales = {_scale_of(row) for row in rows} - {None}
    return {(step.scale_id, step.level): label(step, viewer.language) for step in Step.objects.filter(scale__in=scales)}


def _scale_of(row: Requirement) -> int | None:
    scale: int | None = row.competence.scale_id or row.competence.framework.scale_id
    return scale


def _asked_row(viewer: Viewer, row: Requirement, steps: dict[tuple[int | None, int], str]) -> AskedRow:
    return AskedRow(
        pk=row.pk,
        competence=Link(row.competence_id, label(row.competence, viewer.language)),
        level=row.level,
        step=steps.get((_scale_of(row), row.level), "") if row.level else "",
        strength=row.strength,
        strength_label=row.get_strength_display(),
        source=row.get_source_display(),
        basis=row.basis,
        reach=row.reach,
        reach_label=row.get_reach_display(),
        at_least=row.at_least,
        proof_asked=row.proof_asked,
        review_on=row.review_on,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


# --- who may set requirements ----------------------------------------------------------------------------


def sets_everywhere(viewer: Viewer) -> bool:
    """Whether the viewer sets requirements for the whole body, and not for some units only."""
    return viewer.may(SET) and any(viewer.units(SET, line) is None for line in Line)


def units_set(viewer: Viewer) -> frozenset[int]:
    """Units the viewer sets requirements for by name; see `sets_everywhere` for the rest."""
    return frozenset().union(*(viewer.units(SET, line) or () for line in Line))


def may_set(viewer: Viewer, row: Profile) -> bool:
    """A profile of a unit is for who sets requirements there; any other reaches the whole body."""
    if sets_everywhere(viewer):
        return True
    return row.kind == Profile.Kind.UNIT and row.unit_id is not None and row.unit_id in units_set(viewer)


def requirements_set_by(viewer: Viewer) -> GuardedQuerySet:
    """Requirements that hold and that the viewer may change."""
    rows = Requirement.objects.on(viewer.day).select_related("profile__unit", "competence__framework")
    if sets_everywhere(viewer):
        return rows
    return rows.filter(Q(profile__kind=Profile.Kind.UNIT, profile__unit__in=sorted(units_set(viewer))))
