"""Who in a unit is known to have what is asked there: by name, to the one they have shared it with, and nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from sloyfe.core.access import Viewer
from sloyfe.modules.catalogue.public import Asked
from sloyfe.modules.plans.ground import Somebody, ground_of


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is asked for, and those who work in the unit and are known to the viewer to have it."""

    asked: Asked
    people: tuple[Somebody, ...]


def known_in(viewer: Viewer, unit_id: int) -> list[Known]:
    """Everything that is asked for and known of somebody, musts first, each competence once."""
    ground = ground_of(viewer, unit_id)
    found: dict[int, Known] = {}
    for one in ground.asked_for:
        people = ground.people(ground.known(one) & ground.here)
        if people:
            found.setdefault(one.asked.competence_id, Known(one.asked, people))
    return list(found.values())
