"""The posts there are today: one seat for each person who works in the body, the cast in theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.random import Generator

from sloyfe.project.demo.content import content
from sloyfe.project.demo.draw import generator, one
from sloyfe.project.demo.places import STATE, TEAM_LEADERS_FROM, Office, Places, Region

LEADING = (
    "NAV-leder",
    "Avdelingsleder",
    "Kommunalsjef",
    "Seksjonsleder",
    "Fylkesdirektør",
    "Avdelingsdirektør",
)
MUNICIPAL_SHARE = 0.45
LEADER_FROM_STATE = 0.6


@dataclass(slots=True)
class Seat:
    """`kind`: the team's kind; «small» in an office outside teams; county, directorate, municipality."""

    unit: str
    employer: str
    position: str
    kind: str
    landscape: str
    language: str
    office: Office | None = None
    county: str = ""
    cast: dict[str, Any] | None = None

    @property
    def line(self) -> str:
        return STATE if self.employer == STATE else "municipal"

    @property
    def leads(self) -> bool:
        return self.position in LEADING


def seats(seed: int, places: Places) -> list[Seat]:
    rng = generator(seed, "seats")
    found = [
        Seat(
            content("landscape")["directorate"]["key"],
            STATE,
            "Avdelingsdirektør",
            "directorate",
            "centre",
            "nb",
        )
    ]
    for department in places.departments:
        found += _region(rng, department, "directorate", "Avdelingsdirektør")
    for county in places.counties:
        found += _region(rng, county, "county", "Fylkesdirektør")
    for key, raw in places.municipalities.items():
        found.append(Seat(key, key, "Kommunalsjef", "municipality", "inland", raw["language"]))
    for office in places.offices:
        found += _office(rng, office)
    _place_cast(found, places)
    return found


def _region(rng: Generator, region: Region, kind: str, top: str) -> Iterator[Seat]:
    """A leader, a leader of each section, and advisers shared out evenly between the sections."""
    county = region.key if kind == "county" else ""

    def seat(unit: str, position: str) -> Seat:
        return Seat(unit, STATE, position, kind, region.landscape, region.language, county=county)

    yield seat(region.key, top)
    for number in range(region.people - 1):
        unit = region.sections[number % len(region.sections)]
        yield seat(unit, "Seksjonsleder" if number < len(region.sections) else _position(rng, kind)[0])


def _office(rng: Generator, office: Office) -> Iterator[Seat]:
    def seat(unit: str, position: str, kind: str, line: str) -> Seat:
        employer = STATE if line == STATE else one(rng, office.municipalities)
        return Seat(unit, employer, position, kind, office.landscape, office.language, office, office.county)

    own = office.outside_teams
    first = STATE if office.two_leaders or rng.random() < LEADER_FROM_STATE else "municipal"
    yield seat(office.key, "NAV-leder", "small", first)
    if office.two_leaders:
        yield seat(office.key, "NAV-leder", "small", "municipal")
    for _ in range(own - 1 - office.two_leaders):
        position, line = ("Fagutvikler", "either") if office.teams else _position(rng, "small", office.quiet)
        yield seat(office.key, position, "small", _line(rng, line))
    for team in office.teams:
        for number in range(team.people):
            position, line = _position(rng, team.kind, office.quiet)
            if number == 0 and office.people >= TEAM_LEADERS_FROM:
                position, line = "Avdelingsleder", "either"
            yield seat(team.unit, position, team.kind, _line(rng, line))


@cache
def _choices(kind: str, quiet: frozenset[str]) -> tuple[list[tuple[str, str]], np.ndarray]:
    """Posts of this kind of place. Where nobody knows a thing, nobody has the post it belongs to."""
    posts = content("positions")["positions"]
    fitting = [one for one in posts if kind in one["in"] and one["knows"][0] not in quiet]
    weights = np.array([one["in"][kind] for one in fitting], dtype=float)
    return [(one["name"], one["line"]) for one in fitting], np.cumsum(weights / weights.sum())


def _position(rng: Generator, kind: str, quiet: frozenset[str] = frozenset()) -> tuple[str, str]:
    found, until = _choices(kind, quiet)
    return found[min(int(np.searchsorted(until, rng.random())), len(found) - 1)]


def _line(rng: Generator, line: str) -> str:
    if line != "either":
        return line
    return "municipal" if rng.random() < MUNICIPAL_SHARE else STATE


def _place_cast(found: list[Seat], places: Places) -> None:
    """Those with a name of their own take a seat in their unit: the same post, or any that leads nobody."""
    for member in content("cast")["cast"] + content("cast")["others"]:
        inside = member.get("team", member.get("section"))
        unit = member["unit"] if inside is None else f"{member['unit']}:{inside}"
        free = [seat for seat in found if seat.unit == unit and seat.cast is None]
        same = [seat for seat in free if seat.position == member["position"]]
        seat = (same or [seat for seat in free if not seat.leads])[0]
        seat.cast, seat.position = member, member["position"]
        if member["line"] != seat.line and seat.office is not None:
            seat.employer = STATE if member["line"] == STATE else seat.office.municipalities[0]
