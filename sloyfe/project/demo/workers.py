"""Persons and where they work: names put together by chance, posts full and part, and how they came there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.random import Generator

from sloyfe.project.demo.content import content
from sloyfe.project.demo.draw import days_from, generator, months_from, one
from sloyfe.project.demo.places import STATE, Places
from sloyfe.project.demo.seats import Seat
from sloyfe.project.demo.shapes import Affiliation, Person

MONTHS_IN_POST = 84
"""Mean of an exponential: one in thirteen has been there for less than half a year."""

WRITES_NYNORSK = {"nn": 0.78, "nb": 0.04}
TWO_EMPLOYERS, TWO_OFFICES, CAME_FROM_ELSEWHERE, LEAVES_SOON = 0.03, 0.006, 0.06, 0.003
FIRST_NUMBER = 100_001


@dataclass(slots=True)
class Worker:
    """A person with her post. `until` past: she has left; `since` ahead: she has not begun."""

    key: str
    name: str
    number: str
    language: str
    group: str
    seat: Seat
    percentage: int
    since: date
    until: date | None = None

    def works(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def person(self) -> Person:
        return Person(self.key, self.name, self.number, self.language)


def workers(seed: int, found: list[Seat], places: Places, day: date, leavers: int, starters: int) -> list[Worker]:
    """Everybody: one for each seat today, then those who left, then those who begin soon."""
    rng = generator(seed, "workers")
    again = [found[int(index)] for index in rng.integers(len(found), size=leavers + starters)]
    taken = found + [replace(seat, cast=None) for seat in again]
    groups = _groups(rng, taken)
    names = _names(rng, groups)
    shares = content("positions")["percentages"]
    percentages = rng.choice(list(shares), p=np.array(list(shares.values())) / 1000, size=len(taken))
    months = 1 + rng.exponential(MONTHS_IN_POST, len(taken)).astype(int)
    oldest = (day.year - places.opened.year) * 12 + day.month - places.opened.month
    writes = rng.random(len(taken))
    everybody = []
    for index, seat in enumerate(taken):
        cast = seat.cast or {}
        language = "nn" if writes[index] < WRITES_NYNORSK[seat.language] else "nb"
        everybody.append(
            Worker(
                key=cast.get("code", f"p{index:05d}"),
                name=cast.get("name", names[index]),
                number=str(FIRST_NUMBER + index),
                language=cast.get("language", "nb") if cast else language,
                group=groups[index],
                seat=seat,
                percentage=100 if seat.leads or cast else int(percentages[index]),
                since=months_from(day, -int(min(months[index], oldest))),
            )
        )
    _end_and_begin(rng, everybody, len(found), leavers, day)
    return everybody


def _end_and_begin(rng: Generator, everybody: list[Worker], today: int, leavers: int, day: date) -> None:
    for worker in everybody[:today]:
        if worker.seat.cast:
            worker.since = min(worker.since, months_from(day, -14))
            leaves = worker.seat.cast.get("leaves_in")
            worker.until = None if leaves is None else days_from(day, leaves)
        elif rng.random() < LEAVES_SOON and not worker.seat.leads:
            worker.until = months_from(day, int(rng.integers(1, 4)))
    for worker in everybody[today : today + leavers]:
        ago = int(rng.integers(0, 36))
        worker.until = months_from(day, -ago)
        worker.since = min(worker.since, months_from(day, -ago - 7))
    for worker in everybody[today + leavers :]:
        worker.since = months_from(day, int(rng.integers(1, 4)))


def _groups(rng: Generator, taken: list[Seat]) -> list[str]:
    shares = content("names")["persons"]["shares"]
    drawn = rng.random(len(taken))
    found = []
    for seat, number in zip(taken, drawn, strict=True):
        share = shares[seat.landscape]
        sami = share["newer"] + share["sami"]
        found.append("newer" if number < share["newer"] else "sami" if number < sami else "common")
    return found


def _names(rng: Generator, groups: list[str]) -> list[str]:
    """Given name and surname of the same group; some have two surnames. Known people are drawn again."""
    persons = content("names")["persons"]
    taken = {member["name"] for member in content("cast")["cast"] + content("cast")["others"]} | set(persons["avoid"])
    found = []
    for group in groups:
        name = _name(rng, persons, group)
        while name in taken:
            name = _name(rng, persons, group)
        found.append(name)
    return found


def _name(rng: Generator, persons: dict[str, Any], group: str) -> str:
    parts = [one(rng, persons[group]["given"]), one(rng, persons[group]["surname"])]
    if group == "common" and rng.random() < persons["double_surname"]:
        second = one(rng, persons[group]["surname"])
        parts += [second] if second != parts[1] else []
    return " ".join(parts)


def affiliations(seed: int, everybody: list[Worker], places: Places, day: date) -> list[Affiliation]:
    """Each person's posts, the earlier ones first. The main one is in the seat's unit."""
    rng = generator(seed, "affiliations")
    near = _by_county(everybody)
    found: list[Affiliation] = []
    for worker in everybody:
        begun = worker.since
        for past in _past(rng, worker, near, day):
            found.append(past)
            begun = past.valid_to or begun
        found += _posts(rng, worker, begun, places)
    return found


def _affiliation(worker: Worker, seat: Seat, percentage: int, since: date, until: date | None) -> Affiliation:
    return Affiliation(
        person=worker.key,
        unit=seat.unit,
        employer=seat.employer,
        line=seat.line,
        position=seat.position,
        percentage=float(percentage),
        main=True,
        valid_from=since,
        valid_to=until,
    )


def _past(rng: Generator, worker: Worker, near: dict[str, list[Seat]], day: date) -> Iterator[Affiliation]:
    """The office before the merge; or, for some, an earlier post in the same county."""
    office = worker.seat.office
    if office is None:
        return
    if office.merged_on is not None:
        if worker.since < office.merged_on:
            part = office.municipalities.index(worker.seat.employer) if worker.seat.line != STATE else 0
            before = replace(worker.seat, unit=office.before[part])
            until = office.merged_on if worker.until is None else min(worker.until, office.merged_on)
            yield _affiliation(worker, before, worker.percentage, worker.since, until)
        return
    changed = months_from(day, -int(rng.integers(3, 30)))
    settled = worker.until is None and worker.seat.cast is None and worker.since < months_from(day, -40)
    if settled and rng.random() < CAME_FROM_ELSEWHERE:
        earlier = one(rng, near[worker.seat.county])
        yield _affiliation(worker, earlier, worker.percentage, worker.since, changed)


def _posts(rng: Generator, worker: Worker, begun: date, places: Places) -> Iterator[Affiliation]:
    if worker.until is not None and begun >= worker.until:
        return
    whole = _affiliation(worker, worker.seat, worker.percentage, begun, worker.until)
    second, share = _second(rng, worker, places)
    if second is None:
        yield whole
        return
    yield replace(whole, percentage=float(worker.percentage - share))
    yield replace(_affiliation(worker, second, share, begun, worker.until), main=False)


def _second(rng: Generator, worker: Worker, places: Places) -> tuple[Seat | None, int]:
    """A second post: at the other employer under the same roof, or a day a week at a neighbour's."""
    seat, drawn = worker.seat, rng.random()
    if seat.office is None or seat.cast or seat.leads or worker.percentage < 100:
        return None, 0
    if drawn < TWO_EMPLOYERS:
        other = one(rng, seat.office.municipalities) if seat.line == STATE else STATE
        return replace(seat, employer=other), one(rng, (50, 40))
    near = _neighbours(places, seat.office.area, seat.office.key)
    if drawn < TWO_EMPLOYERS + TWO_OFFICES and near:
        place = one(rng, near)
        employer = STATE if seat.line == STATE else place.municipalities[0]
        return replace(seat, unit=place.key, employer=employer, office=place), 20
    return None, 0


def _neighbours(places: Places, area: str, office: str) -> list[Any]:
    return [one for one in places.offices if one.area == area and one.key != office and one.merged_on is None]


def _by_county(everybody: list[Worker]) -> dict[str, list[Seat]]:
    """Seats that have been there all the time, so that somebody can have sat in them before."""
    found: dict[str, list[Seat]] = {}
    for worker in everybody:
        seat = worker.seat
        if seat.office is not None and seat.office.merged_on is None and not seat.leads:
            found.setdefault(seat.county, []).append(seat)
    return found
