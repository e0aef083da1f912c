"""What in a measure lacks dates: those in no group, and groups whose series stops before its last session.

What has dates stands, and is not asked for again. Plain values in and out, so that it can be tried without a plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sloyfe.modules.plans.models import Measure
from sloyfe.modules.staffing.public import Ask


@dataclass
class Group:
    """The dates one group of a measure has: the number and the day of its last session, and who follows it."""

    last: int = 0
    day: date = date.min
    people: set[int] = field(default_factory=set)

    def add(self, number: int, day: date, person: int) -> None:
        if number > self.last:
            self.last, self.day, self.people = number, day, set()
        if number == self.last:
            self.people.add(person)


Dated = Iterable[tuple[int, int, date, int]]
"""Of each seat that stands: the group, the number of the session, its day, the person."""


def asks_for(measure: Measure, participants: Iterable[int], dated: Dated) -> Iterator[Ask]:
    """One ask for each group that goes on, and one for those who are in no group yet."""
    groups, seated = _groups(dated)
    wanted = sorted(participants)
    for number, group in sorted(groups.items()):
        people = tuple(one for one in wanted if one in group.people)
        if people and group.last < measure.sessions_count:
            yield _ask(measure, people, _next_week(measure, group), group.last + 1, number)
    waiting = tuple(one for one in wanted if one not in seated)
    if waiting:
        yield _ask(measure, waiting, measure.window_from, 1, max(groups, default=0) + 1)


def _groups(dated: Dated) -> tuple[Mapping[int, Group], set[int]]:
    groups: dict[int, Group] = {}
    seated: set[int] = set()
    for cohort, number, day, person in dated:
        groups.setdefault(cohort, Group()).add(number, day, person)
        seated.add(person)
    return groups, seated


def _next_week(measure: Measure, group: Group) -> date:
    """The Monday from which the next session may come."""
    monday = group.day - timedelta(days=group.day.weekday())
    return max(measure.window_from, monday + timedelta(weeks=max(measure.gap_weeks, 1)))


def _ask(measure: Measure, people: tuple[int, ...], first: date, number: int, cohort: int) -> Ask:
    return Ask(
        key=measure.pk,
        title=measure.title,
        binding=measure.binding,
        participants=people,
        minutes=measure.minutes,
        sessions=measure.sessions_count - number + 1,
        gap_weeks=measure.gap_weeks,
        group_size=measure.group_size,
        first_day=first,
        last_day=max(measure.window_to, first),
        facilitator=measure.facilitator_id,
        first_number=number,
        first_cohort=cohort,
    )
