"""From what somebody writes to the one unit or colleague she means, or a sentence about what to write instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.modules.people.models import Affiliation, Person, Unit, sort_key
from sloyfe.modules.people.reads import Workplace, people_in, unit_names, workplaces
from sloyfe.modules.people.tree import office_of

NUMBER_AT_THE_END = re.compile(r"\(([^()]+)\)$")
SHORTEST, AT_MOST = 2, 50


def unit_choices(day: date) -> list[str]:
    """What can be written to name each unit of a day: «Fjordvik (9001)»."""
    rows = Unit.objects.on(day).order_by("name", "pk").values_list("name", "number")
    return [f"{name} ({number})" for name, number in rows]


def units_named(asked: str, day: date) -> list[Unit]:
    """Units of a day with these words in their name or number, at most so many."""
    words = asked.casefold().split()
    rows = [row for row in Unit.objects.on(day) if all(word in f"{row.name} {row.number}".casefold() for word in words)]
    return rows[:AT_MOST]


def find_unit(text: str, day: date) -> Unit:
    """By number, by name, or as in `unit_choices`. ValidationError when it is none or several."""
    number = NUMBER_AT_THE_END.search(text)
    here = Unit.objects.on(day)
    found: Unit | None = here.filter(number__in=[text, number.group(1)] if number else [text]).first()
    if found is not None:
        return found
    called: list[Unit] = [row for row in here if row.name.casefold() == text.casefold()]
    if not called:
        raise ValidationError(_("We found no unit called «%(text)s» on that day."), params={"text": text})
    if len(called) > 1:
        some = ", ".join(f"{row.name} ({row.number})" for row in called[:5])
        raise ValidationError(_("Several units are called that. Write one of these: %(some)s."), params={"some": some})
    return called[0]


@dataclass(frozen=True, slots=True)
class Colleague:
    """One line in the staff directory. `may_open`: the viewer may open the person's page. `begins`: who works here from
    a later day, for those who may see that. `email` only where two would read the same.
    """

    pk: int
    name: str
    position: str
    unit: str
    office: str
    may_open: bool
    begins: date | None = None
    email: str = ""


def colleagues(viewer: Viewer, asked: str) -> tuple[list[Colleague], bool]:
    """Those who work here, or as far as the viewer may see will, with all these words in their names, by name, and
    whether there are more.
    """
    ahead = _beginning_later(viewer)
    found = _named(_working_here(viewer), asked)
    if ahead is not None:
        known = Person.objects.for_viewer(viewer, "person.name")
        found = sorted(found + _named(known.filter(pk__in=ahead.values("person")), asked))
    shown = {pk: name for _key, pk, name in found[:AT_MOST]}
    return _told_apart(viewer, _lines(viewer, shown, ahead)), len(found) > AT_MOST


def _named(rows: GuardedQuerySet, asked: str) -> list[tuple[str, int, str]]:
    for word in asked.split():
        rows = rows.filter(sort_key__contains=sort_key(word))
    return list(rows.order_by("sort_key", "pk").values_list("sort_key", "pk", "name")[: AT_MOST + 1])


def _beginning_later(viewer: Viewer) -> GuardedQuerySet | None:
    """Work that has not begun, of people who do not work here yet; None for those who may not see such."""
    if not viewer.may("person.view"):
        return None
    now = Affiliation.objects.for_system("who works here already").on(viewer.day)
    rows = Affiliation.objects.for_viewer(viewer, "person.view").filter(valid_from__gt=viewer.day)
    return rows.exclude(person__in=now.values("person")).order_by("valid_from", "-percentage", "pk")


def _lines(viewer: Viewer, names: dict[int, str], ahead: GuardedQuerySet | None) -> list[Colleague]:
    where = workplaces(names, viewer.day)
    positions = _positions(names, viewer.day)
    later = _later({pk for pk in names if pk not in where}, ahead)
    may_open = set(
        Person.objects.for_viewer(viewer, "person.view").filter(pk__in=list(names)).values_list("pk", flat=True)
    )
    return [
        replace(later[pk], name=name, may_open=pk in may_open)
        if pk in later
        else Colleague(pk, name, positions.get(pk, ""), where[pk].unit, where[pk].office, pk in may_open)
        for pk, name in names.items()
    ]


def _later(people: set[int], ahead: GuardedQuerySet | None) -> dict[int, Colleague]:
    """Those who begin later, with the first work they begin in."""
    if not people or ahead is None:
        return {}
    rows = list(ahead.filter(person__in=people).values_list("person", "position", "unit", "valid_from"))
    offices = office_of({unit for _person, _position, unit, _day in rows})
    names = unit_names({unit for _person, _position, unit, _day in rows} | set(offices.values()))
    found: dict[int, Colleague] = {}
    for pk, position, unit, day in rows:
        office = names[offices.get(unit, unit)]
        found.setdefault(pk, Colleague(pk, "", position, names[unit], office, may_open=False, begins=day))
    return found


def _told_apart(viewer: Viewer, lines: list[Colleague]) -> list[Colleague]:
    """Two of the same name, position and workplace are told apart by their addresses at work."""

    def seen(one: Colleague) -> tuple[str, str, str, str]:
        return one.name.casefold(), one.position, one.unit, one.office

    often = Counter(map(seen, lines))
    same = [one.pk for one in lines if often[seen(one)] > 1]
    if not same:
        return lines
    rows = Person.objects.for_viewer(viewer, "person.name").filter(pk__in=same)
    email = dict(rows.values_list("pk", "email"))
    return [replace(one, email=email.get(one.pk, "")) for one in lines]


def _positions(people: Iterable[int], day: date) -> dict[int, str]:
    """The position in each person's main affiliation."""
    rows = Affiliation.objects.for_system("staff directory: the position somebody has").on(day)
    main = rows.filter(person__in=list(people)).order_by("percentage", "-pk")
    return dict(main.values_list("person", "position"))


def _working_here(viewer: Viewer) -> GuardedQuerySet:
    now = Affiliation.objects.for_system("colleagues who work here today").on(viewer.day)
    return Person.objects.for_viewer(viewer, "person.name").filter(pk__in=now.values("person"))


def person_choices(viewer: Viewer, units: Iterable[int]) -> list[str]:
    """What can be written to name each colleague in these units: the name, with the unit where two share it."""
    rows = Person.objects.for_viewer(viewer, "person.name").filter(pk__in=people_in(units, viewer.day))
    names = dict(rows.values_list("pk", "name"))
    often = list(names.values())
    twice = {pk for pk, name in names.items() if often.count(name) > 1}
    where = workplaces(twice, viewer.day)
    return [f"{name}, {where[pk].unit}" if pk in twice else name for pk, name in names.items()]


def person_as_written(viewer: Viewer, pk: int) -> str:
    """What to write to name this colleague; empty when the viewer may not see the name."""
    row = Person.objects.for_viewer(viewer, "person.name").filter(pk=pk).first()
    if row is None:
        return ""
    others = _working_here(viewer).filter(sort_key=row.sort_key).exclude(pk=pk)
    place = workplaces([pk], viewer.day).get(pk)
    return f"{row.name}, {place.unit}" if place and others.exists() else row.name


def find_person(viewer: Viewer, text: str) -> int:
    """The colleague with this name, or «name, unit» where several share it. ValidationError otherwise."""
    rows = _working_here(viewer)
    whole: list[int] = list(rows.filter(sort_key=sort_key(text)).values_list("pk", flat=True)[:AT_MOST])
    if len(whole) == 1:
        return whole[0]
    name, _comma, unit = (part.strip() for part in text.rpartition(","))
    if not whole and name:
        same: list[int] = list(rows.filter(sort_key=sort_key(name)).values_list("pk", flat=True)[:AT_MOST])
        there = [pk for pk, place in workplaces(same, viewer.day).items() if _is_at(place, unit)]
        if len(there) == 1:
            return there[0]
        whole = same
    if not whole:
        raise ValidationError(_("We found nobody called «%(text)s» who works here."), params={"text": text})
    some = sorted({f"{name or text}, {place.unit}" for place in workplaces(whole, viewer.day).values()})
    raise ValidationError(
        _("Several are called that. Write the workplace too, such as: %(some)s."), params={"some": "; ".join(some[:5])}
    )


def _is_at(place: Workplace, unit: str) -> bool:
    return unit.casefold() in (place.unit.casefold(), place.office.casefold())
