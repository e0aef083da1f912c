"""What holds today, and how long: who covers each thing a unit must offer, and what it rests on.

Counted from what the viewer may know, and told about the work: from when there are fewer than asked for, on which
weekdays, what is left when one is away. Why stands nowhere: no leave, no part-time, no end of somebody's work.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS

from sloyfe.core.access import Viewer
from sloyfe.core.policy import number
from sloyfe.modules.catalogue.public import Asked, Coming
from sloyfe.modules.people.public import RoleHere, roles_here, work_ends
from sloyfe.modules.plans.ground import AskedFor, Ground, Neighbour, Somebody
from sloyfe.modules.time.public import workdays

WORKDAYS = range(5)


@dataclass(frozen=True, slots=True)
class Covering:
    """Somebody who covers, and the first day she is not known to any more. `elsewhere`: she works next door."""

    somebody: Somebody
    until: date | None
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """A requirement of the unit that is met today.

    `away` is how many are left when one person is away. `short_from`: the first day, as far ahead as we look, with
    fewer than asked for. `short_days`: weekdays with fewer. `all_dated`: everybody who covers does so until a day.
    """

    asked: Asked
    wanted: int
    have: int
    people: tuple[Covering, ...]
    neighbours: tuple[Neighbour, ...]
    away: int
    short_from: date | None
    short_days: tuple[int, ...]
    all_dated: bool
    because: tuple[Coming, ...]

    @property
    def on_one(self) -> bool:
        return len(self.people) == 1 and not self.neighbours

    @property
    def weekdays(self) -> list[str]:
        return [str(WEEKDAYS[day]) for day in self.short_days]

    @property
    def vulnerable(self) -> bool:
        return bool(self.on_one or self.short_from or self.short_days or self.all_dated or self.away < self.wanted)


@dataclass(frozen=True, slots=True)
class RoleLost:
    """A role, and what there would be too few of if whoever holds it left."""

    role: RoleHere
    short_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """`most_on_one`: how many requirements rest on one and the same person, when they are more than one."""

    covers: tuple[Cover, ...]
    most_on_one: int
    roles: tuple[RoleLost, ...]

    @property
    def vulnerable(self) -> tuple[Cover, ...]:
        return tuple(cover for cover in self.covers if cover.vulnerable)

    @property
    def exposed(self) -> tuple[RoleLost, ...]:
        """Roles that somebody must take on soon, or that something rests on."""
        return tuple(one for one in self.roles if one.short_of or one.role.until)

    @property
    def steady(self) -> tuple[Cover, ...]:
        return tuple(cover for cover in self.covers if not cover.vulnerable)


def resting(viewer: Viewer, ground: Ground) -> Resting:
    of_unit = [one for one in ground.asked_for if one.asked.reach != "each"]
    known = {one.asked.pk: ground.counting(one) for one in of_unit}
    everybody = set().union(*known.values())
    ends, at_work = work_ends(viewer, everybody), workdays(viewer, everybody)
    ahead = viewer.day + timedelta(days=number("needs.look_ahead_days", viewer.day))
    covers: list[Cover] = []
    for one in of_unit:
        people, neighbours = known[one.asked.pk], ground.neighbours(one)
        have = len(people) + sum(each.people for each in neighbours)
        if have < one.wanted:
            continue
        until = {person: _until(ground, one, person, ends.get(person)) for person in people}
        lasts = [(day, 1) for day in until.values()] + [(each.until, each.people) for each in neighbours]
        covers.append(
            Cover(
                asked=one.asked,
                wanted=one.wanted,
                have=have,
                people=tuple(_covering(ground, who, until[who.person_id]) for who in ground.people(people)),
                neighbours=neighbours,
                away=have - (1 if people else 0),
                short_from=_short_from(lasts, one.wanted, ahead),
                short_days=_short_days(people & ground.here, have, one.wanted, at_work),
                all_dated=all(day is not None for day, _many in lasts),
                because=ground.because(one.asked.competence_id),
            )
        )
    alone = Counter(cover.people[0].somebody.person_id for cover in covers if cover.on_one)
    most = max(alone.values(), default=0)
    roles = roles_here(viewer, ground.ours)
    return Resting(tuple(covers), most if most > 1 else 0, tuple(_lost(roles, of_unit, ground, known)))


def _covering(ground: Ground, who: Somebody, until: date | None) -> Covering:
    return Covering(who, until, elsewhere=who.person_id not in ground.here)


def _until(ground: Ground, one: AskedFor, person: int, work_ends_on: date | None) -> date | None:
    """The first day she no longer covers: her work here has ended, or the only proof there is has run out."""
    standing = ground.shared.standing.get(one.asked.competence_id, {}).get(person)
    last = standing.proof_until if standing and one.only_proof else None
    days = [day for day in (work_ends_on, last and last + timedelta(days=1)) if day]
    return min(days, default=None)


def _short_from(lasts: Iterable[tuple[date | None, int]], wanted: int, ahead: date) -> date | None:
    lasts = list(lasts)
    for day in sorted({day for day, _many in lasts if day and day <= ahead}):
        if sum(many for until, many in lasts if until is None or until > day) < wanted:
            return day
    return None


def _short_days(here: set[int], have: int, wanted: int, at_work: dict[int, frozenset[int]]) -> tuple[int, ...]:
    """Weekdays with fewer than wanted. Those whose hours we do not see are taken to be there."""
    off = Counter(day for person in here & at_work.keys() for day in WORKDAYS if day not in at_work[person])
    return tuple(day for day in WORKDAYS if have - off[day] < wanted)


def _lost(
    roles: list[RoleHere], of_unit: list[AskedFor], ground: Ground, known: dict[int, set[int]]
) -> Iterable[RoleLost]:
    for role in roles:
        short = []
        for one in of_unit:
            people = known[one.asked.pk]
            others = len(people - {role.person_id}) + sum(each.people for each in ground.neighbours(one))
            if role.person_id in people and others < one.wanted:
                short.append(one.asked.competence)
        yield RoleLost(role, tuple(short))
