"""Brings one delivery into the tables; the rehearsal is this same function, rolled back.

All or nothing, and the same file twice changes nothing. Everything known is read once at the start; every
table is written in bulk; who stands under whom is derived once at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from sloyfe.core.access import Line, OutOfReach, Viewer
from sloyfe.core.access.roles import matrix
from sloyfe.core.audit.actions import record
from sloyfe.core.audit.models import Event
from sloyfe.core.imports import rehearsal as rehearsing
from sloyfe.core.imports.log import Log
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Weight
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.imports import full_list, placing, successions, words
from sloyfe.modules.people.imports.employers import Employers, make_employers
from sloyfe.modules.people.imports.holdings import Holdings
from sloyfe.modules.people.imports.known import Coming, Terms, read_known
from sloyfe.modules.people.imports.periods import BATCH, last_day
from sloyfe.modules.people.imports.persons import People
from sloyfe.modules.people.imports.units import Units
from sloyfe.modules.people.imports.work import Work
from sloyfe.modules.people.models import Affiliation, RoleHolding, Unit
from sloyfe.modules.people.tree import rebuild_closure

CAPABILITY = "import.run"
READ, UNITS, PEOPLE, WRITING = (
    _("Reading what is here from before"),
    _("Going through the units"),
    _("Going through people and work"),
    _("Writing and checking"),
)
Tell = Callable[[int, str], None]


def _silent(_percent: int, _message: str) -> None:
    """Nobody is waiting to hear how far it is."""


def bring_in(
    viewer: Viewer, delivery: Delivery, *, rehearsal: bool, terms: Terms | None = None, tell: Tell = _silent
) -> Log:
    """The log of the import; kept only if it is not a rehearsal and nothing stops. Raises OutOfReach."""
    if not viewer.may(CAPABILITY):
        raise OutOfReach(f"outside what this viewer may change ({CAPABILITY})")
    terms = terms or Terms()
    return rehearsing.run(lambda log: _write(viewer, delivery, terms, log, tell), rehearsal=rehearsal)


def _write(viewer: Viewer, delivery: Delivery, terms: Terms, log: Log, tell: Tell) -> None:
    log.problem(*delivery.problems)
    if delivery.refused:
        return
    tell(20, READ)
    everywhere = all(viewer.units("role.edit", line) is None for line in Line)
    coming = Coming(
        delivery,
        terms,
        viewer.day,
        viewer.person_id,
        read_known(),
        log,
        frozenset(matrix()) if everywhere else frozenset(),
    )
    known_before = frozenset(coming.known.people)
    tell(30, UNITS)
    ended = _bring_in_units(coming)
    if log.stopped:
        return
    tell(45, PEOPLE)
    _bring_in_people(coming)
    tell(80, WRITING)
    _say_who_is_left(coming, ended)
    full_list.hand_over(coming)
    _record(viewer, coming, known_before)


def _bring_in_units(coming: Coming) -> list[Unit]:
    """Units, where they stand and what became of them; gives those that close."""
    units = Units(coming)
    units.open_and_change()
    placing.place(units)
    successions.pass_on(units)
    placing.say_circles(units)
    if coming.log.stopped:
        return []
    for told in units.told.values():
        told.log(coming.log)
    units.write()
    make_employers(coming)
    if coming.delivery.units or coming.delivery.lines or coming.delivery.successions:
        rebuild_closure(coming.today)
    return [told.unit for told in units.told.values() if told.unit.valid_to is not None]


def _bring_in_people(coming: Coming) -> None:
    employers = Employers(coming)
    people = People(coming, employers)
    people.bring_in()
    work = Work(coming, employers, people)
    work.bring_in()
    Holdings(coming, employers, people).bring_in()
    employers.say_unknown()
    full_list.end_the_rest(coming, work.told_of)
    work.write()


def _say_who_is_left(coming: Coming, ended: list[Unit]) -> None:
    """A unit cannot close on people who work there or hold a role in it."""
    ends = {unit.pk: unit for unit in ended}
    left: Counter[int] = Counter()
    rows: list[Affiliation | RoleHolding] = [*coming.known.work.all(), *coming.known.held.all()]
    for row in rows:
        closes = ends[row.unit_id].valid_to if row.unit_id in ends else None
        if closes is not None and (row.valid_to is None or row.valid_to > closes):
            left[row.unit_id] += 1
    places = {each.number: each.place for each in coming.delivery.units}
    for pk, count in left.items():
        unit = ends[pk]
        message = _("{unit} closes, its last day is {day}, but {count} affiliations and roles there go on.")
        remedy = _("Say in the same upload where they go, or when they end.")
        place = places.get(unit.number, Place(""))
        words.say(
            coming.log,
            Weight.STOPS,
            place,
            message,
            remedy,
            unit.number,
            unit=unit.name,
            day=last_day(unit.valid_to),
            count=count,
        )


def _record(viewer: Viewer, coming: Coming, known_before: frozenset[int]) -> None:
    """One line about the file, and one to each person known before about whom something changed."""
    counts = {str(kind): count for kind, count in coming.log.counts().items()}
    formats = list(dict.fromkeys(coming.delivery.formats))
    event = record(viewer, "import.applied", None, formats=formats, counts=counts)
    told = [
        Event(
            at=event.at,
            actor_id=event.actor_id,
            verb="person.imported",
            table="people.person",
            row_id=person,
            subject_id=person,
        )
        for person in sorted(coming.concerned & known_before)
    ]
    Event.objects.bulk_create(told, batch_size=BATCH)
