"""A framework from the tables back into a draft, so that everything that comes in can go out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from sloyfe.core.access import GuardedQuerySet
from sloyfe.modules.catalogue.formats import draft as d
from sloyfe.modules.catalogue.models import (
    AltLabel,
    Area,
    AreaParent,
    Competence,
    Framework,
    LevelWording,
    Placement,
    Profile,
    ProfileParent,
    Relation,
    Requirement,
    Scale,
    SourceRow,
)

LANGUAGES = ("nb", "nn", "en")


def size_of(framework: Framework) -> int:
    """How many rows an export has, about."""
    competences = Competence.objects.filter(framework=framework).count()
    return competences + Requirement.objects.filter(competence__framework=framework).count()


def draft_of(framework: Framework, day: date) -> d.Draft:
    """All of a framework: with it the body's own profiles that ask for its competences, as of a day."""
    profiles = _profiles(framework)
    return replace(
        competences_of(framework),
        profiles=tuple(_drafted(profiles)),
        requirements=tuple(_requirements(framework, profiles, day)),
    )


def competences_of(framework: Framework) -> d.Draft:
    """A framework without what is asked of anybody, which is the same on any day."""
    return d.Draft(
        framework=_framework(framework),
        scales=(_scale(framework.scale, framework.code),) if framework.scale else (),
        areas=tuple(_areas(framework)),
        competences=tuple(_competences(framework)),
        terms=tuple(_terms(framework)),
        relations=tuple(_relations(framework)),
        extras={row.key: row.values for row in SourceRow.objects.filter(framework=framework).order_by("pk")},
    )


def _texts(row: Any, stem: str) -> d.Texts:
    told = {code: getattr(row, f"{stem}_{code}") for code in LANGUAGES}
    return {code: text for code, text in told.items() if text}


def _framework(row: Framework) -> d.DraftFramework:
    return d.DraftFramework(
        code=row.code,
        names=_texts(row, "label"),
        publisher=row.publisher,
        version=row.version,
        licence_line=row.licence,
        url=row.url,
        descriptions=_texts(row, "about"),
    )


def _scale(row: Scale, code: str) -> d.DraftScale:
    steps = (
        d.DraftStep(step.level, _texts(step, "label"), _texts(step, "about")) for step in row.steps.order_by("level")
    )
    return d.DraftScale(code, tuple(steps), row.proficient)


def _areas(framework: Framework) -> Iterable[d.DraftArea]:
    links = AreaParent.objects.filter(area__framework=framework).order_by("pk").values_list("area", "parent__key")
    above = _grouped(links)
    for row in Area.objects.filter(framework=framework).order_by("pk"):
        yield d.DraftArea(row.key, _texts(row, "label"), tuple(above.get(row.pk, ())), _texts(row, "about"))


def _competences(framework: Framework) -> Iterable[d.DraftCompetence]:
    here = {"competence__framework": framework}
    places = Placement.objects.filter(**here).order_by("pk").values_list("competence", "area__key", "broader__key")
    above = _grouped((competence, area or broader) for competence, area, broader in places)
    others: dict[int, dict[str, list[str]]] = {}
    names = AltLabel.objects.filter(unit=None, ours=False, **here).order_by("pk")
    for competence, language, text in names.values_list("competence", "language", "text"):
        others.setdefault(competence, {}).setdefault(language, []).append(text)
    wordings: dict[int, dict[int, d.Texts]] = {}
    for wording in LevelWording.objects.filter(**here).order_by("competence", "level"):
        wordings.setdefault(wording.competence_id, {})[wording.level] = _texts(wording, "about")
    rows = Competence.objects.filter(framework=framework).select_related("replaced_by").order_by("pk")
    for row in rows:
        yield d.DraftCompetence(
            key=row.key,
            kind=d.Kind(row.kind),
            names=_texts(row, "label"),
            alt_labels={code: tuple(texts) for code, texts in others.get(row.pk, {}).items()},
            descriptions=_texts(row, "about"),
            parents=tuple(above.get(row.pk, ())),
            status=d.Status(row.status),
            replaced_by=row.replaced_by.key if row.replaced_by else "",
            level_wordings=wordings.get(row.pk, {}),
        )


def _terms(framework: Framework) -> Iterable[d.DraftTerm]:
    """The words we say here, of all of us and of offices."""
    said = AltLabel.objects.filter(Q(ours=True) | Q(unit__isnull=False), competence__framework=framework)
    rows = said.order_by("pk").values_list("text", "competence__key", "language", "unit__number")
    for text, competence, language, unit in rows:
        yield d.DraftTerm(text, competence, language, unit or "")


def _profiles(framework: Framework) -> GuardedQuerySet:
    asking = Requirement.objects.filter(competence__framework=framework).values("profile")
    own = Q(framework=None, pk__in=asking)
    rows: GuardedQuerySet = Profile.objects.filter(Q(framework=framework) | own).order_by("pk")
    return rows


def _drafted(profiles: GuardedQuerySet) -> Iterable[d.DraftProfile]:
    links = ProfileParent.objects.filter(profile__in=profiles.values("pk")).order_by("pk")
    above = _grouped(links.values_list("profile", "parent__key"))
    for row in profiles.select_related("unit", "role"):
        yield d.DraftProfile(
            key=row.key,
            names=_texts(row, "label"),
            kind=d.ProfileKind(row.kind),
            parents=tuple(above.get(row.pk, ())),
            alt_labels={code: tuple(texts) for code, texts in row.others.items()},
            descriptions=_texts(row, "about"),
            code=row.code,
            applies_to=_applies_to(row),
        )


def _applies_to(row: Profile) -> str:
    """The word a file uses for it: a role's code, a unit's number or kind, a position's name."""
    if row.role:
        return str(row.role.code)
    return str(row.unit.number) if row.unit else row.unit_kind or row.position


def _requirements(framework: Framework, profiles: GuardedQuerySet, day: date) -> Iterable[d.DraftRequirement]:
    asked = Requirement.objects.filter(profile__in=profiles.values("pk"), competence__framework=framework).on(day)
    columns = ("profile__key", "competence__key", "level", "strength", "source", "basis", "reach")
    rows = asked.order_by("pk").values_list(*columns, "at_least", "proof_asked", "review_on")
    for profile, competence, level, strength, source, basis, reach, at_least, proof, review in rows.iterator():
        yield d.DraftRequirement(
            profile=profile,
            competence=competence,
            level=level,
            strength=d.Strength(strength),
            source=d.Source(source),
            basis=basis,
            reach=d.Reach(reach),
            at_least=at_least,
            proof_asked=proof,
            review_on=review,
        )


def _relations(framework: Framework) -> Iterable[d.DraftRelation]:
    rows = Relation.objects.filter(source__framework=framework).order_by("pk")
    for kind, start, end in rows.values_list("kind", "source__key", "target__key"):
        yield d.DraftRelation(d.RelationKind(kind), start, end)


def _grouped(links: Iterable[tuple[int, str]]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for below, above in links:
        found.setdefault(below, []).append(above)
    return found
