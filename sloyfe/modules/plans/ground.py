"""What a unit is asked for, and what the one who looks knows of who has it: the ground needs and cover stand on.

Only what people have offered or shared with the viewer is known. Somebody has it who offers it, says that she is at the
level asked for, has had it confirmed, or can show proof; where a law asks for proof, only proof will do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sloyfe.core.access import Viewer
from sloyfe.modules.catalogue.public import MET_FROM, Asked, Coming, agreements, asked_of_unit
from sloyfe.modules.people.public import Work, around, below_any_line, office_names, people_in, person_names, work_of
from sloyfe.modules.statements.public import Shared, holds, shared_with


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who has shared this with the viewer, and where she works."""

    person_id: int
    name: str
    office: str


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A requirement, how many are wanted, and those it may be met by in the unit itself."""

    asked: Asked
    wanted: int
    people: frozenset[int]

    @property
    def only_proof(self) -> bool:
        return self.asked.proof_asked and self.asked.strength == "must"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A unit that covers so many by agreement, until and with its last day."""

    unit: str
    people: int
    until: date | None


@dataclass(frozen=True, slots=True)
class Ground:
    """`ours` are the unit and all below it; `here` those who work there, the rest of `work` works next door.

    `coming` is what from outside reaches the unit.
    """

    unit_id: int
    ours: frozenset[int]
    work: Mapping[int, Work]
    here: frozenset[int]
    asked_for: tuple[AskedFor, ...]
    shared: Shared
    who: Mapping[int, Somebody]
    agreed: Mapping[int, tuple[Neighbour, ...]]
    coming: tuple[Coming, ...]

    def known(self, one: AskedFor) -> set[int]:
        """Those who are known to the viewer to have what is asked, here and next door."""
        return self.having(one.asked.competence_id, one.asked.level, only_proof=one.only_proof)

    def having(self, competence_id: int, level: int | None, *, only_proof: bool = False) -> set[int]:
        stands = self.shared.standing.get(competence_id, {})
        wanted = level or MET_FROM
        known = {who for who, standing in stands.items() if holds(standing, wanted, proof_asked=only_proof)}
        return known if only_proof else known | self.shared.can.get(competence_id, set())

    def because(self, competence_id: int) -> tuple[Coming, ...]:
        """What from outside asks for the competence too."""
        return tuple(one for one in self.coming if competence_id in {each.competence_id for each in one.touches})

    def counting(self, one: AskedFor) -> set[int]:
        """Of those known, the ones who count for this requirement: of the unit, or of the whole area."""
        reach = one.people | (set(self.work) - self.here) if one.asked.reach == "area" else one.people
        return self.known(one) & reach

    def neighbours(self, one: AskedFor) -> tuple[Neighbour, ...]:
        return self.agreed.get(one.asked.pk, ())

    def people(self, ids: Iterable[int]) -> tuple[Somebody, ...]:
        found = (self.who[person] for person in ids if person in self.who)
        return tuple(sorted(found, key=lambda one: (one.name, one.person_id)))


def ground_of(viewer: Viewer, unit_id: int, coming: Iterable[Coming] = ()) -> Ground:
    """What the unit itself is asked for, then what is asked of each person; musts first in both.

    With what is `coming`, also what is known about the competences that touches.
    """
    ours, area = below_any_line(unit_id), around([unit_id], "area")
    work = work_of(people_in(ours | area, viewer.day), viewer.day)
    here = frozenset(person for person, one in work.items() if not ours.isdisjoint(one.units))
    of_unit, of_each = asked_of_unit(viewer, unit_id, {person: work[person] for person in here})
    asked_for = [AskedFor(asked, asked.at_least, here) for asked in of_unit]
    asked_for += [AskedFor(each.asked, len(each.people), each.people) for each in of_each]
    coming = tuple(coming)
    touched = {each.competence_id for one in coming for each in one.touches}
    shared = shared_with(viewer, {one.asked.competence_id for one in asked_for} | touched, work)
    who = _directory(viewer, shared, work)
    return Ground(unit_id, ours, work, here, tuple(asked_for), shared, who, _agreed(viewer, unit_id), coming)


def _agreed(viewer: Viewer, unit_id: int) -> dict[int, tuple[Neighbour, ...]]:
    found: dict[int, list[Neighbour]] = defaultdict(list)
    for row in agreements(viewer, unit_id):
        found[row.requirement_id].append(Neighbour(row.by_unit.name, row.people, row.valid_to))
    return {requirement: tuple(rows) for requirement, rows in found.items()}


def _directory(viewer: Viewer, shared: Shared, work: Mapping[int, Work]) -> dict[int, Somebody]:
    told = (*shared.can.values(), *shared.wants.values(), *shared.standing.values())
    named = {person for people in told for person in people} & set(work)
    names: dict[int, str] = person_names(viewer, named)
    offices: dict[int, str] = office_names({work[person].units[0] for person in names})
    return {person: Somebody(person, name, offices[work[person].units[0]]) for person, name in names.items()}
