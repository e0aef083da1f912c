"""What comes from outside, and what it means for the unit: who has what it touches, and how the rest can be met."""

from __future__ import annotations

from dataclasses import dataclass

from sloyfe.modules.catalogue.public import Coming, Touched
from sloyfe.modules.plans.ground import Ground, Somebody
from sloyfe.modules.plans.needs import way_to


@dataclass(frozen=True, slots=True)
class TouchedHere:
    """One competence it touches. Who has shared it, here and next door; of nobody else is anything said."""

    touched: Touched
    here: tuple[Somebody, ...]
    next_door: tuple[Somebody, ...]
    learners: tuple[Somebody, ...]
    way: str


@dataclass(frozen=True, slots=True)
class ComingHere:
    cause: Coming
    touches: tuple[TouchedHere, ...]


def coming_here(ground: Ground) -> list[ComingHere]:
    return [ComingHere(one, tuple(_here(ground, each) for each in one.touches)) for one in ground.coming]


def _here(ground: Ground, touched: Touched) -> TouchedHere:
    can = ground.having(touched.competence_id, touched.level)
    near = can & set(ground.work) - ground.here
    wants = ground.shared.wants.get(touched.competence_id, set()) & ground.here
    return TouchedHere(
        touched=touched,
        here=ground.people(can & ground.here),
        next_door=ground.people(near),
        learners=ground.people(wants - can),
        way=way_to(can & ground.here | near, wants, ground.here),
    )
