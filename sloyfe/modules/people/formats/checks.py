"""What is wrong between the rows of a delivery: the same thing said twice, and units that form a ring.

The same row twice is read once, and noted where that matters. Two rows that say different things about
the same unit and days, or the same person, stop the upload, since choosing one would be a guess. What is
not in the upload may be known already, so whether units and people exist is for whoever stores them to
ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.modules.people.formats.neutral import NOWHERE, Delivery, PersonRow, SuccessionRow, UnitRow

Thing = TypeVar("Thing", bound=Any)


def checked(delivery: Delivery) -> Delivery:
    """The delivery without repeated rows, and with a problem for each contradiction in it."""
    single = replace(
        delivery,
        units=_once(delivery.units),
        lines=_once(delivery.lines),
        successions=_once(delivery.successions),
        people=_once(delivery.people),
        affiliations=_once(delivery.affiliations),
        leaders=_once(delivery.leaders),
        roles=_once(delivery.roles),
    )
    problems = (
        *_units_twice(single.units),
        *_people_twice(single.people),
        *_rings(single.units),
        *_shares(single.successions),
        *_repeated(delivery, single),
    )
    return single.with_problems(*problems)


def _once(rows: Sequence[Thing]) -> tuple[Thing, ...]:
    """Each row once, wherever it stood; the first place is kept."""
    return tuple({replace(row, place=NOWHERE): row for row in reversed(rows)}.values())[::-1]


def _repeated(delivery: Delivery, single: Delivery) -> Iterator[Problem]:
    """One note on how many rows were repeated. A person with several positions is listed once for each."""
    counted = ("units", "lines", "affiliations", "leaders", "roles")
    count = sum(len(getattr(delivery, name)) - len(getattr(single, name)) for name in counted)
    if count:
        message = _("Rows that say what another row has said: {count}. They were read once.")
        yield Problem(_first_place(delivery), Weight.NOTE, message, params={"count": str(count)})


def _first_place(delivery: Delivery) -> Place:
    rows: tuple[Any, ...] = (*delivery.units, *delivery.affiliations, *delivery.lines, *delivery.roles)
    return Place(rows[0].place.file) if rows else NOWHERE


def _grouped(rows: Iterable[Thing], key: Callable[[Thing], Hashable]) -> dict[Hashable, list[Thing]]:
    groups: dict[Hashable, list[Thing]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _units_twice(units: Sequence[UnitRow]) -> Iterator[Problem]:
    for same in _grouped(units, lambda unit: unit.number).values():
        ordered = sorted(same, key=lambda unit: unit.valid_from or date.min)
        for earlier, later in zip(ordered, ordered[1:], strict=False):
            if earlier.valid_to is None or (later.valid_from or date.min) < earlier.valid_to:
                yield _twice(later.place, later.number, earlier.place)


def _people_twice(people: Sequence[PersonRow]) -> Iterator[Problem]:
    for same in _grouped(people, lambda person: (person.employer, person.employee_number)).values():
        for other in same[1:]:
            yield _twice(other.place, other.employee_number, same[0].place)


def _twice(place: Place, number: str, first: Place) -> Problem:
    return Problem(
        place,
        Weight.STOPS,
        _("The same number is on row {row} too, with something else said about it."),
        _("Correct or remove one of the rows."),
        number,
        {"row": str(first.row)},
    )


def _rings(units: Sequence[UnitRow]) -> Iterator[Problem]:
    """A problem for each ring of units above one another on any day, told once, at its first unit."""
    told: set[frozenset[str]] = set()
    for day in sorted({unit.valid_from or date.min for unit in units if unit.parent_number}):
        above = {unit.number: unit for unit in units if unit.parent_number and _holds(unit, day)}
        for ring in _rings_in({number: unit.parent_number for number, unit in above.items()}):
            if frozenset(ring) not in told:
                told.add(frozenset(ring))
                yield _ring(above[ring[0]].place, ring)


def _holds(unit: UnitRow, day: date) -> bool:
    return (unit.valid_from or date.min) <= day and (unit.valid_to is None or day < unit.valid_to)


def _rings_in(above: Mapping[str, str]) -> Iterator[list[str]]:
    settled: set[str] = set()
    for start in above:
        path: dict[str, None] = {}
        number = start
        while number in above and number not in settled and number not in path:
            path[number] = None
            number = above[number]
        if number in path:
            steps = list(path)
            yield steps[steps.index(number) :]
        settled.update(path)


def _ring(place: Place, ring: list[str]) -> Problem:
    shown = [*ring[:10], "…"] if len(ring) > 10 else [*ring, ring[0]]
    return Problem(
        place,
        Weight.STOPS,
        _("These units are above one another in a ring: {units}."),
        _("Correct which unit is above which."),
        params={"units": " → ".join(shown)},
    )


def _shares(successions: Sequence[SuccessionRow]) -> Iterator[Problem]:
    for same in _grouped(successions, lambda row: (row.before, row.day)).values():
        if sum(row.weight for row in same) > 1:
            yield Problem(
                same[-1].place,
                Weight.STOPS,
                _("More than the whole unit is shared out."),
                _("The shares of one unit and day must not be more than 100 per cent together."),
                same[-1].before,
            )
