"""Where people work: units with their lines, areas and history, employers, and the offices in detail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sloyfe.project.demo.content import content, words
from sloyfe.project.demo.draw import apportion, months_from
from sloyfe.project.demo.shapes import Edge, Employer, Succession, Unit, UnitName

YEARS_BACK = 15
"""The reform that made one office of state and municipality, so many years before the day."""

TEAM_LEADERS_FROM = 70
STATE = "state"

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Team:
    unit: str
    kind: str
    people: int


@dataclass(frozen=True, slots=True)
class Office:
    """One local office as the other parts need it: who employs there, its teams, and what nobody offers."""

    key: str
    county: str
    area: str
    landscape: str
    language: str
    people: int
    municipalities: tuple[str, ...]
    teams: tuple[Team, ...]
    two_leaders: bool
    quiet: frozenset[str]
    nobody: frozenset[str]
    merged_on: date | None = None
    before: tuple[str, ...] = ()

    @property
    def outside_teams(self) -> int:
        """People who belong to the office itself: its leaders and, from a certain size, a developer."""
        return self.people - sum(team.people for team in self.teams)


@dataclass(frozen=True, slots=True)
class Region:
    """A county office, or a department of the directorate: people sit in its sections."""

    key: str
    language: str
    landscape: str
    people: int
    sections: tuple[str, ...]
    areas: tuple[str, ...] = ()


@dataclass(slots=True)
class Places:
    opened: date
    units: list[Unit] = field(default_factory=list)
    names: list[UnitName] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)
    employers: list[Employer] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    counties: list[Region] = field(default_factory=list)
    departments: list[Region] = field(default_factory=list)
    municipalities: dict[str, Raw] = field(default_factory=dict)

    def unit(self, key: str, number: str, kind: str, name: str, language: str = "nb", **more: Any) -> None:
        self.units.append(Unit(key, number, kind, name, language, **({"valid_from": self.opened} | more)))

    def edge(self, child: str, parent: str, *bonds: str, since: date | None = None, until: date | None = None) -> None:
        self.edges += [Edge(child, parent, bond, since or self.opened, until) for bond in bonds]


def build(counties: Iterable[Raw], day: date) -> Places:
    """All places of these counties (shaped as in landscape.yaml), seen from the day."""
    found = Places(opened=months_from(date(day.year - YEARS_BACK, 7, 1), 0))
    _directorate(found)
    for number, county in enumerate(counties, start=71):
        _county(found, county, number, day)
    return found


def _directorate(found: Places) -> None:
    raw = content("landscape")["directorate"]
    found.unit(raw["key"], "D1", "directorate", raw["name"], headcount=raw["people"])
    found.employers.append(Employer(STATE, "Staten", STATE, raw["key"]))
    departments = raw["departments"]
    shares = apportion(raw["people"] - 1, [len(one["sections"]) for one in departments])
    for number, (one, people) in enumerate(zip(departments, shares, strict=True), start=1):
        found.unit(one["key"], f"D1{number}", "department", one["name"], headcount=people)
        found.edge(one["key"], raw["key"], STATE)
        sections = _sections(found, one["key"], f"D1{number}", one["sections"], one["name"])
        found.departments.append(Region(one["key"], "nb", "centre", people, sections))


def _sections(
    found: Places, parent: str, number: str, names: list[str], of: str, language: str = "nb"
) -> tuple[str, ...]:
    keys = []
    for index, name in enumerate(names):
        key = f"{parent}:{index}"
        found.unit(key, f"{number}-{index + 1}", "section", f"{name}, {of}", language)
        found.edge(key, parent, STATE)
        keys.append(key)
    return tuple(keys)


def _county(found: Places, raw: Raw, number: int, day: date) -> None:
    key, name, language = raw["key"], f"NAV {raw['name']}", raw["language"]
    found.unit(key, f"F{number}", "county", name, language, headcount=raw["people"])
    found.edge(key, content("landscape")["directorate"]["key"], STATE)
    sections = _sections(found, key, f"F{number}", content("landscape")["county_sections"][language], name, language)
    areas = tuple(area["key"] for area in raw["areas"])
    found.counties.append(Region(key, language, raw["landscape"], raw["people"], sections, areas))
    numbers = iter(range(1, 100))
    for index, area in enumerate(raw["areas"], start=1):
        found.unit(area["key"], f"G{number}{index}", "area", area["name"], language)
        found.edge(area["key"], key, "area")
        for office in area["offices"]:
            _office(found, office, raw, area["key"], f"{number}{next(numbers):02d}", day)


def _office(found: Places, raw: Raw, county: Raw, area: str, number: str, day: date) -> None:
    key: str = raw["key"]
    language: str = raw.get("language") or county["language"]
    since = _merge(found, raw, county, area, number, day) or found.opened
    local = _municipalities(found, raw, number, "nb" if language == "se" else language)
    other = raw.get("other", "")
    name = f"NAV {raw['name']} – {other}" if other and language == "se" else f"NAV {raw['name']}"
    found.unit(key, number, "office", name, language, valid_from=since, other_name=other, headcount=raw["people"])
    found.edge(key, county["key"], STATE, since=since)
    for municipality in local:
        found.edge(key, municipality, "municipal", since=since)
    _area_edges(found, raw, area, since, day)
    if "was" in raw:
        until = months_from(day, -raw["was"]["months_ago"])
        found.names.append(UnitName(key, f"NAV {raw['was']['name']}", found.opened, until))
    found.offices.append(
        Office(
            key=key,
            county=county["key"],
            area=area,
            landscape=county["landscape"],
            language="nb" if language == "se" else language,
            people=raw["people"],
            municipalities=local,
            teams=tuple(_teams(found, raw, number, language, since)),
            two_leaders=raw.get("leaders") == "two",
            quiet=frozenset(raw.get("quiet", ())) | frozenset(raw.get("nobody", ())),
            nobody=frozenset(raw.get("nobody", ())),
            merged_on=since if "merged" in raw else None,
            before=tuple(f"before:{one['key']}" for one in raw.get("merged", {}).get("of", ())),
        )
    )


def _municipalities(found: Places, raw: Raw, number: str, language: str) -> tuple[str, ...]:
    own = [{"key": raw["key"], "name": raw["name"]}]
    keys = []
    for index, one in enumerate(raw.get("municipalities", own), start=1):
        key, name = f"municipality:{one['key']}", f"{one['name']} kommune"
        found.unit(key, f"K{number}{index}", "municipality", name, language, headcount=1)
        found.employers.append(Employer(key, name, "municipal", key))
        found.municipalities[key] = one | {"language": language}
        keys.append(key)
    return tuple(keys)


def _merge(found: Places, raw: Raw, county: Raw, area: str, number: str, day: date) -> date | None:
    """The offices that became this one, closed on that day, each with the lines it had."""
    if "merged" not in raw:
        return None
    until = months_from(day, -raw["merged"]["months_ago"])
    parts = raw["merged"]["of"]
    for index, part in enumerate(parts, start=1):
        key = f"before:{part['key']}"
        found.unit(key, f"{number}-{index}", "office", f"NAV {part['name']}", county["language"], valid_to=until)
        found.edge(key, county["key"], STATE, until=until)
        found.edge(key, f"municipality:{part['key']}", "municipal", until=until)
        found.edge(key, area, "area", until=until)
        note = f"{' og '.join(one['name'] for one in parts)} ble NAV {raw['name']}"
        found.successions.append(Succession(key, raw["key"], until, 1.0, note))
    return until


def _area_edges(found: Places, raw: Raw, area: str, since: date, day: date) -> None:
    if "moved" not in raw:
        found.edge(raw["key"], area, "area", since=since)
        return
    moved = months_from(day, -raw["moved"]["months_ago"])
    found.edge(raw["key"], raw["moved"]["from"], "area", since=since, until=moved)
    found.edge(raw["key"], area, "area", since=moved)


def _teams(found: Places, raw: Raw, number: str, language: str, since: date) -> Iterator[Team]:
    templates = [one["teams"] for one in content("landscape")["teams"] if raw["people"] >= one["from"]]
    if not templates:
        return
    leaders = 2 if raw.get("leaders") == "two" else 1
    people = apportion(raw["people"] - leaders - 1, [one["share"] for one in templates[-1]])
    for index, (one, count) in enumerate(zip(templates[-1], people, strict=True), start=1):
        key = f"{raw['key']}:{one['key']}"
        name = f"{words(one, language)}, {raw['name']}"
        found.unit(key, f"{number}-T{index}", "team", name, language, valid_from=since, headcount=count)
        found.edge(key, raw["key"], STATE, "municipal", since=since)
        yield Team(key, one["kind"], count)
