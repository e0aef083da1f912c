"""Questions about the organisation that other parts of the house ask: who works where, and near whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sloyfe.core.access import Line, Viewer
from sloyfe.modules.people.models import Affiliation, Kind, Person, PersonNumber, RoleHolding, Unit
from sloyfe.modules.people.tree import WORKPLACES, above, below, office_of


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where somebody works today, as others may know it: the unit, its office, and which line."""

    person_id: int
    unit_id: int
    unit: str
    office_id: int
    office: str
    line: str


def people_in(units: Iterable[int], day: date, line: str | None = None) -> Any:
    """Ids of those who work in the units on a day, as a subquery for rules and counts. Not rows to show."""
    rows = Affiliation.objects.for_system("who works in these units").on(day).filter(unit__in=list(units))
    return (rows.filter(line=line) if line else rows).values("person")


def staff_ids(units: Iterable[int], day: date) -> list[int]:
    """Ids of those who work in the units on a day, for the planner and for counts; never shown as a list."""
    rows = Person.objects.for_system("who the minimum staffing counts on").filter(pk__in=people_in(units, day))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def below_any_line(unit_id: int) -> frozenset[int]:
    """A unit and everything under it, on either line."""
    return frozenset().union(*(below([unit_id], line) for line in Line))


def workplaces(people: Iterable[int], day: date) -> dict[int, Workplace]:
    """The main workplace of each person: what the staff directory says to all colleagues."""
    rows = Affiliation.objects.for_system("staff directory: the office somebody works in").on(day)
    main: dict[int, tuple[int, str]] = {}
    for person, unit, line in (
        rows.filter(person__in=list(people)).order_by("percentage", "-pk").values_list("person", "unit", "line")
    ):
        main[person] = (unit, line)
    offices = office_of({unit for unit, _line in main.values()})
    names = unit_names({unit for unit, _line in main.values()} | set(offices.values()))
    return {
        person: Workplace(person, unit, names[unit], offices.get(unit, unit), names[offices.get(unit, unit)], line)
        for person, (unit, line) in main.items()
    }


def units_of(people: Iterable[int], day: date) -> dict[int, set[int]]:
    """Every unit somebody belongs to on a day: where she works, and all that stands above it today."""
    rows = Affiliation.objects.for_system("which units somebody belongs to").on(day).filter(person__in=list(people))
    work = list(rows.values_list("person", "unit"))
    over = {unit: above(unit) for unit in {unit for _person, unit in work}}
    found: dict[int, set[int]] = {}
    for person, unit in work:
        found.setdefault(person, set()).update(over[unit])
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """What decides which requirements reach a person: positions, kinds of role held, and all her units."""

    positions: frozenset[str]
    roles: frozenset[int]
    units: frozenset[int]


def posts_held(people: Iterable[int], day: date) -> dict[int, Held]:
    wanted = list(people)
    work = Affiliation.objects.for_system("which requirements reach somebody").on(day).filter(person__in=wanted)
    roles = RoleHolding.objects.for_system("which requirements reach somebody").on(day).filter(person__in=wanted)
    positions: dict[int, set[str]] = {}
    kinds: dict[int, set[int]] = {}
    for person, position in work.values_list("person", "position"):
        positions.setdefault(person, set()).add(position)
    for person, kind in roles.values_list("person", "kind"):
        kinds.setdefault(person, set()).add(kind)
    units = units_of(wanted, day)
    return {
        person: Held(
            frozenset(positions.get(person, ())),
            frozenset(kinds.get(person, ())),
            frozenset(units.get(person, ())),
        )
        for person in wanted
    }


def unit_and_above(unit_id: int) -> dict[int, str]:
    """A unit and all that stands above it today, by id, with their kinds."""
    return dict(Unit.objects.filter(pk__in=above(unit_id)).values_list("pk", "kind"))


def unit_names(units: Iterable[int]) -> dict[int, str]:
    return dict(Unit.objects.filter(pk__in=list(units)).values_list("pk", "name"))


def workplace_names(units: Iterable[int], day: date) -> dict[int, str]:
    """Of these units, those where people have their office that day: offices and sections, not teams or areas."""
    rows = Unit.objects.on(day).filter(pk__in=list(units), kind__in=WORKPLACES)
    return dict(rows.exclude(kind=Kind.MUNICIPALITY).values_list("pk", "name"))


def person_names(viewer: Viewer, people: Iterable[int]) -> dict[int, str]:
    """Names of those the viewer may see by name."""
    rows = Person.objects.for_viewer(viewer, "person.name").filter(pk__in=list(people))
    return dict(rows.values_list("pk", "name"))


def colleague_named(viewer: Viewer, name: str) -> int | None:
    """The one colleague with exactly this name who works here today; None when nobody or several."""
    rows = Person.objects.for_viewer(viewer, "person.name").filter(name__iexact=" ".join(name.split()))
    today = Affiliation.objects.for_system("colleagues who work here today").on(viewer.day).values("person")
    found = list(rows.filter(pk__in=today).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def staff(viewer: Viewer, units: Iterable[int], capability: str) -> dict[int, str]:
    """Those working in the units today whom the viewer may use for the capability: id → name, by name."""
    rows = Person.objects.for_viewer(viewer, capability).filter(pk__in=people_in(units, viewer.day))
    return dict(rows.values_list("pk", "name"))


def holders(code: str, units: Iterable[int], day: date) -> list[int]:
    """Persons who hold a role in one of the units on a day."""
    rows = RoleHolding.objects.for_system("who holds this role here").on(day)
    found = rows.filter(kind__code=code, unit__in=list(units)).order_by("pk")
    return list(dict.fromkeys(found.values_list("person", flat=True)))


def people_by_number(numbers: Iterable[str]) -> dict[str, list[int]]:
    """Employee number → those who have it, one for each employer. The caller asks who the viewer may use."""
    rows = PersonNumber.objects.for_system("whose line in a roster").filter(number__in=list(numbers)).order_by("pk")
    found: dict[str, list[int]] = {}
    for number, person in rows.values_list("number", "person"):
        found.setdefault(number, []).append(person)
    return found
