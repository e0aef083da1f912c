"""What has been shared with a viewer about competences: the only thing needs may be counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sloyfe.core.access import Viewer
from sloyfe.modules.statements.models import Statement
from sloyfe.modules.statements.standing import Standing, of_rows, said_of

Kind = Statement.Kind


@dataclass(frozen=True, slots=True)
class Shared:
    """By competence, ids of those who can be asked or can teach and of those who want to learn; and how each stands."""

    can: dict[int, set[int]] = field(default_factory=dict)
    wants: dict[int, set[int]] = field(default_factory=dict)
    standing: dict[int, dict[int, Standing]] = field(default_factory=dict)


def shared_with(viewer: Viewer, competences: Iterable[int], people: Iterable[int]) -> Shared:
    """What these people have shared with the viewer on these competences. What nobody shared is not counted."""
    rows = list(said_of(viewer, people, competences, viewer.day).only("person", "competence", "kind", "level"))
    can: dict[int, set[int]] = defaultdict(set)
    wants: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row.kind in (Kind.OFFERS, Kind.TEACHES):
            can[row.competence_id].add(row.person_id)
        elif row.kind == Kind.WANTS:
            wants[row.competence_id].add(row.person_id)
    stands: dict[int, dict[int, Standing]] = defaultdict(dict)
    for (person, competence), standing in of_rows(viewer, rows, viewer.day).items():
        stands[competence][person] = standing
    return Shared(dict(can), dict(wants), dict(stands))
