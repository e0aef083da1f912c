"""Questions about the organisation that other parts of the house ask: who works where, and near whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from sloyfe.core.access import GuardedQuerySet, Line, Viewer
from sloyfe.core.access.prepared import Later
from sloyfe.modules.people.models import Affiliation, Employer, Kind, Person, PersonNumber, RoleHolding, Unit
from sloyfe.modules.people.snapshot import tree
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


def working(day: date | Later) -> GuardedQuerySet:
    """Who works where on a day, as a subquery for rules. Not rows to show."""
    return Affiliation.objects.for_system("rule: who works where").on(day)


def people_in(units: Iterable[int], day: date, line: str | None = None) -> Any:
    """Ids of those who work in the units on a day, as a subquery for rules and counts. Not rows to show."""
    rows = Affiliation.objects.for_system("who works in these units").on(day).filter(unit__among=set(units))
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
        rows.filter(person__among=set(people)).order_by("percentage", "-pk").values_list("person", "unit", "line")
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
    rows = Affiliation.objects.for_system("which units somebody belongs to").on(day).filter(person__among=set(people))
    work = list(rows.values_list("person", "unit"))
    over = {unit: above(unit) for unit in {unit for _person, unit in work}}
    found: dict[int, set[int]] = {}
    for person, unit in work:
        found.setdefault(person, set()).update(over[unit])
    return found


@dataclass(frozen=True, slots=True)
class Work:
    """Where somebody works on a day, her main place first, and in which positions."""

    units: tuple[int, ...]
    positions: frozenset[str]


def work_of(people: Any, day: date) -> dict[int, Work]:
    """The work of each on a day. `people` are ids, or the subquery that `people_in` makes."""
    wanted = {"person__in": people} if hasattr(people, "query") else {"person__among": set(people)}
    rows = Affiliation.objects.for_system("which requirements reach somebody").on(day).filter(**wanted)
    units: dict[int, list[int]] = {}
    positions: dict[int, set[str]] = {}
    ordered = rows.order_by("-percentage", "pk")  # as the directory finds the main workplace
    for person, unit, position in ordered.values_list("person", "unit", "position"):
        units.setdefault(person, []).append(unit)
        positions.setdefault(person, set()).add(position)
    return {person: Work(tuple(found), frozenset(positions[person])) for person, found in units.items()}


@dataclass(frozen=True, slots=True)
class Held:
    """What decides which requirements reach a person: positions, kinds of role held, all her units, and
    the kinds of her main workplace and its office."""

    positions: frozenset[str]
    roles: frozenset[int]
    units: frozenset[int]
    kinds: frozenset[str]


def posts_held(work: Mapping[int, Work], day: date) -> dict[int, Held]:
    rows = RoleHolding.objects.for_system("which requirements reach somebody").on(day).filter(person__among=set(work))
    roles: dict[int, set[int]] = {}
    for person, kind in rows.values_list("person", "kind"):
        roles.setdefault(person, set()).add(kind)
    return _posts(work, {person: frozenset(kinds) for person, kinds in roles.items()})


def own_posts(viewer: Viewer) -> dict[int, Held]:
    """The same of the viewer herself; what there is to know came with her."""
    work = Work(tuple(post.unit_id for post in viewer.posts), frozenset(post.position for post in viewer.posts))
    return _posts({viewer.me: work}, {viewer.me: viewer.roles})


def _posts(work: Mapping[int, Work], roles: Mapping[int, frozenset[int]]) -> dict[int, Held]:
    places = {unit for one in work.values() for unit in one.units}
    over, homes = {unit: above(unit) for unit in places}, office_of(places)
    kinds = unit_kinds(places | set(homes.values()))
    return {
        person: Held(
            one.positions,
            roles.get(person, frozenset()),
            frozenset().union(*(over[unit] for unit in one.units)),
            frozenset(kinds[at] for unit in one.units[:1] for at in (unit, homes.get(unit, unit)) if at in kinds),
        )
        for person, one in work.items()
    }


def office_names(units: Iterable[int]) -> dict[int, str]:
    """What the office of each unit is called."""
    wanted = set(units)
    homes = office_of(wanted)
    names = unit_names(homes.get(unit, unit) for unit in wanted)
    return {unit: names[homes.get(unit, unit)] for unit in wanted}


def unit_and_above(unit_id: int) -> dict[int, str]:
    """A unit and all that stands above it today, by id, with their kinds."""
    return unit_kinds(above(unit_id))


def unit_kinds(units: Iterable[int]) -> dict[int, str]:
    """Kinds of units that stand in today's tree."""
    known = tree().kind
    return {unit: known[unit] for unit in units if unit in known}


def unit_names(units: Iterable[int]) -> dict[int, str]:
    return dict(Unit.objects.filter(pk__among=set(units)).order_by().values_list("pk", "name"))


def workplace_names(units: Iterable[int], day: date) -> dict[int, str]:
    """Of these units, those where people have their office that day: offices and sections, not teams or areas."""
    rows = Unit.objects.on(day).filter(pk__among=set(units), kind__in=WORKPLACES)
    return dict(rows.exclude(kind=Kind.MUNICIPALITY).values_list("pk", "name"))


def every_workplace(day: date) -> dict[int, str]:
    """All units where people have their office that day, by name."""
    rows = Unit.objects.on(day).filter(kind__in=WORKPLACES).exclude(kind=Kind.MUNICIPALITY)
    return dict(rows.order_by("name", "pk").values_list("pk", "name"))


def employers_in(units: Mapping[str, Iterable[int]], day: date) -> dict[int, str]:
    """Employers of those who work in the units of each line on a day, by name."""
    here = Q(pk__in=())
    for line, inside in units.items():
        here |= Q(line=line, unit__among=set(inside))
    rows = Affiliation.objects.for_system("which employers a mapping must ask").on(day).filter(here)
    return dict(rows.order_by("employer__name").values_list("employer", "employer__name").distinct())


def person_names(viewer: Viewer, people: Iterable[int]) -> dict[int, str]:
    """Names of those the viewer may see by name."""
    rows = Person.objects.for_viewer(viewer, "person.name").filter(pk__among=set(people))
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
    found = rows.filter(kind__code=code, unit__among=set(units)).order_by("pk")
    return list(dict.fromkeys(found.values_list("person", flat=True)))


def employers() -> dict[int, str]:
    """All employers by name."""
    return dict(Employer.objects.order_by("name").values_list("pk", "name"))


def people_of_employer(employer_id: int, numbers: Iterable[str]) -> dict[str, int]:
    """Employee number → whose it is with this employer. The caller asks who the viewer may use."""
    rows = PersonNumber.objects.for_system("whose line in a file").filter(employer=employer_id)
    return dict(rows.filter(number__in=list(numbers)).values_list("number", "person"))


def people_by_number(numbers: Iterable[str]) -> dict[str, list[int]]:
    """Employee number → those who have it, one for each employer. The caller asks who the viewer may use."""
    rows = PersonNumber.objects.for_system("whose line in a roster").filter(number__in=list(numbers)).order_by("pk")
    found: dict[str, list[int]] = {}
    for number, person in rows.values_list("number", "person"):
        found.setdefault(number, []).append(person)
    return found
