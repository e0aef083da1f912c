"""What things and fields are called in the log of an import, and how a problem is said. All are message ids."""

from __future__ import annotations

from dataclasses import replace

from sloyfe.core.imports.log import Log
from sloyfe.core.imports.marking import gettext_noop as _
from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.core.imports.values import shortened
from sloyfe.modules.people.formats.own_columns import SHAPES, Kind

UNIT, LINE, SUCCESSION, EMPLOYER = _("Units"), _("Lines of authority"), _("Successions"), _("Employers")
PERSON, NUMBER, WORK, ROLE = _("People"), _("employee number"), _("Affiliations"), _("Roles")
HANDOVER = _("Handovers")

NAME, KIND, LANGUAGE = _("name"), _("kind of unit"), _("language form")
FIRST, LAST, DAY, SHARE = _("first day"), _("last day"), _("with effect from"), _("per cent passed on")
UNDER = {"state": _("under, state line"), "municipal": _("under, municipal line"), "area": _("area")}
AUTHORITY, IN_UNIT, POSITION, PER_CENT = _("line of authority"), _("unit"), _("position"), _("per cent")
KIND_OF_ROLE, TASKS, HOURS = _("role"), _("mandate: tasks in words"), _("hours a week")
EMAIL, PHONE = _("e-mail at work"), _("telephone at work")
DEPUTY, ANCHORED, EMPLOYED_BY = _("deputy"), _("anchored by"), _("employer")


def column(kind: Kind, ours: str) -> str:
    """The header of a column in our own template, for a problem that has a row and no column yet."""
    return SHAPES[kind].columns[ours].names[0]


def say(
    log: Log, weight: Weight, place: Place, message: str, remedy: str = "", value: str = "", **params: object
) -> None:
    told = {name: shortened(str(each), 200) for name, each in params.items()}
    log.problem(Problem(place, weight, message, remedy, shortened(value), told))


def at_cell(place: Place, header: str) -> Place:
    """The cell the problem is about; a reader that knew its column has said so already."""
    return place if place.column else replace(place, column=header)
