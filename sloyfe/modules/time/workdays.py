"""On which weekdays people are at work in every week, for those whose hours the viewer keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sloyfe.core.access import Viewer
from sloyfe.modules.time.models import WorkingPattern


def workdays(viewer: Viewer, people: Iterable[int]) -> dict[int, frozenset[int]]:
    """Person → weekdays (Monday 0) on which her pattern has her at work in each week of its cycle.

    Nobody whose pattern the viewer may not see, or who has none, is listed.
    """
    rows = WorkingPattern.objects.for_viewer(viewer, "time.edit").on(viewer.day).filter(person__among=set(people))
    turns: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    for person, weekday, week, weeks in rows.values_list("person", "weekday", "week", "weeks"):
        turns[person, weekday, weeks].add(week)
    found: dict[int, set[int]] = defaultdict(set)
    for (person, weekday, weeks), there in turns.items():
        found[person] |= {weekday} if len(there) == weeks else set()
    return {person: frozenset(days) for person, days in found.items()}
