"""`build` invents a whole body from a seed, without Django: the same seed and day give the same rows.

Every person, figure and place is made up. People, offices and words come from `content/`; sizes, dates and
who says what are drawn. Storing it is somebody else's (`store.py`).
"""

from __future__ import annotations

from datetime import date

from sloyfe.project.demo import growth, places
from sloyfe.project.demo.content import content
from sloyfe.project.demo.coverage import cover
from sloyfe.project.demo.draw import generator, months_from
from sloyfe.project.demo.holdings import holdings
from sloyfe.project.demo.hours import hours
from sloyfe.project.demo.sayings import Sayings, helpers, needs, speak
from sloyfe.project.demo.seats import seats
from sloyfe.project.demo.shapes import Body, CastMember, CoverAgreement, ProfileGiven, RoleHolding
from sloyfe.project.demo.workers import Worker, affiliations, workers

LEFT, BEGIN_SOON = 0.04, 0.005
"""For everybody who works there, so many have left and so many have a date to begin."""


def build(seed: int, people: int | None = None, *, day: date) -> Body:
    """The body as seen on `day`. `people`: so many persons in all, those who left included.

    Raises ValueError where so few people were asked for that the offices written by hand do not fit.
    """
    working = None if people is None else people - round(people * LEFT) - round(people * BEGIN_SOON)
    found = places.build(growth.counties(seed, working), day)
    taken = seats(seed, found)
    leavers = round((people or len(taken)) * LEFT)
    starters = people - len(taken) - leavers if people else round(len(taken) * BEGIN_SOON)
    everybody = workers(seed, taken, found, day, leavers, starters)
    roles = holdings(seed, everybody, found, day)
    said = _said(seed, everybody, roles, day)
    time = hours(seed, everybody, roles, found, day)
    return Body(
        day=day,
        seed=seed,
        units=tuple(found.units),
        names=tuple(found.names),
        edges=tuple(found.edges),
        successions=tuple(found.successions),
        employers=tuple(found.employers),
        persons=tuple(worker.person for worker in everybody),
        affiliations=tuple(affiliations(seed, everybody, found, day)),
        holdings=tuple(roles),
        statements=tuple(said.statements),
        shares=tuple(said.shares),
        helpers=tuple(said.helpers),
        posted_needs=tuple(said.posted_needs),
        working_days=tuple(time.working_days),
        absences=tuple(time.absences),
        duties=tuple(time.duties),
        staffing=tuple(time.staffing),
        facilitator_hours=tuple(time.facilitator_hours),
        learning_time=tuple(time.learning_time),
        sources=tuple(time.sources),
        agreements=_agreements(day),
        given=_given(seed, everybody, day),
        cast=_cast(everybody),
    )


def _said(seed: int, everybody: list[Worker], roles: list[RoleHolding], day: date) -> Sayings:
    here = [worker for worker in everybody if worker.works(day)]
    found = speak(seed, here, day)
    cover(found, here, roles, day)
    helpers(found, here)
    needs(found, here)
    return found


def _agreements(day: date) -> tuple[CoverAgreement, ...]:
    return tuple(
        CoverAgreement(
            unit=row["unit"],
            by_unit=row["by"],
            profile=row["profile"],
            competence=row["competence"],
            people=row["people"],
            agreed=row["agreed"],
            valid_from=months_from(day, row["months"][0]),
            valid_to=months_from(day, row["months"][1]),
            waiting=row.get("waiting", False),
        )
        for row in content("landscape")["agreements"]
    )


def _given(seed: int, everybody: list[Worker], day: date) -> tuple[ProfileGiven, ...]:
    """Profiles given to persons directly, beside those that follow from post, role and place."""
    rng = generator(seed, "given")
    return tuple(
        ProfileGiven(row["profile"], worker.key, max(worker.since, months_from(day, -6)))
        for row in content("profiles")["given"]
        for worker in everybody
        if worker.works(day) and worker.seat.position == row["position"] and rng.random() < row["share"]
    )


def _cast(everybody: list[Worker]) -> tuple[CastMember, ...]:
    by_code = {worker.seat.cast["code"]: worker for worker in everybody if worker.seat.cast}
    return tuple(
        CastMember(
            code=member["code"],
            username=member["username"],
            person=by_code[member["code"]].key,
            unit=by_code[member["code"]].seat.unit,
            title=member["title"],
            what=member["what"],
        )
        for member in content("cast")["cast"]
    )
