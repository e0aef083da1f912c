"""Who holds which role in a unit, with deputy and last day; and until when somebody's work is dated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sloyfe.core.access import Viewer
from sloyfe.core.lang import in_language
from sloyfe.modules.people.models import Affiliation, RoleHolding

FOLLOW, OPEN = "role.follow", "person.view"


@dataclass(frozen=True, slots=True)
class RoleHere:
    """One role somebody holds. `until` is the day it ends, where that is known."""

    person_id: int
    who: str
    what: str
    deputy: str
    until: date | None


def roles_here(viewer: Viewer, units: Iterable[int]) -> list[RoleHere]:
    """Roles in the units that the viewer follows, by role and name."""
    rows = RoleHolding.objects.for_viewer(viewer, FOLLOW).on(viewer.day).filter(unit__among=set(units))
    return [
        RoleHere(
            row.person_id,
            row.person.name,
            in_language(row.kind, "name", viewer.language),
            row.deputy.name if row.deputy else "",
            row.valid_to,
        )
        for row in rows.select_related("person", "kind", "deputy").order_by("kind__code", "person__sort_key", "pk")
    ]


def work_ends(viewer: Viewer, people: Iterable[int]) -> dict[int, date]:
    """Person → the day all her work here ends, for those the viewer may open who have one set."""
    rows = Affiliation.objects.for_viewer(viewer, OPEN).on(viewer.day).filter(person__among=set(people))
    ends: dict[int, date] = {}
    stays: set[int] = set()
    for person, end in rows.values_list("person", "valid_to"):
        if end is None:
            stays.add(person)
        else:
            ends[person] = max(end, ends.get(person, end))
    return {person: end for person, end in ends.items() if person not in stays}
