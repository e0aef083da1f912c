"""Roles held: leaders in one line or both, deputies, and those who carry the learning. Some are not settled.

What is not settled (no tasks in words, no hours, no deputy, nobody who anchored it) is left empty on purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from numpy.random import Generator

from sloyfe.project.demo.content import content, words
from sloyfe.project.demo.draw import generator, months_from, one, some
from sloyfe.project.demo.places import STATE, Office, Places
from sloyfe.project.demo.shapes import RoleHolding
from sloyfe.project.demo.workers import Worker

UNSETTLED = {"tasks": 0.15, "hours": 0.25, "deputy": 0.45, "anchored": 0.3}
"""How often each part of a mandate is missing. The cast's own roles are settled."""

PEER_GUIDE_FOR, DEPUTY_FROM, COORDINATORS_FROM, AGENT_FROM = 25, 6, 30, 20
AREA_WITHOUT_RESOURCE_PERSON = 0.15
NEW_MONTHS = 6
FULL_WEEK = 37.5
MOST_THEMES = 2
HAD_A_ROLE, GUIDE_IN_SMALL = 0.2, 0.3
ROLE_OF_POST = {"Fagutvikler": "professional_developer", "Jobbspesialist": "job_specialist"}


@dataclass(slots=True)
class _Holdings:
    rng: Generator
    day: date
    places: Places
    found: list[RoleHolding] = field(default_factory=list)
    taken: set[tuple[str, str, str]] = field(default_factory=set)
    held: set[tuple[str, str]] = field(default_factory=set)
    deputies: dict[str, dict[str, str]] = field(default_factory=dict)

    def give(
        self,
        worker: Worker,
        role: str,
        unit: str,
        line: str = "",
        *,
        settled: bool = False,
        deputy: str | None = None,
        theme: str = "",
        since: date | None = None,
        until: date | None = None,
        among: Sequence[Worker] = (),
    ) -> None:
        """One role for one person in one place; `among` are those who could stand in for her."""
        if (worker.key, role, unit) in self.taken:
            return
        self.taken.add((worker.key, role, unit))
        self.held.add((role, unit))
        rng = self.rng
        missing = {part for part, share in UNSETTLED.items() if rng.random() < share and not settled}
        mandates = [m for m in content("roles")["mandates"] if m["role"] == role and m.get("theme", theme) == theme]
        mandate = one(rng, mandates) if mandates else None
        others = [other.key for other in among if other.key != worker.key]
        standing_in = deputy or (one(rng, others) if others and "deputy" not in missing else None)
        if role == "leader" and standing_in:
            self.deputies.setdefault(unit, {})[standing_in] = line
        begun = since or months_from(self.day, -int(rng.integers(1, 30)))
        language = worker.language
        anchored = content("roles")["anchored"][_anchored_where(role, worker)]
        self.found.append(
            RoleHolding(
                key=f"h{len(self.found):05d}",
                person=worker.key,
                role=role,
                unit=unit,
                line=line,
                tasks="" if mandate is None or "tasks" in missing else words(mandate["tasks"], language),
                hours_week=None if mandate is None or "hours" in missing else _hours(mandate, worker),
                deputy=standing_in,
                anchored_by="" if "anchored" in missing else one(rng, anchored[language]),
                valid_from=max(begun, worker.since),
                valid_to=until or worker.until,
                theme=theme,
            )
        )


def _anchored_where(role: str, worker: Worker) -> str:
    if role in ("union_rep", "safety_rep"):
        return "representative"
    if role == "leader":
        return "leader"
    return "office" if worker.seat.office else "above"


def _hours(mandate: dict[str, Any], worker: Worker) -> float:
    """As the mandate says; where the role is the whole post, so much as the post."""
    return min(float(mandate["hours"]), FULL_WEEK * worker.percentage / 100)


def holdings(seed: int, everybody: Sequence[Worker], places: Places, day: date) -> list[RoleHolding]:
    roles = _Holdings(generator(seed, "holdings"), day, places)
    here = [worker for worker in everybody if worker.works(day)]
    _cast(roles, here)
    by_unit: dict[str, list[Worker]] = {}
    by_office: dict[str, list[Worker]] = {}
    for worker in here:
        by_unit.setdefault(worker.seat.unit, []).append(worker)
        if worker.seat.office is not None:
            by_office.setdefault(worker.seat.office.key, []).append(worker)
    for worker in here:
        _leader(roles, worker, by_unit, by_office)
    for office in places.offices:
        _in_office(roles, office, by_office[office.key], by_unit)
    _in_areas(roles, by_office)
    _above_offices(roles, here, by_unit)
    _formerly(roles, [worker for worker in everybody if worker.until is not None and worker.until <= day])
    return roles.found


def _cast(roles: _Holdings, here: Sequence[Worker]) -> None:
    for worker in here:
        member: dict[str, Any] = worker.seat.cast or {}
        office = worker.seat.office
        for role in member.get("roles", ()):
            unit = role.get("unit", office.key if office else worker.seat.unit)
            line, theme = role.get("line", ""), role.get("theme", "")
            roles.give(worker, role["role"], unit, line, settled=True, deputy=role.get("deputy"), theme=theme)


def _leader(
    roles: _Holdings, worker: Worker, by_unit: dict[str, list[Worker]], by_office: dict[str, list[Worker]]
) -> None:
    seat = worker.seat
    if not seat.leads:
        return
    if seat.position == "NAV-leder" and seat.office is not None:
        line = seat.line if seat.office.two_leaders else ""
        staff = by_office[seat.office.key]
        among = [one for one in staff if not one.seat.leads] if len(staff) >= DEPUTY_FROM else []
        roles.give(worker, "leader", seat.unit, line, among=among)
    else:
        line = "" if seat.position == "Avdelingsleder" else seat.line
        roles.give(worker, "leader", seat.unit, line, among=[one for one in by_unit[seat.unit] if one is not worker])


def _in_office(roles: _Holdings, office: Office, staff: Sequence[Worker], by_unit: dict[str, list[Worker]]) -> None:
    if len(staff) < DEPUTY_FROM:
        return
    free = [worker for worker in staff if _free(worker)]
    deputies = roles.deputies.get(office.key, {})
    for worker in free:
        if worker.key in deputies:
            roles.give(worker, "deputy_leader", office.key, deputies[worker.key])
        if worker.seat.position in ROLE_OF_POST:
            roles.give(worker, ROLE_OF_POST[worker.seat.position], office.key, among=free)
    _buddies(roles, office, staff, free)
    guides = max(len(staff) // PEER_GUIDE_FOR, int(roles.rng.random() < GUIDE_IN_SMALL))
    for worker in some(roles.rng, free, guides):
        roles.give(worker, "peer_guide", office.key, among=free)
    if len(staff) >= AGENT_FROM:
        _one_each(roles, office, free, ("change_agent", "safety_rep", "process_facilitator"))
    if len(staff) >= COORDINATORS_FROM:
        _one_each(roles, office, free, ("onboarding_coordinator",))
        _coordinators(roles, office, by_unit)


def _free(worker: Worker) -> bool:
    """Can be given a role: leads nobody, is there half the week, and is not one of the cast."""
    return not worker.seat.leads and worker.percentage >= 50 and worker.seat.cast is None


def _one_each(roles: _Holdings, office: Office, free: Sequence[Worker], wanted: Sequence[str]) -> None:
    for role in wanted:
        if (role, office.key) not in roles.held:
            roles.give(one(roles.rng, free), role, office.key, among=free)


def _coordinators(roles: _Holdings, office: Office, by_unit: dict[str, list[Worker]]) -> None:
    for team in office.teams:
        members = [worker for worker in by_unit.get(team.unit, ()) if _free(worker)]
        if len(members) > 1:
            roles.give(one(roles.rng, members), "team_coordinator", team.unit, among=members)
        if team.kind == "market" and members:
            roles.give(one(roles.rng, members), "market_coordinator", office.key, among=members)


def _buddies(roles: _Holdings, office: Office, staff: Sequence[Worker], free: Sequence[Worker]) -> None:
    """Newcomers have a buddy for their first half year; a few are still without one."""
    for newcomer in staff:
        ends = newcomer.since + timedelta(days=183)
        if newcomer.since <= months_from(roles.day, -NEW_MONTHS) or roles.rng.random() < 0.2:
            continue
        longer = [worker for worker in free if worker.since < months_from(roles.day, -18)]
        if longer:
            roles.give(one(roles.rng, longer), "buddy", office.key, since=newcomer.since, until=ends)


def _in_areas(roles: _Holdings, by_office: dict[str, list[Worker]]) -> None:
    """One or two resource persons for an area, each on a theme; some areas have none yet."""
    areas: dict[str, list[Office]] = {}
    for office in roles.places.offices:
        areas.setdefault(office.area, []).append(office)
    for offices in areas.values():
        if roles.rng.random() < AREA_WITHOUT_RESOURCE_PERSON:
            continue
        for theme in some(roles.rng, _themes_left(roles, offices), MOST_THEMES):
            able = [worker for office in offices if theme not in office.quiet for worker in by_office[office.key]]
            fitting = [worker for worker in able if _free(worker) and _fits(worker, theme)]
            if fitting:
                worker = one(roles.rng, fitting)
                roles.give(worker, "resource_person", worker.seat.unit.split(":")[0], theme=theme)


def _themes_left(roles: _Holdings, offices: Sequence[Office]) -> list[str]:
    keys = {office.key for office in offices}
    held = {holding.theme for holding in roles.found if holding.theme and holding.unit in keys}
    mandates = content("roles")["mandates"]
    return [m["theme"] for m in mandates if m["role"] == "resource_person" and m["theme"] not in held]


def _fits(worker: Worker, theme: str) -> bool:
    """Sámi is a matter of who one is; the rest of what one's post knows."""
    if theme == "sami":
        return worker.group == "sami"
    posts = content("positions")["positions"]
    return any(theme in post["knows"] for post in posts if post["name"] == worker.seat.position)


def _above_offices(roles: _Holdings, here: Sequence[Worker], by_unit: dict[str, list[Worker]]) -> None:
    """County and directorate advisers, the parties' representatives, and a second HR administrator."""
    for county in roles.places.counties:
        staff = [one for key in county.sections for one in by_unit[key] if not one.seat.leads]
        for worker in some(roles.rng, staff, len(county.areas)):
            roles.give(worker, "county_adviser", county.key, STATE, among=staff)
        roles.give(one(roles.rng, staff), "union_rep", county.key, STATE)
        roles.give(one(roles.rng, staff), "safety_rep", county.key, STATE)
    for department in roles.places.departments:
        for key in department.sections:
            members = [one for one in by_unit[key] if not one.seat.leads]
            roles.give(one(roles.rng, members), "directorate_adviser", department.key, STATE, among=members)
    _municipal_representatives(roles, here)


def _formerly(roles: _Holdings, gone: Sequence[Worker]) -> None:
    """Roles that ended the day their holder left."""
    for worker in gone:
        if worker.seat.office is not None and roles.rng.random() < HAD_A_ROLE:
            since = max(worker.since, months_from(worker.until or roles.day, -20))
            roles.give(worker, one(roles.rng, ("peer_guide", "change_agent")), worker.seat.office.key, since=since)


def _municipal_representatives(roles: _Holdings, here: Sequence[Worker]) -> None:
    """One union representative for the municipal staff of each office with enough of them."""
    municipal: dict[str, list[Worker]] = {}
    for worker in here:
        if worker.seat.line != STATE and worker.seat.office is not None and not worker.seat.leads:
            municipal.setdefault(worker.seat.employer, []).append(worker)
    for employer, staff in municipal.items():
        if len(staff) >= DEPUTY_FROM and ("union_rep", employer) not in roles.held:
            roles.give(one(roles.rng, staff), "union_rep", employer, "municipal")
