"""What is required of a unit and its area, and of people through position, role, unit or directly: each with source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.lang import in_language
from sloyfe.modules.catalogue.models import CoverAgreement, Profile, ProfileGiven, Requirement
from sloyfe.modules.people.public import Held, Work, own_posts, posts_held, unit_and_above, work_of

MET_FROM = 3
"""A requirement without a level is met from here on: «on one's own» in the scale of five."""
STRENGTHS = {Requirement.Strength.MUST: 0, Requirement.Strength.SHOULD: 1, Requirement.Strength.MAY: 2}


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement in words: what, how strongly, by whose word, of whom, and through which profile."""

    pk: int
    competence_id: int
    competence: str
    level: int | None
    strength: str
    source: str
    basis: str
    reach: str
    at_least: int
    proof_asked: bool
    review_on: date | None
    through: str


@dataclass(frozen=True, slots=True)
class AskedOfEach:
    """A requirement for each person, and the people in question."""

    asked: Asked
    people: frozenset[int]


def asked_of_unit(viewer: Viewer, unit_id: int, work: Mapping[int, Work]) -> tuple[list[Asked], list[AskedOfEach]]:
    """What holds for a unit today, «at least n»; and what is asked of each of those who do this work."""
    above = unit_and_above(unit_id)
    by_profile = _reached(viewer, posts_held(work, viewer.day))
    unit_profiles = Q(profile__unit__in=list(above)) | Q(profile__unit=None, profile__unit_kind=above[unit_id])
    of_unit = unit_profiles & Q(profile__kind=Profile.Kind.UNIT) & ~Q(reach=Requirement.Reach.EACH)
    rows = _holding(viewer, of_unit | _of_each(by_profile))
    units = [asked for reach, _profile, asked in rows if reach != Requirement.Reach.EACH]
    each = [AskedOfEach(a, by_profile[profile]) for reach, profile, a in rows if reach == Requirement.Reach.EACH]
    return units, each


def asked_of_each(viewer: Viewer, work: Mapping[int, Work]) -> list[AskedOfEach]:
    """What is asked of each of those who do this work, wherever they do it."""
    by_profile = _reached(viewer, posts_held(work, viewer.day))
    rows = _holding(viewer, _of_each(by_profile))
    return [AskedOfEach(asked, by_profile[profile]) for _reach, profile, asked in rows]


def asked_of_person(viewer: Viewer, person_id: int) -> list[Asked]:
    """A person's requirements: the union of her profiles, each with where it came from."""
    if person_id == viewer.person_id:
        by_profile = _reached(viewer, own_posts(viewer))
    else:
        work = {person_id: Work((), frozenset()), **work_of([person_id], viewer.day)}
        by_profile = _reached(viewer, posts_held(work, viewer.day))
    return [asked for _reach, _profile, asked in _holding(viewer, _of_each(by_profile))]


def agreements(viewer: Viewer, unit_id: int) -> GuardedQuerySet:
    """Neighbours who cover requirements for this unit by agreement today."""
    rows = CoverAgreement.objects.for_viewer(viewer, "plan.view").on(viewer.day)
    return rows.filter(unit=unit_id, agreed_on__isnull=False).select_related("by_unit")


def _of_each(profiles: Iterable[int]) -> Q:
    return Q(profile__in=list(profiles), reach=Requirement.Reach.EACH)


def _holding(viewer: Viewer, wanted: Q) -> list[tuple[str, int, Asked]]:
    """The requirements wanted that hold today, each with its reach and profile; musts first."""
    rows = Requirement.objects.on(viewer.day).filter(wanted).order_by("pk")
    found = [
        (row.reach, row.profile, _asked(row, viewer.language)) for row in map(Row._make, rows.values_list(*COLUMNS))
    ]
    return sorted(found, key=lambda one: _order(one[2]))


def _reached(viewer: Viewer, posts: Mapping[int, Held]) -> dict[int, frozenset[int]]:
    """Whom each profile reaches today: by position, role, unit, kind of unit and directly."""
    by_position, by_role, by_unit, by_kind = _profiles()
    found: dict[int, set[int]] = {}
    for person, post in posts.items():
        through = set().union(
            *(by_position.get(position.casefold(), ()) for position in post.positions),
            *(by_role.get(role, ()) for role in post.roles),
            *(by_unit.get(unit, ()) for unit in post.units),
            *(by_kind.get(kind, ()) for kind in post.kinds),
        )
        for profile in through:
            found.setdefault(profile, set()).add(person)
    given = ProfileGiven.objects.for_system("a person's requirements are the union of her profiles").on(viewer.day)
    for person, profile in given.filter(person__among=set(posts)).values_list("person", "profile"):
        found.setdefault(profile, set()).add(person)
    return {profile: frozenset(people) for profile, people in found.items()}


def _profiles() -> tuple[dict[str, set[int]], dict[int, set[int]], dict[int, set[int]], dict[str, set[int]]]:
    """Ids of the profiles by position (small letters), by role, by unit and by kind of unit."""
    by_position: dict[str, set[int]] = {}
    by_role: dict[int, set[int]] = {}
    by_unit: dict[int, set[int]] = {}
    by_kind: dict[str, set[int]] = {}
    kinds = (Profile.Kind.POSITION, Profile.Kind.ROLE, Profile.Kind.UNIT)
    rows = Profile.objects.filter(kind__in=kinds).exclude(position="", role=None, unit=None, unit_kind="")
    for pk, position, role, unit, kind in rows.values_list("pk", "position", "role", "unit", "unit_kind"):
        if position:
            by_position.setdefault(position.casefold(), set()).add(pk)
        if role:
            by_role.setdefault(role, set()).add(pk)
        if unit:
            by_unit.setdefault(unit, set()).add(pk)
        elif kind:
            by_kind.setdefault(kind, set()).add(pk)
    return by_position, by_role, by_unit, by_kind


class Row(NamedTuple):
    """The columns of a requirement that are told; `competence` and `through` are labels, by language."""

    pk: int
    profile: int
    competence_id: int
    competence_nb: str
    competence_nn: str
    competence_en: str
    level: int | None
    strength: str
    source: str
    basis: str
    reach: str
    at_least: int
    proof_asked: bool
    review_on: date | None
    through_nb: str
    through_nn: str
    through_en: str


COLUMNS = (
    *("pk", "profile", "competence"),
    *("competence__label_nb", "competence__label_nn", "competence__label_en"),
    *("level", "strength", "source", "basis", "reach", "at_least", "proof_asked", "review_on"),
    *("profile__label_nb", "profile__label_nn", "profile__label_en"),
)


def _asked(row: Row, language: str) -> Asked:
    return Asked(
        pk=row.pk,
        competence_id=row.competence_id,
        competence=in_language(row, "competence", language),
        level=row.level,
        strength=row.strength,
        source=row.source,
        basis=row.basis,
        reach=row.reach,
        at_least=row.at_least,
        proof_asked=row.proof_asked,
        review_on=row.review_on,
        through=in_language(row, "through", language),
    )


def _order(asked: Asked) -> tuple[int, str]:
    return STRENGTHS[Requirement.Strength(asked.strength)], asked.competence.casefold()
