"""Offers that make the body believable: who holds a role offers what it is about, and most offices can do most.

What an office is `quiet` about stays uncovered, on purpose: that is what a leader has to find an answer to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sloyfe.project.demo.content import content
from sloyfe.project.demo.draw import some
from sloyfe.project.demo.places import Office
from sloyfe.project.demo.sayings import Sayings, draw_statement, kept_quiet, knows
from sloyfe.project.demo.shapes import RoleHolding
from sloyfe.project.demo.workers import Worker

ROLE_OFFERS = {
    "peer_guide": "peer-guidance",
    "process_facilitator": "group-guidance",
    "professional_developer": "learning-meeting",
    "onboarding_coordinator": "onboarding",
    "market_coordinator": "employer-contact",
    "job_specialist": "job-specialist",
    "change_agent": "modia",
}
OFFERS_ITS_ROLE = 0.8
COVERED_IN_OFFICE, COVERED_IN_SMALL, SMALL = 0.84, 0.5, 10
COVERED_IN_AREA = 0.75
EVERY_OFFICE = "every-office"


@dataclass(frozen=True, slots=True)
class _Place:
    """An office, or all offices of an area, with those who work there."""

    people: Sequence[Worker]
    quiet: frozenset[str]


def cover(found: Sayings, here: Sequence[Worker], roles: Iterable[RoleHolding], day: date) -> None:
    """Adds offers to what people have said of their own accord."""
    by_key = {worker.key: worker for worker in here}
    for holding in roles:
        code = holding.theme or ROLE_OFFERS.get(holding.role, "")
        worker = by_key.get(holding.person)
        active = holding.valid_to is None or holding.valid_to > day
        if code and active and worker and found.rng.random() < OFFERS_ITS_ROLE:
            _offer(found, worker, code)
    profile = next(one for one in content("profiles")["profiles"] if one["key"] == EVERY_OFFICE)
    offices, areas = _places(here)
    for requirement in profile["requirements"]:
        for place in offices if requirement["reach"] == "unit" else areas:
            _as_required(found, place, requirement)


def _as_required(found: Sayings, place: _Place, requirement: dict[str, Any]) -> None:
    code = requirement["competence"]
    chance = COVERED_IN_AREA
    if requirement["reach"] == "unit":
        chance = COVERED_IN_SMALL if len(place.people) < SMALL else COVERED_IN_OFFICE
    if code in place.quiet or found.rng.random() > chance:
        return
    offered = [one for one in place.people if (one.key, code) in found.stands]
    free = [one for one in place.people if one.seat.cast is None and one not in offered]
    fitting = [one for one in free if code in knows(one.seat.position)] or free
    for worker in some(found.rng, fitting, max(0, requirement["at_least"] - len(offered))):
        _offer(found, worker, code)


def _offer(found: Sayings, worker: Worker, code: str) -> None:
    if worker.seat.cast is None and not kept_quiet(worker, "offers", code):
        draw_statement(found, worker, "offers", code, settled=True)


def _places(here: Sequence[Worker]) -> tuple[list[_Place], list[_Place]]:
    offices: dict[str, list[Worker]] = {}
    areas: dict[str, list[Worker]] = {}
    detail: dict[str, Office] = {}
    for worker in here:
        office = worker.seat.office
        if office is not None:
            detail[office.key] = office
            offices.setdefault(office.key, []).append(worker)
            areas.setdefault(office.area, []).append(worker)
    local = [_Place(people, detail[key].quiet) for key, people in offices.items()]
    return local, [_Place(people, frozenset()) for people in areas.values()]
