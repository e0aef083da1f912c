"""How many in a unit are known to have what is asked there, to the one they have shared it with and nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from sloyfe.core.access import Viewer
from sloyfe.modules.catalogue.public import Asked
from sloyfe.modules.plans.ground import ground_of


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is asked for, and how many who work in the unit are known to the viewer to have it."""

    asked: Asked
    many: int


def known_in(viewer: Viewer, unit_id: int) -> list[Known]:
    """Everything that is asked for and known of somebody, musts first, each competence once."""
    ground = ground_of(viewer, unit_id)
    found: dict[int, Known] = {}
    for one in ground.asked_for:
        people = ground.known(one) & ground.here
        if people:
            found.setdefault(one.asked.competence_id, Known(one.asked, len(people)))
    return list(found.values())
