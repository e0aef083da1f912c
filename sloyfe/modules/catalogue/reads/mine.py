"""What is asked of oneself: every profile that reaches her, and each thing once with all it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sloyfe.core.access import Viewer
from sloyfe.core.lang import label
from sloyfe.modules.catalogue.models import Competence, Requirement, Step
from sloyfe.modules.catalogue.required import Asked, asked_of_person


@dataclass(frozen=True, slots=True)
class From:
    """One profile that asks for it."""

    through: str
    strength: str
    strength_label: str
    source: str
    basis: str
    step: str
    proof_asked: bool
    review_on: date | None


@dataclass(frozen=True, slots=True)
class AskedOfMe:
    """One competence, with every profile that asks for it, the strongest first. `level` is the highest asked.

    `steps` is what each level is called. `only_proof`: one of them is a must that nothing but proof meets.
    """

    competence_id: int
    competence: str
    level: int | None
    strength: str
    strength_label: str
    sources: tuple[From, ...]
    steps: Mapping[int, str]

    @property
    def only_proof(self) -> bool:
        return any(one.proof_asked and one.strength == Requirement.Strength.MUST for one in self.sources)


class LevelAsked(NamedTuple):
    """One competence asked of her, and the highest level any profile asks for."""

    competence_id: int
    competence: str
    level: int | None


def asked_of_me(viewer: Viewer) -> list[AskedOfMe]:
    """All that is asked of her, with every source and what each level is called, the strongest first."""
    together = _together(viewer)
    steps = step_names(viewer, set(together))
    return [_asked_of_me(told, steps) for told in together.values()]


def levels_asked_of_me(viewer: Viewer) -> list[LevelAsked]:
    """The same in the same order, without sources and names of levels: two questions fewer."""
    return [LevelAsked(each, told[0].competence, _highest(told)) for each, told in _together(viewer).items()]


def _together(viewer: Viewer) -> dict[int, list[Asked]]:
    """By competence, the strongest first. What is asked of her lies in that order already."""
    found: dict[int, list[Asked]] = {}
    for each in asked_of_person(viewer, viewer.person_id) if viewer.person_id else ():
        found.setdefault(each.competence_id, []).append(each)
    return found


def _highest(told: list[Asked]) -> int | None:
    return max((each.level for each in told if each.level), default=None)


def _asked_of_me(told: list[Asked], steps: dict[tuple[int, int], str]) -> AskedOfMe:
    first = told[0]
    return AskedOfMe(
        first.competence_id,
        first.competence,
        _highest(told),
        first.strength,
        str(Requirement.Strength(first.strength).label),
        tuple(_from(each, steps) for each in told),
        {level: name for (key, level), name in steps.items() if key == first.competence_id},
    )


def _from(each: Asked, steps: dict[tuple[int, int], str]) -> From:
    return From(
        through=each.through,
        strength=each.strength,
        strength_label=str(Requirement.Strength(each.strength).label),
        source=str(Requirement.Source(each.source).label),
        basis=each.basis,
        step=steps.get((each.competence_id, each.level), "") if each.level else "",
        proof_asked=each.proof_asked,
        review_on=each.review_on,
    )


def step_names(viewer: Viewer, competences: set[int]) -> dict[tuple[int, int], str]:
    """What each level is called, by competence and level."""
    rows = Competence.objects.filter(pk__in=competences).values_list("pk", "scale", "framework__scale")
    scale_of = {pk: own or framework for pk, own, framework in rows}
    by_scale: dict[int, dict[int, str]] = {}
    for step in Step.objects.filter(scale__in=set(scale_of.values()) - {None}):
        by_scale.setdefault(step.scale_id, {})[step.level] = label(step, viewer.language)
    return {(pk, level): name for pk, scale in scale_of.items() for level, name in by_scale.get(scale, {}).items()}
