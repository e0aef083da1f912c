"""One leader for the whole series, free every time."""

from __future__ import annotations

import numpy as np

from sloyfe.engines.planner.linear import total
from sloyfe.engines.planner.model import Model


def one_leader_throughout(model: Model) -> None:
    """Exactly one of the measure's leaders where the series is held, and never when she is not free."""
    for part in model.parts.values():
        if not part.moving or len(part.leads) < 2:
            continue
        model.cp.add(total(list(part.leads.values())) == part.used)
        for starts in part.starts:
            slots, literals = list(starts), list(starts.values())
            for leader, leads in part.leads.items():
                caught = np.flatnonzero(~model.can_lead(leader, part.course.slots)[slots])
                if len(caught):
                    model.cp.add(total([literals[at] for at in caught]) + leads <= 1)
