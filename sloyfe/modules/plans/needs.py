"""What an office lacks: requirements against what people have shared with the one who asks, nothing hidden.

Each need says which requirement it comes from and how it can be met, in this order: mobilise (somebody here or next
door has it and can be asked), learn (somebody here wants to), acquire. Somebody has it who offers it, says that she is
at the level asked for, has had it confirmed, or can show proof; where a law asks for proof, only proof will do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sloyfe.core.access import Viewer
from sloyfe.core.policy import number
from sloyfe.modules.catalogue.public import MET_FROM, Asked, agreements, asked_of_unit
from sloyfe.modules.people.public import Work, around, below_any_line, office_names, people_in, person_names, work_of
from sloyfe.modules.plans.models import Priority
from sloyfe.modules.statements.public import Shared, holds, shared_with

SIDE_AT_LEAST = 3  # on either side of a count of people


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who has shared this with the viewer, and where she works."""

    person_id: int
    name: str
    office: str


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
    covered_by: tuple[str, ...]
    way: str


def needs(viewer: Viewer, unit_id: int) -> list[Need]:
    """The needs of a unit as this viewer can know them: the office's own, then those of each person; musts first."""
    ours, area = below_any_line(unit_id), around([unit_id], "area")
    work = work_of(people_in(ours | area, viewer.day), viewer.day)
    here = {person for person, one in work.items() if not ours.isdisjoint(one.units)}
    near = set(work) - here
    of_unit, of_each = asked_of_unit(viewer, unit_id, {person: work[person] for person in here})
    asked_for = [(asked, asked.at_least, here) for asked in of_unit]
    asked_for += [(each.asked, len(each.people), set(each.people)) for each in of_each]
    shared = shared_with(viewer, {asked.competence_id for asked, _n, _people in asked_for}, work)
    who = _directory(viewer, shared, work)
    agreed = {row.requirement_id: row for row in agreements(viewer, unit_id)}
    found = []
    for asked, wanted, people in asked_for:
        reach = people | near if asked.reach == "area" else people
        can = _can(asked, shared)
        wants = shared.wants.get(asked.competence_id, set()) & here
        cover = agreed.get(asked.pk)
        have = len(can & reach) + (cover.people if cover else 0)
        if have < wanted:
            shown = asked.reach != "each" or _may_be_told(viewer, wanted, have)
            found.append(
                Need(
                    asked=asked,
                    wanted=wanted if shown else None,
                    have=have if shown else None,
                    here=_people(who, can & here),
                    next_door=_people(who, can & near),
                    learners=_people(who, wants),
                    covered_by=(cover.by_unit.name,) if cover else (),
                    way=_way(can & (here | near), wants, here),
                )
            )
    return found


def _can(asked: Asked, shared: Shared) -> set[int]:
    """Those who are known to the viewer to have what is asked."""
    proof = asked.proof_asked and asked.strength == "must"
    stands = shared.standing.get(asked.competence_id, {})
    known = {who for who, standing in stands.items() if holds(standing, asked.level or MET_FROM, proof_asked=proof)}
    return known if proof else known | shared.can.get(asked.competence_id, set())


def _may_be_told(viewer: Viewer, asked_of: int, have: int) -> bool:
    """Whether «asked of so many, so many have said» points at nobody, on either side of the count."""
    fewest = number("people.counted_at_least", viewer.day)
    return min(asked_of, have) >= fewest and min(have, asked_of - have) >= SIDE_AT_LEAST


def _way(can: set[int], wants: set[int], here: set[int]) -> str:
    if can:
        return Priority.Way.MOBILISE
    return Priority.Way.LEARN if wants or len(here) > 1 else Priority.Way.ACQUIRE


def _directory(viewer: Viewer, shared: Shared, work: Mapping[int, Work]) -> Mapping[int, Somebody]:
    named = {p for ids in (*shared.can.values(), *shared.wants.values()) for p in ids} & set(work)
    names: dict[int, str] = person_names(viewer, named)
    offices: dict[int, str] = office_names({work[p].units[0] for p in names})
    return {p: Somebody(p, name, offices[work[p].units[0]]) for p, name in names.items()}


def _people(who: Mapping[int, Somebody], ids: Iterable[int]) -> tuple[Somebody, ...]:
    return tuple(sorted((who[p] for p in ids if p in who), key=lambda one: (one.name, one.person_id)))
