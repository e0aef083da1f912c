"""What has been shared with a viewer about competences: the only thing needs may be counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sloyfe.core.access import Viewer
from sloyfe.modules.statements.models import Statement


@dataclass(frozen=True, slots=True)
class Shared:
    """Person ids by competence: who can be asked or can teach, and who wants to learn."""

    can: dict[int, set[int]] = field(default_factory=dict)
    wants: dict[int, set[int]] = field(default_factory=dict)


def shared_with(viewer: Viewer, competences: Iterable[int], people: Iterable[int]) -> Shared:
    """What these people have shared with the viewer on these competences. What nobody shared is not counted."""
    visible = Statement.objects.for_viewer(viewer, "own.page").filter(person__among=set(people), valid_to=None)
    rows = visible.filter(competence__among=set(competences))
    can: dict[int, set[int]] = defaultdict(set)
    wants: dict[int, set[int]] = defaultdict(set)
    for person, competence, kind in rows.values_list("person", "competence", "kind"):
        if kind in (Statement.Kind.OFFERS, Statement.Kind.TEACHES):
            can[competence].add(person)
        elif kind == Statement.Kind.WANTS:
            wants[competence].add(person)
    return Shared(dict(can), dict(wants))
