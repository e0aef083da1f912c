"""Everything about one competence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.lang import in_language, label
from sloyfe.modules.catalogue.models import (
    AltLabel,
    Competence,
    LevelWording,
    Placement,
    Relation,
    Requirement,
    Status,
    Step,
)
from sloyfe.modules.catalogue.reads.browse import Link
from sloyfe.modules.catalogue.reads.labels import by_label, shown_label
from sloyfe.modules.catalogue.words import LANGUAGES, RELATIONS, SPOKEN

SHOWN = 30


@dataclass(frozen=True, slots=True)
class InLanguage:
    code: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """What we call it here: `unit` is who says so, empty for everybody."""

    pk: int
    text: str
    unit_id: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Level:
    """A step, in the words of the scale or, where it has them, of the competence itself."""

    level: int
    name: str
    wording: str
    own: bool


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody asks for it: through which profile, how strongly, at what level."""

    profile: Link
    strength: str
    strength_label: str
    level: int | None
    step: str
    source: str


@dataclass(frozen=True, slots=True)
class Portrait:
    row: Competence
    label: str
    about: str
    framework: Link
    labels: tuple[InLanguage, ...]
    abouts: tuple[InLanguage, ...]
    others: tuple[InLanguage, ...]
    terms: tuple[Term, ...]
    levels: tuple[Level, ...]
    areas: tuple[Link, ...]
    broader: tuple[Link, ...]
    narrower: tuple[Link, ...]
    more_narrower: bool
    related: tuple[tuple[str, Link], ...]
    replaced_by: Link | None
    askers: tuple[Asker, ...]
    more_askers: bool


def competences(viewer: Viewer) -> GuardedQuerySet:
    """Those the viewer may open: drafts are for whoever edits the catalogue."""
    rows = Competence.objects.select_related("framework__scale", "scale", "replaced_by")
    return rows if viewer.may("catalogue.edit") else rows.exclude(status=Status.DRAFT)


def portrait(viewer: Viewer, row: Competence) -> Portrait:
    language = viewer.language
    areas, broader = _above(row, language)
    narrower = _links(Competence.objects.filter(placements__broader=row), language, SHOWN + 1)
    levels = tuple(_levels(row, language))
    askers = _askers(viewer, row, {level.level: level.name for level in levels})
    others, terms = _other_names(row)
    return Portrait(
        row=row,
        label=label(row, language),
        about=in_language(row, "about", language),
        framework=Link(row.framework_id, label(row.framework, language)),
        labels=_in_each(row, "label"),
        abouts=_in_each(row, "about"),
        others=others,
        terms=terms,
        levels=levels,
        areas=areas,
        broader=broader,
        narrower=narrower[:SHOWN],
        more_narrower=len(narrower) > SHOWN,
        related=_related(row, language),
        replaced_by=Link(row.replaced_by.pk, label(row.replaced_by, language)) if row.replaced_by else None,
        askers=askers[:SHOWN],
        more_askers=len(askers) > SHOWN,
    )


def _in_each(row: Competence, stem: str) -> tuple[InLanguage, ...]:
    texts = ((code, getattr(row, f"{stem}_{code}")) for code in LANGUAGES)
    return tuple(InLanguage(code, str(LANGUAGES[code]), text) for code, text in texts if text)


def _links(rows: GuardedQuerySet, language: str, limit: int) -> tuple[Link, ...]:
    told = rows.exclude(status=Status.DRAFT).order_by(by_label(language), "pk")[:limit]
    return tuple(Link(row.pk, label(row, language)) for row in told)


def _above(row: Competence, language: str) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    places = list(Placement.objects.filter(competence=row).select_related("area", "broader").order_by("pk"))
    areas = tuple(Link(place.area.pk, label(place.area, language)) for place in places if place.area)
    broader = tuple(Link(place.broader.pk, label(place.broader, language)) for place in places if place.broader)
    return areas, broader


def _other_names(row: Competence) -> tuple[tuple[InLanguage, ...], tuple[Term, ...]]:
    """The framework's other words, in each language on a line; and the words we say here."""
    told: dict[str, list[str]] = {}
    terms = []
    for name in AltLabel.objects.filter(competence=row).select_related("unit").order_by("text", "pk"):
        if name.unit_id or name.ours:
            terms.append(Term(name.pk, name.text, name.unit_id, name.unit.name if name.unit else ""))
        else:
            told.setdefault(name.language, []).append(name.text)
    others = (InLanguage(code, str(name), ", ".join(told[code])) for code, name in SPOKEN.items() if code in told)
    return tuple(others), tuple(terms)


def scale_steps(row: Competence) -> list[Step]:
    """The steps it is told in: its own scale's, else its framework's."""
    scale = row.scale_id or row.framework.scale_id
    return list(Step.objects.filter(scale=scale).order_by("level")) if scale else []


def step_label(language: str) -> Combinable:
    """For rows of anything with a `competence` and a `level`: what that level is called there."""
    scale = Coalesce(OuterRef("competence__scale"), OuterRef("competence__framework__scale"))
    steps = Step.objects.filter(scale=scale, level=OuterRef("level"))
    return Subquery(steps.order_by().values_list(shown_label(language))[:1])


def levels_of(viewer: Viewer, competence_id: int) -> list[Level]:
    """The steps of one competence, in the words of the catalogue."""
    row = competences(viewer).select_related("framework").filter(pk=competence_id).first()
    return list(_levels(row, viewer.language)) if row else []


def _levels(row: Competence, language: str) -> Iterable[Level]:
    own = {each.level: in_language(each, "about", language) for each in LevelWording.objects.filter(competence=row)}
    steps = scale_steps(row)
    for step in steps:
        wording = own.get(step.level, "")
        yield Level(step.level, label(step, language), wording or in_language(step, "about", language), bool(wording))
    for level in sorted(own.keys() - {step.level for step in steps}):
        yield Level(level, "", own[level], True)


def _related(row: Competence, language: str) -> tuple[tuple[str, Link], ...]:
    rows = Relation.objects.filter(Q(source=row) | Q(target=row)).select_related("source", "target").order_by("pk")
    found: dict[int, tuple[str, Link]] = {}
    for each in rows[: SHOWN * 2]:
        other = each.target if each.source_id == row.pk else each.source
        found.setdefault(other.pk, (str(RELATIONS.get(each.kind, each.kind)), Link(other.pk, label(other, language))))
    return tuple(found.values())


def _askers(viewer: Viewer, row: Competence, steps: Mapping[int, str]) -> tuple[Asker, ...]:
    """Who asks for it today: our own profiles before those of frameworks, musts first."""
    strengths = {Requirement.Strength.MUST: 0, Requirement.Strength.SHOULD: 1, Requirement.Strength.MAY: 2}
    order = Case(*(When(strength=name, then=Value(at)) for name, at in strengths.items()), output_field=IntegerField())
    own = Case(When(profile__framework=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Requirement.objects.filter(competence=row).on(viewer.day).select_related("profile")
    return tuple(
        Asker(
            Link(each.profile_id, label(each.profile, viewer.language)),
            each.strength,
            each.get_strength_display(),
            each.level,
            steps.get(each.level, "") if each.level else "",
            each.get_source_display(),
        )
        for each in rows.order_by(own, order, "pk")[: SHOWN + 1]
    )
