"""One's own needs: what is asked of me, what I have said, had confirmed and can show, and the ways from there.

For nobody but herself. Own view, confirmation and proof stand each by itself and are never made one number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sloyfe.core.access import Viewer
from sloyfe.modules.catalogue.public import MET_FROM, AskedOfMe, Coming, asked_of_me, causes_for_me
from sloyfe.modules.plans.models import Plan, Priority
from sloyfe.modules.statements.public import Shared, Standing, holds, shared_with


class Way(StrEnum):
    """Mobilise before learn: can be asked; can it, not asked; has yet to show it; can learn it; has not said."""

    ASKED = "asked"
    MOBILISE = "mobilise"
    SHOW = "show"
    LEARN = "learn"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Mine:
    """One thing asked of her. `planned` is the plan of her office that takes it up, if one does."""

    asked: AskedOfMe
    standing: Standing
    wants: bool
    way: Way
    planned: int | None
    coming: tuple[Coming, ...]

    @property
    def own_level(self) -> str:
        return self._called(self.standing.level)

    @property
    def confirmed_level(self) -> str:
        return self._called(self.standing.confirmed_level)

    def _called(self, level: int | None) -> str:
        return self.asked.steps.get(level, str(level)) if level else ""


@dataclass(frozen=True, slots=True)
class MyNeeds:
    """What is asked of her, and what comes from outside where she works but touches nothing of it yet."""

    asked: tuple[Mine, ...]
    other: tuple[Coming, ...]


def my_needs(viewer: Viewer) -> MyNeeds:
    asked, coming = asked_of_me(viewer), causes_for_me(viewer)
    keys = {one.competence_id for one in asked}
    shared = shared_with(viewer, keys, [viewer.me])
    planned = _planned(viewer, keys)
    mine = tuple(_mine(viewer.me, one, shared, planned, coming) for one in asked)
    told = {cause.pk for one in mine for cause in one.coming}
    return MyNeeds(mine, tuple(cause for cause in coming if cause.pk not in told))


def _mine(me: int, asked: AskedOfMe, shared: Shared, planned: Mapping[int, int], coming: list[Coming]) -> Mine:
    key = asked.competence_id
    standing = shared.standing.get(key, {}).get(me, Standing())
    return Mine(
        asked=asked,
        standing=standing,
        wants=me in shared.wants.get(key, ()),
        way=_way(asked, standing, can_be_asked=me in shared.can.get(key, ())),
        planned=planned.get(key),
        coming=tuple(cause for cause in coming if key in {each.competence_id for each in cause.touches}),
    )


def _way(asked: AskedOfMe, standing: Standing, *, can_be_asked: bool) -> Way:
    level = asked.level or MET_FROM
    said = holds(standing, level, proof_asked=False) or can_be_asked
    if asked.only_proof and not standing.proof and (said or standing != Standing()):
        return Way.SHOW
    if said:
        return Way.ASKED if can_be_asked else Way.MOBILISE
    return Way.UNSAID if standing == Standing() else Way.LEARN


def _planned(viewer: Viewer, competences: set[int]) -> dict[int, int]:
    """Competence → the plan around her that takes it up now or next."""
    rows = Priority.objects.for_viewer(viewer, "plan.view").filter(
        competence__among=competences, unit__among=viewer.around("office"), plan__valid_to__gt=viewer.day
    )
    adopted = rows.filter(plan__state=Plan.State.ADOPTED).order_by("-plan__valid_from", "pk")
    return dict(adopted.values_list("competence", "plan"))
