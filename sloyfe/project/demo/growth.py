"""A body larger than the one written by hand: the same landscape, with counties and offices added to it.

The answer has the shape of `landscape.yaml`, so nothing else can tell what was written from what was drawn.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.random import Generator

from sloyfe.project.demo.content import content
from sloyfe.project.demo.draw import generator, some

FULL_OFFICES, FULL_COUNTIES = 260, 12
"""The full-size body, which 22,000 people come to. A larger one gets larger offices, not more of them."""

PEOPLE_TO_AN_OFFICE = 80
SMALLEST, LARGEST, MIDDLE, SPREAD = 3, 200, 62.0, 0.8
"""Sizes of offices, as the study found them; the middle one and the spread (log-normal) are chosen."""

OFFICES_IN_AREA = 5
SEVERAL_MUNICIPALITIES = 0.08
COUNTY_PEOPLE = 52

Raw = dict[str, Any]


def counties(seed: int, working: int | None) -> list[Raw]:
    """The counties as in landscape.yaml; with `working`, grown until so many people work in the body."""
    written: list[Raw] = content("landscape")["counties"]
    if working is None:
        return written
    rng = generator(seed, "growth")
    beyond = working - working_in(written)
    room = FULL_OFFICES - sum(len(area["offices"]) for county in written for area in county["areas"])
    added = _more(rng, min(max(round(beyond / PEOPLE_TO_AN_OFFICE), 0), room), room)
    fresh = [office for county in added for area in county["areas"] for office in area["offices"]]
    missing = working - working_in(written + added)
    if not SMALLEST * len(fresh) <= missing <= LARGEST * len(fresh):
        raise ValueError(f"{working} working people do not fit: the written body has {working - beyond}")
    for office, size in zip(fresh, sizes(rng, len(fresh), missing), strict=True):
        office["people"] = size
    return written + added


def working_in(found: list[Raw]) -> int:
    """How many people work today in these counties and the directorate: one in each municipality besides."""
    offices = [office for county in found for area in county["areas"] for office in area["offices"]]
    municipal = sum(len(office.get("municipalities", [None])) for office in offices)
    regional = sum(county["people"] for county in found)
    central: int = content("landscape")["directorate"]["people"]
    return sum(office["people"] for office in offices) + municipal + regional + central


def sizes(rng: Generator, count: int, total: int) -> list[int]:
    """`count` office sizes between the smallest and the largest that add up to the total exactly."""
    if not count:
        return []
    drawn = rng.lognormal(np.log(MIDDLE), SPREAD, count)
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        fits = int(np.clip(np.floor(drawn * middle), SMALLEST, LARGEST).sum()) <= total
        low, high = (middle, high) if fits else (low, middle)
    found = np.clip(np.floor(drawn * low), SMALLEST, LARGEST).astype(int)
    room = np.flatnonzero(found < LARGEST)
    found[room[: total - int(found.sum())]] += 1
    return [int(size) for size in found]


def _more(rng: Generator, offices: int, room: int) -> list[Raw]:
    names = content("names")
    places: dict[str, list[Raw]] = {}
    taken = _written_keys()
    for landscape in names["places"]:
        fresh = [place for place in place_names(landscape) if place["key"] not in taken]
        taken |= {place["key"] for place in fresh}
        places[landscape] = some(rng, fresh, len(fresh))
    chosen = names["counties"][: -(-offices * (FULL_COUNTIES - 3) // room)]
    added = []
    for number, county in enumerate(chosen):
        share = offices * (number + 1) // len(chosen) - offices * number // len(chosen)
        added.append(_county(rng, county, share, places[county["landscape"]]))
    return added


def _county(rng: Generator, county: Raw, offices: int, places: list[Raw]) -> Raw:
    adjectives = content("names")["areas"][county["language"]]
    drawn = [_office(rng, places) for _ in range(offices)]
    count = max(1, round(offices / OFFICES_IN_AREA))
    return county | {
        "people": COUNTY_PEOPLE,
        "areas": [
            {
                "key": f"{county['key']}-{number + 1}",
                "name": f"{adjectives[number]} {county['name']}",
                "offices": drawn[number::count],
            }
            for number in range(count)
        ],
    }


def _office(rng: Generator, places: list[Raw]) -> Raw:
    place = places.pop()
    if rng.random() >= SEVERAL_MUNICIPALITIES:
        return place | {"people": 0}
    neighbour = places.pop()
    both = [{"key": one["key"], "name": one["name"]} for one in (place, neighbour)]
    return place | {"people": 0, "municipalities": both}


def _written_keys() -> set[str]:
    written = [
        one for county in content("landscape")["counties"] for area in county["areas"] for one in area["offices"]
    ]
    return {one["key"] for office in written for one in [office, *office.get("municipalities", ())]}


def place_names(landscape: str) -> list[Raw]:
    """Every name the parts of one landscape can make, with its Northern Sámi form where there is one."""
    parts, avoid = content("names")["places"][landscape], set(content("names")["avoid"])
    every = [_joined(first, last) for first in parts["first"] for last in parts["last"]]
    return [place for place in every if place["name"] not in avoid]


def _joined(first: Any, last: Any) -> Raw:
    if isinstance(first, str):
        return {"key": _key(first + last), "name": first + last}
    name, other = first["nb"] + last["nb"], first["se"] + last["se"]
    return {"key": _key(name), "name": name, "other": other}


def _key(name: str) -> str:
    return name.lower().translate(str.maketrans("æøå", "aoa"))
