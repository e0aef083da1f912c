"""What is required: of a unit and its area, of people through position, role, unit or directly, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.lang import label
from sloyfe.modules.catalogue.models import CoverAgreement, Profile, ProfileGiven, Requirement
from sloyfe.modules.people.public import posts_held, unit_and_above

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


def asked_of_unit(viewer: Viewer, unit_id: int) -> list[Asked]:
    """Requirements of the kind «at least n» that hold for a unit today, musts first."""
    above = unit_and_above(unit_id)
    profiles = Q(profile__unit__in=list(above)) | Q(profile__unit=None, profile__unit_kind=above[unit_id])
    rows = _holding(viewer.day).filter(profiles, profile__kind=Profile.Kind.UNIT)
    return _sorted(_asked(row, viewer.language) for row in rows.exclude(reach=Requirement.Reach.EACH))


@dataclass(frozen=True, slots=True)
class AskedOfEach:
    """A requirement for each person, and the people in question."""

    asked: Asked
    people: frozenset[int]


def asked_of_people(viewer: Viewer, people: Iterable[int]) -> list[AskedOfEach]:
    """Requirements for each person that reach these people today, through any of their profiles."""
    through = _profiles_of(viewer, list(people))
    profiles = {profile for ids in through.values() for profile in ids}
    rows = _holding(viewer.day).filter(profile__in=list(profiles), reach=Requirement.Reach.EACH)
    by_profile: dict[int, set[int]] = {}
    for person, ids in through.items():
        for profile in ids:
            by_profile.setdefault(profile, set()).add(person)
    found = [AskedOfEach(_asked(row, viewer.language), frozenset(by_profile[row.profile_id])) for row in rows]
    return sorted(found, key=lambda each: _order(each.asked))


def asked_of_person(viewer: Viewer, person_id: int) -> list[Asked]:
    """A person's requirements: the union of her profiles, each with where it came from."""
    return [each.asked for each in asked_of_people(viewer, [person_id])]


def agreements(viewer: Viewer, unit_id: int) -> GuardedQuerySet:
    """Neighbours who cover requirements for this unit by agreement today."""
    rows = CoverAgreement.objects.for_viewer(viewer, "plan.view").on(viewer.day)
    return rows.filter(unit=unit_id).select_related("by_unit")


def _holding(day: date) -> GuardedQuerySet:
    rows = Requirement.objects.on(day)
    return rows.select_related("profile", "competence").order_by("pk")


def _profiles_of(viewer: Viewer, people: list[int]) -> dict[int, set[int]]:
    """Ids of the profiles that apply to each person today: by position, role, unit and directly."""
    held = posts_held(people, viewer.day)
    positions = {position.casefold() for post in held.values() for position in post.positions}
    by_position: dict[str, set[int]] = {}
    for pk, position in (
        Profile.objects.filter(kind=Profile.Kind.POSITION).exclude(position="").values_list("pk", "position")
    ):
        if position.casefold() in positions:
            by_position.setdefault(position.casefold(), set()).add(pk)
    by_role: dict[int, set[int]] = {}
    for pk, role in Profile.objects.filter(kind=Profile.Kind.ROLE, role__isnull=False).values_list(
        "pk", "role"
    ):
        by_role.setdefault(role, set()).add(pk)
    by_unit: dict[int, set[int]] = {}
    for pk, unit in Profile.objects.filter(kind=Profile.Kind.UNIT, unit__isnull=False).values_list(
        "pk", "unit"
    ):
        by_unit.setdefault(unit, set()).add(pk)
    found: dict[int, set[int]] = {person: set() for person in people}
    for person, post in held.items():
        for source, keys in (
            (by_position, {position.casefold() for position in post.positions}),
            (by_role, post.roles),
            (by_unit, post.units),
        ):
            for key in keys:
                found[person] |= source.get(key, set())  # type: ignore[attr-defined]
    given = ProfileGiven.objects.for_system("a person's requirements are the union of her profiles").on(
        viewer.day
    )
    for person, profile in given.filter(person__in=people).values_list("person", "profile"):
        found[person].add(profile)
    return found


def _asked(row: Requirement, language: str) -> Asked:
    return Asked(
        pk=row.pk,
        competence_id=row.competence_id,
        competence=label(row.competence, language),
        level=row.level,
        strength=row.strength,
        source=row.source,
        basis=row.basis,
        reach=row.reach,
        at_least=row.at_least,
        proof_asked=row.proof_asked,
        review_on=row.review_on,
        through=label(row.profile, language),
    )


def _order(asked: Asked) -> tuple[int, str]:
    return STRENGTHS[Requirement.Strength(asked.strength)], asked.competence.casefold()


def _sorted(found: Iterable[Asked]) -> list[Asked]:
    return sorted(found, key=_order)
