"""What an office lacks: requirements against what people have shared with the one who asks, nothing hidden.

Each need says which requirement it comes from and how it can be met, in this order: mobilise (somebody here
or next door has offered it), learn (somebody here wants to), acquire. Mapping and coverage come later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sloyfe.core.access import Viewer
from sloyfe.modules.catalogue.public import Asked, agreements, asked_of_people, asked_of_unit
from sloyfe.modules.people.public import (
    Workplace,
    around,
    below_any_line,
    person_names,
    staff_ids,
    workplaces,
)
from sloyfe.modules.plans.models import Priority
from sloyfe.modules.statements.public import Shared, shared_with


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
    anybody: the rest have simply not said.
    """

    asked: Asked
    wanted: int
    have: int
    here: tuple[Somebody, ...]
    next_door: tuple[Somebody, ...]
    learners: tuple[Somebody, ...]
    covered_by: tuple[str, ...]
    way: str


def needs(viewer: Viewer, unit_id: int) -> list[Need]:
    """The needs of a unit as this viewer can know them: the office's own, then those of each person; musts first."""
    here = set(staff_ids(below_any_line(unit_id), viewer.day))
    near = set(staff_ids(around([unit_id], "area"), viewer.day)) - here
    of_unit = [(asked, asked.at_least, here) for asked in asked_of_unit(viewer, unit_id)]
    of_each = [(each.asked, len(each.people), set(each.people)) for each in asked_of_people(viewer, here)]
    asked_for = [*of_unit, *of_each]
    shared = shared_with(viewer, {asked.competence_id for asked, _n, _people in asked_for}, here | near)
    who = _directory(viewer, shared, here | near)
    agreed = {row.requirement_id: row for row in agreements(viewer, unit_id)}
    found = []
    for asked, wanted, people in asked_for:
        reach = people | near if asked.reach == "area" else people
        can = shared.can.get(asked.competence_id, set())
        cover = agreed.get(asked.pk)
        have = len(can & reach) + (cover.people if cover else 0)
        if have < wanted:
            found.append(
                Need(
                    asked=asked,
                    wanted=wanted,
                    have=have,
                    here=_people(who, can & here),
                    next_door=_people(who, can & near),
                    learners=_people(who, shared.wants.get(asked.competence_id, set()) & here),
                    covered_by=(cover.by_unit.name,) if cover else (),
                    way=_way(can & (here | near), shared.wants.get(asked.competence_id, set()) & here, here),
                )
            )
    return found


def _way(can: set[int], wants: set[int], here: set[int]) -> str:
    if can:
        return Priority.Way.MOBILISE
    return Priority.Way.LEARN if wants or len(here) > 1 else Priority.Way.ACQUIRE


def _directory(viewer: Viewer, shared: Shared, people: set[int]) -> Mapping[int, Somebody]:
    named = {p for ids in (*shared.can.values(), *shared.wants.values()) for p in ids} & people
    names: dict[int, str] = person_names(viewer, named)
    places: dict[int, Workplace] = workplaces(named, viewer.day)
    return {p: Somebody(p, names[p], places[p].office) for p in named if p in names and p in places}


def _people(who: Mapping[int, Somebody], ids: Iterable[int]) -> tuple[Somebody, ...]:
    return tuple(sorted((who[p] for p in ids if p in who), key=lambda one: (one.name, one.person_id)))
