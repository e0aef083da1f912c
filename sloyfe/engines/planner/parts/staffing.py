"""The minimum staffing holds in every slot; learners and inside leaders alike are counted as away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from sloyfe.engines.planner.linear import Linear, Literal, total, weighted
from sloyfe.engines.planner.model import Model, Part


@dataclass(frozen=True)
class _Going:
    """How many of one minimum's people a series takes along: for certain, perhaps, and by which literals."""

    part: Part
    certain: int
    perhaps: list[Literal]

    @cached_property
    def most(self) -> int:
        size = self.part.course.group_max + 1 if self.part.open else len(self.perhaps)
        return self.certain + min(len(self.perhaps), size)

    @property
    def number(self) -> Linear:
        return total(self.perhaps) + self.certain


def minimum_staffing(model: Model) -> None:
    """In each slot no more of a minimum's people are away than it can spare."""
    for group in range(len(model.tables.problem.staffing)):
        going = _going(model, group)
        for one in going:
            if one.perhaps and one.part.moving:
                for number in range(len(one.part.starts)):
                    _alone(model, group, one, number)
        for slot, meeting in sorted(_contested(model, group, going).items()):
            away = [_away(model, one, number, slot) for one, number in meeting]
            model.cp.add(total(away) <= int(model.room[group, slot]))


def _going(model: Model, group: int) -> list[_Going]:
    certain: dict[object, int] = defaultdict(int)
    perhaps: dict[object, list[Literal]] = defaultdict(list)
    for body, ways in model.engaged.items():
        if model.tables.member[group, body]:
            for part, literal in ways:
                if part.bound(literal):
                    certain[part.cohort] += 1
                else:
                    perhaps[part.cohort].append(literal)
    return [
        _Going(part, certain[cohort], perhaps[cohort])
        for cohort, part in model.parts.items()
        if certain[cohort] or perhaps[cohort]
    ]


def _alone(model: Model, group: int, one: _Going, number: int) -> None:
    """A session by itself, seen with what stays: as many as its start can spare."""
    room = model.least_room(one.part.course.slots)[group]
    short = {t: one.most - int(room[t]) for t in one.part.starts[number] if room[t] < one.most}
    if short:
        starts = one.part.starts[number]
        over = weighted([starts[t] for t in short], list(short.values()))
        model.cp.add(one.number + over <= one.most)


def _contested(model: Model, group: int, going: list[_Going]) -> dict[int, list[tuple[_Going, int]]]:
    """Slots where the sessions that could go on could together take more than can be spared."""
    meeting: dict[int, list[tuple[_Going, int]]] = defaultdict(list)
    for one in going:
        for number, starts in enumerate(one.part.starts):
            slots = {slot for start in starts for slot in range(start, start + one.part.course.slots)}
            for slot in slots:
                meeting[slot].append((one, number))
    return {slot: met for slot, met in meeting.items() if _could_exceed(model, group, slot, met)}


def _could_exceed(model: Model, group: int, slot: int, met: list[tuple[_Going, int]]) -> bool:
    most = {one.part.cohort: one.most for one, _ in met}
    if model.scope.apart:
        loose = {one.part.cohort for one, _ in met if one.part.loose}
        most[(-1, -1)] = max((most.pop(cohort) for cohort in loose), default=0)
        most = {cohort: number for cohort, number in most.items() if number}
    alone_is_enough = len(most) == 1 and all(one.part.moving and one.perhaps for one, _ in met)
    return not alone_is_enough and sum(most.values()) > int(model.room[group, slot])


def _away(model: Model, one: _Going, number: int, slot: int) -> Linear:
    """How many the session takes away in the slot."""
    if not one.part.moving:
        return one.number
    covering = one.part.covering(number, slot)
    if not one.perhaps:
        return total(covering) * one.certain
    away = model.cp.new_int_var(0, one.most, "away")
    going_on = total(covering)
    model.cp.add(away >= one.number - one.most * (1 - going_on))
    return away
