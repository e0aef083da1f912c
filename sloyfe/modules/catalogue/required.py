"""What is required of a unit and its area, and of people through position, role, unit or directly: each with source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.lang import label
from sloyfe.modules.catalogue.models import CoverAgreement, Profile, ProfileGiven, Requirement
from sloyfe.modules.catalogue.organisation import kinds_of
from sloyfe.modules.people.public import posts_held, unit_and_above, workplaces

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
    """Ids of the profiles that apply to each person today: by position, role, unit, kind of unit and directly."""
    held = posts_held(people, viewer.day)
    kinds = _kinds_of_unit(people, viewer.day)
    by_position, by_role, by_unit, by_kind = _profiles()
    found: dict[int, set[int]] = {}
    for person, post in held.items():
        found[person] = set().union(
            *(by_position.get(position.casefold(), ()) for position in post.positions),
            *(by_role.get(role, ()) for role in post.roles),
            *(by_unit.get(unit, ()) for unit in post.units),
            *(by_kind.get(kind, ()) for kind in kinds.get(person, ())),
        )
    given = ProfileGiven.objects.for_system("a person's requirements are the union of her profiles").on(viewer.day)
    for person, profile in given.filter(person__in=people).values_list("person", "profile"):
        found[person].add(profile)
    return found


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


def _kinds_of_unit(people: list[int], day: date) -> dict[int, set[str]]:
    """What kind of unit each person works in, and what kind of office that belongs to; not what is above."""
    places = workplaces(people, day)
    kinds = kinds_of({unit for place in places.values() for unit in (place.unit_id, place.office_id)})
    return {person: {kinds[place.unit_id], kinds[place.office_id]} for person, place in places.items()}


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
