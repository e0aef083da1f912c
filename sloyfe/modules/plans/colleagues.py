"""Who can take part, team by team: name and position as the staff directory says them, nothing more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sloyfe.core.access import Viewer
from sloyfe.modules.people.public import below_any_line, person_names, staff_ids, unit_names, work_of

ALL_TOGETHER = 6
"""Up to so many people, everybody is suggested."""


@dataclass(frozen=True, slots=True)
class Colleague:
    pk: int
    name: str
    position: str

    def __str__(self) -> str:
        return f"{self.name}, {self.position}" if self.position else self.name


@dataclass(frozen=True, slots=True)
class Team:
    """A unit at or below the office, and those who work there."""

    pk: int
    name: str
    people: tuple[Colleague, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """Everybody who can take part in a measure of one unit."""

    pk: int
    name: str
    teams: tuple[Team, ...]

    @property
    def people(self) -> tuple[Colleague, ...]:
        return tuple(sorted((one for team in self.teams for one in team.people), key=lambda one: (one.name, one.pk)))

    @property
    def suggested(self) -> list[int]:
        """Those ticked before anybody has chosen: all of a small office, nobody of a larger one."""
        return [one.pk for one in self.people] if len(self.people) <= ALL_TOGETHER else []

    def members(self, units: Iterable[int]) -> set[int]:
        """Everybody in these teams; the office itself means all."""
        wanted = set(units)
        return {one.pk for team in self.teams if wanted & {team.pk, self.pk} for one in team.people}


def office_of_colleagues(viewer: Viewer, unit_id: int) -> Office:
    within = below_any_line(unit_id)
    work = work_of(staff_ids(within, viewer.day), viewer.day)
    names = person_names(viewer, work)
    by_unit: dict[int, list[Colleague]] = defaultdict(list)
    for person, name in sorted(names.items(), key=lambda item: (item[1], item[0])):
        unit = next((unit for unit in work[person].units if unit in within), unit_id)
        position = ", ".join(sorted(filter(None, work[person].positions)))
        by_unit[unit].append(Colleague(person, name, position))
    called = unit_names({unit_id, *by_unit})
    teams = [Team(unit, called[unit], tuple(people)) for unit, people in by_unit.items()]
    return Office(unit_id, called[unit_id], tuple(sorted(teams, key=lambda team: (team.pk != unit_id, team.name))))
