"""What a county adviser meets first: each office with its plan, by name and never by how it does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sloyfe.core.access import Viewer
from sloyfe.modules.plans.public import plans, units_to_see_needs


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """One office; `plan_id` is None where no plan holds today or later."""

    unit_id: int
    name: str
    plan_id: int | None = None
    plan: str = ""
    state: str = ""


def offices(viewer: Viewer) -> list[OfficeLine]:
    """The offices whose needs the viewer follows, her own workplace aside."""
    own = {post.unit_id for post in viewer.posts}
    names = {unit: name for unit, name in units_to_see_needs(viewer).items() if unit not in own}
    live = plans(viewer).filter(unit__in=list(names), valid_to__gt=viewer.day).order_by("-valid_from", "-pk")
    held = {plan.unit_id: OfficeLine(plan.unit_id, "", plan.pk, plan.title, plan.get_state_display()) for plan in live}
    return [replace(held.get(unit, OfficeLine(unit, "")), name=name) for unit, name in names.items()]
