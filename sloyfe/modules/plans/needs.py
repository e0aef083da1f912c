"""What an office lacks: requirements against what people have shared with the one who asks, nothing hidden.

Each need says which requirement it comes from and how it can be met, in this order: mobilise (somebody here or next
door has it and can be asked), learn (somebody here wants to), acquire.
"""

from __future__ import annotations

from dataclasses import dataclass

from sloyfe.core.access import Viewer
from sloyfe.core.policy import number
from sloyfe.modules.catalogue.public import Asked, Coming
from sloyfe.modules.plans.ground import AskedFor, Ground, Neighbour, Somebody, ground_of
from sloyfe.modules.plans.models import Priority

SIDE_AT_LEAST = 3  # on either side of a count of people


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement that is not met by what has been shared.

    `wanted` people are asked for, `have` are known here (agreements included). `here`, `next_door` and
    `learners` are those who shared it with the viewer. For requirements of each, `have` is no verdict on
    anybody: the rest have simply not said. Where so few are counted that a figure would point at somebody,
    both are None.
    """

    asked: Asked
    wanted: int | None
    have: int | None
    here: tuple[Somebody, ...]
    next_door: tuple[Somebody, ...]
    learners: tuple[Somebody, ...]
    covered_by: tuple[Neighbour, ...]
    way: str
    only_proof: bool
    because: tuple[Coming, ...]


def needs(viewer: Viewer, unit_id: int) -> list[Need]:
    """The needs of a unit as this viewer can know them: the office's own, then those of each person; musts first."""
    return needs_on(viewer, ground_of(viewer, unit_id))


def needs_on(viewer: Viewer, ground: Ground) -> list[Need]:
    return [need for one in ground.asked_for if (need := _need(viewer, ground, one))]


def _need(viewer: Viewer, ground: Ground, one: AskedFor) -> Need | None:
    cover = ground.neighbours(one)
    have = len(ground.counting(one)) + sum(each.people for each in cover)
    if have >= one.wanted:
        return None
    can = ground.known(one)
    near = can & set(ground.work) - ground.here
    wants = ground.shared.wants.get(one.asked.competence_id, set()) & ground.here
    shown = one.asked.reach != "each" or _may_be_told(viewer, one.wanted, have)
    return Need(
        asked=one.asked,
        wanted=one.wanted if shown else None,
        have=have if shown else None,
        here=ground.people(can & ground.here),
        next_door=ground.people(near),
        learners=ground.people(wants),
        covered_by=cover,
        way=way_to(can & ground.here | near, wants, ground.here),
        only_proof=one.only_proof,
        because=ground.because(one.asked.competence_id),
    )


def _may_be_told(viewer: Viewer, asked_of: int, have: int) -> bool:
    """Whether «asked of so many, so many have said» points at nobody, on either side of the count."""
    fewest = number("people.counted_at_least", viewer.day)
    return min(asked_of, have) >= fewest and min(have, asked_of - have) >= SIDE_AT_LEAST


def way_to(can: set[int], wants: set[int], here: frozenset[int]) -> str:
    """Mobilise before learn before acquire."""
    if can:
        return Priority.Way.MOBILISE
    return Priority.Way.LEARN if wants or len(here) > 1 else Priority.Way.ACQUIRE
