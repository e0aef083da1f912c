"""What follows of a change, told with numbers before it is done: of a unit that goes, of work that ends.

The modules above register what they know of; here only the organisation itself is counted. The sentences are about
how many and what, and name nobody but those who hold a role everybody may read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sloyfe.core.access import Viewer
from sloyfe.core.lang import in_language
from sloyfe.modules.people.models import Affiliation, Edge, LineChoice, RoleHolding, Unit
from sloyfe.modules.people.roles import ALONE

OfUnit = Callable[[int, str, date], Iterable[str]]
OfPerson = Callable[[Viewer, int, date], Iterable[str]]
_of_unit: list[OfUnit] = []
_of_person: list[OfPerson] = []


def tells_of_unit(tell: OfUnit) -> OfUnit:
    """Register what stays behind, in sentences, when a unit (its id and name) is no more from a day."""
    _of_unit.append(tell)
    return tell


def tells_of_person(tell: OfPerson) -> OfPerson:
    """Register what follows, in sentences, when a person no longer works here from a day."""
    _of_person.append(tell)
    return tell


# --- a unit ----------------------------------------------------------------------------------------------


def left_behind(unit: Unit, day: date) -> list[str]:
    """What the modules above know of the unit, that does not move with anybody."""
    return [sentence for tell in _of_unit for sentence in tell(unit.pk, unit.name, day)]


def moving(unit: Unit, day: date) -> list[str]:
    """How many people, roles and units move along when a unit goes on as another; nothing that is none."""
    why = "how many a change of a unit reaches"
    people = Affiliation.objects.for_system(why).filter(ahead(day), unit=unit).values("person").distinct().count()
    roles = RoleHolding.objects.for_system(why).filter(ahead(day), unit=unit).count()
    under = Edge.objects.filter(ahead(day), parent=unit).values("child").distinct().count()
    told = (
        (people, ngettext("%(n)s person", "%(n)s people", people)),
        (roles, ngettext("%(n)s role", "%(n)s roles", roles)),
        (under, ngettext("%(n)s unit under it", "%(n)s units under it", under)),
    )
    return [words % {"n": count} for count, words in told if count]


def held_by_several(viewer: Viewer, before: Unit, after: Unit, day: date) -> list[str]:
    """Roles that usually one person holds, that several would hold in `after` when all of `before` moves there."""
    rows = RoleHolding.objects.for_viewer(viewer, "role.view").filter(
        ahead(day), unit__in=(before, after), kind__code__in=ALONE
    )
    held = list(rows.select_related("person", "kind").order_by("kind__code", "line", "pk"))
    together: dict[tuple[str, str], dict[str, None]] = {}
    for row in held:
        for line in [row.line] if row.line else LineChoice.values:
            key = in_language(row.kind, "name", viewer.language), line
            together.setdefault(key, {})[row.person.name] = None
    return [
        _("%(unit)s would have %(n)s with the role %(role)s (%(line)s): %(names)s. End one of the roles.")
        % {"unit": after.name, "n": len(names), "role": role, "line": LineChoice(line).label, "names": ", ".join(names)}
        for (role, line), names in together.items()
        if len(names) > 1
    ]


# --- a person --------------------------------------------------------------------------------------------


def of_ending(viewer: Viewer, work: Affiliation, last_day: date) -> list[str]:
    """What follows when this work ends. As long as she works somewhere else here, all that is hers goes on."""
    gone = last_day + timedelta(days=1)
    others = Affiliation.objects.for_system("does somebody go on working here").filter(
        ahead(gone), person=work.person_id
    )
    places = list(others.exclude(pk=work.pk).order_by("unit__name").values_list("unit__name", flat=True))
    if places:
        words = {"who": work.person.name, "units": ", ".join(dict.fromkeys(places))}
        return [_("%(who)s goes on working in %(units)s, so nothing else changes.") % words]
    told = [*_roles(viewer, work.person_id, gone)]
    for tell in _of_person:
        told += tell(viewer, work.person_id, gone)
    return [*told, _("%(who)s can still sign in and read what is stored here.") % {"who": work.person.name}]


def _roles(viewer: Viewer, person: int, day: date) -> list[str]:
    rows = RoleHolding.objects.for_viewer(viewer, "role.view").filter(ahead(day))
    held = list(rows.filter(person=person).select_related("kind", "unit").order_by("unit__name", "pk"))
    told = []
    if held:
        names = ", ".join(f"{in_language(row.kind, 'name', viewer.language)} ({row.unit.name})" for row in held)
        words = ngettext(
            "%(n)s role ends and is listed to be handed over: %(roles)s.",
            "%(n)s roles end and are listed to be handed over: %(roles)s.",
            len(held),
        )
        told.append(words % {"n": len(held), "roles": names})
    deputy = rows.filter(deputy=person).exclude(person=person).count()
    if deputy:
        words = ngettext(
            "%(n)s role loses its deputy, and is listed too.",
            "%(n)s roles lose their deputy, and are listed too.",
            deputy,
        )
        told.append(words % {"n": deputy})
    return told or [_("No roles are held, so nothing is to be handed over.")]


def ahead(day: date) -> Q:
    """Periods that reach past a day."""
    return Q(valid_to=None) | Q(valid_to__gt=day)
