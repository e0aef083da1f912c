"""Not too few, not too many, and each in one cohort."""

from __future__ import annotations

from collections import defaultdict

from sloyfe.engines.planner.linear import Literal, total
from sloyfe.engines.planner.model import Model


def group_size(model: Model) -> None:
    """Nobody where the series is not held, and within the measure's limits where it is."""
    for part in model.parts.values():
        if not part.open:
            continue
        going = total(list(part.people.values()))
        model.cp.add(going >= part.course.measure.group_min * part.used)
        model.cp.add(going <= part.course.group_max * part.used)
        if part.moving:
            for joins in part.people.values():
                model.cp.add_implication(joins, part.used)


def one_cohort_each(model: Model) -> None:
    """A participant is in one cohort at the most."""
    ways: dict[tuple[int, int], list[Literal]] = defaultdict(list)
    for (place, _), part in model.parts.items():
        if part.open:
            for row, joins in part.people.items():
                ways[place, row].append(joins)
    for literals in ways.values():
        if len(literals) > 1:
            model.cp.add_at_most_one(literals)
