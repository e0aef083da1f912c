"""What no plan can pass, by counting alone: a ceiling for each class, a floor for those alone, groups and cost.

Each person and each measure is looked at as if it were alone in the office, so the figures hold for every plan.
Where the plan meets them nothing more needs proof; where it does not, the exact model may tighten them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sloyfe.engines.planner.plan import classes
from sloyfe.engines.planner.problem import Priority
from sloyfe.engines.planner.tables import Bools, Course, Ints, Tables, lowest, run


@dataclass(frozen=True, slots=True)
class Alone:
    """One measure alone: who could come at all, the most at one session, weeks off the wish at the least."""

    people: Ints
    room: int
    off: int


class Bounds:
    """Ceilings and floors of one problem."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.alone = [self._alone(course) for course in tables.courses]
        for first, then, _ in _in_turn(tables):
            self._needs(first, then)

    def ceiling(self, priority: Priority) -> int:
        """People × sessions that the class can reach at the most."""
        by_measure = sum(self._most(place) for place in self._places(priority))
        return min(by_measure, self._by_learning_time(priority))

    def fewest_alone(self, reached: dict[Priority, int]) -> int:
        """People who must be one group by themselves in plans that reach so much in each class."""
        whole = [one for one in classes(self.tables) if self._reaches_all(one, reached[one])]
        return sum(self._alone_in(place) for priority in whole for place in self._places(priority))

    def fewest_groups(self, reached: dict[Priority, int]) -> int:
        """Groups that plans which reach so much in each class hold at the least."""
        return sum(self._groups(priority, reached[priority]) for priority in classes(self.tables))

    def floor(self, reached: dict[Priority, int]) -> int:
        """Points that plans which reach so much in each class cost at the least."""
        return sum(self._points(priority, reached[priority]) for priority in classes(self.tables))

    def _places(self, priority: Priority) -> list[int]:
        courses = self.tables.courses
        return [place for place, course in enumerate(courses) if course.measure.priority == priority]

    def _alone(self, course: Course) -> Alone:
        can = self._can(course)
        room = _together(self.tables, course, can)
        good = room >= course.measure.group_min
        weeks = self.tables.week[good]
        wish = course.measure.preferred_week
        return Alone(
            people=course.people[(can & good).any(axis=1)],
            room=int(room[good].max(initial=0)),
            off=0 if wish is None or not good.any() else int(np.abs(weeks - wish).min()),
        )

    def _can(self, course: Course) -> Bools:
        tables = self.tables
        can = run(tables.free[course.people], course.slots) & course.window
        can &= (tables.budget[course.people] >= course.measure.minutes)[:, tables.period]
        room = lowest(tables.capacity, course.slots)
        for index, row in enumerate(course.people):
            if len(tables.groups_of[row]):
                can[index] &= room[tables.groups_of[row]].min(axis=0) > 0
        if course.leaders:
            led = np.array([run(tables.lead_free[one][None, :], course.slots)[0] for one in course.leaders])
            can &= led.any(axis=0)
        return can

    def _needs(self, first: int, then: int) -> None:
        """Who is in both and cannot come to the first cannot come to the second either."""
        before, after = self.tables.courses[first], self.alone[then]
        barred = set(before.people.tolist()) - set(self.alone[first].people.tolist())
        kept = np.array([row for row in after.people if int(row) not in barred], dtype=np.int64)
        self.alone[then] = Alone(kept, after.room, after.off)

    def _most(self, place: int) -> int:
        course, alone = self.tables.courses[place], self.alone[place]
        return course.measure.sessions * min(len(alone.people), course.measure.cohorts * alone.room)

    def _by_learning_time(self, priority: Priority) -> int:
        """The shortest sessions first, as far as each one's learning time of all periods goes."""
        asked: dict[int, list[int]] = {}
        for place in self._places(priority):
            measure = self.tables.courses[place].measure
            for row in self.alone[place].people.tolist():
                asked.setdefault(row, []).extend([measure.minutes] * measure.sessions)
        return sum(_how_many(minutes, int(self.tables.budget[row].sum())) for row, minutes in asked.items())

    def _points(self, priority: Priority, reached: int) -> int:
        places = self._places(priority)
        weights = self.tables.problem.weights
        if self._reaches_all(priority, reached):
            held = {place: self._cohorts(place) for place in places}
            sessions = sum(held[place] * self.tables.courses[place].measure.sessions for place in places)
            off = sum(held[place] * self.alone[place].off for place in places)
            return weights.session * sessions + weights.week * off
        rooms = [self.alone[place].room for place in places for _ in range(self._times(place))]
        return weights.session * _fewest(reached, rooms)

    def _reaches_all(self, priority: Priority, reached: int) -> bool:
        return reached == sum(self._most(place) for place in self._places(priority))

    def _people(self, place: int) -> int:
        """Those who are reached where the measure reaches all that it can alone."""
        return self._most(place) // self.tables.courses[place].measure.sessions

    def _alone_in(self, place: int) -> int:
        """One who is the only one; all where one may go at a time; the odd one where two may."""
        people, room = self._people(place), self.alone[place].room
        if not self.tables.courses[place].in_company or not people:
            return 0
        return people % room if room == 2 else people if room == 1 else int(people == 1)

    def _groups(self, priority: Priority, reached: int) -> int:
        places = self._places(priority)
        if self._reaches_all(priority, reached):
            return sum(self._cohorts(place) for place in places)
        courses = self.tables.courses
        return _fewest(
            reached,
            [
                self.alone[place].room * courses[place].measure.sessions
                for place in places
                for _ in range(courses[place].measure.cohorts)
            ],
        )

    def _cohorts(self, place: int) -> int:
        return -(-self._people(place) // room) if (room := self.alone[place].room) else 0

    def _times(self, place: int) -> int:
        measure = self.tables.courses[place].measure
        return measure.cohorts * measure.sessions


def _fewest(reached: int, rooms: list[int]) -> int:
    """How few of these could reach so many, the roomiest first."""
    taken = 0
    for room in sorted(rooms, reverse=True):
        if reached <= 0:
            break
        reached -= room
        taken += 1
    return taken


def _in_turn(tables: Tables) -> list[tuple[int, int, int]]:
    """Orders so that what a measure needs is settled before it is needed (no circles, so this ends)."""
    return [order for _ in tables.orders for order in tables.orders]


def _together(tables: Tables, course: Course, can: Bools) -> Ints:
    """For each start the most who could be at one session, by the group's size and each minimum alone."""
    there: Ints = can.sum(axis=0)
    room = lowest(tables.capacity, course.slots)
    most = there.copy()
    for group, member in enumerate(tables.member[:, course.people]):
        of_group: Ints = can[member].sum(axis=0)
        most = np.minimum(most, there - of_group + np.minimum(of_group, room[group]))
    return np.minimum(most, course.group_max)


def _how_many(minutes: list[int], left: int) -> int:
    count = 0
    for length in sorted(minutes):
        left -= length
        if left < 0:
            break
        count += 1
    return count
