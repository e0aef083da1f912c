"""Whose words the viewer may add and take away."""

from __future__ import annotations

from collections.abc import Callable

from sloyfe.core.access import Viewer
from sloyfe.modules.catalogue.organisation import units
from sloyfe.modules.catalogue.reads.profiles import sets_everywhere, units_set
from sloyfe.modules.people.public import workplace_names

EDIT = "catalogue.edit"


def speaks_for(viewer: Viewer) -> tuple[dict[int, str], bool]:
    """The offices the viewer may speak for, by name, and whether for all of us too."""
    if sets_everywhere(viewer):
        there = units().filter(valid_to=None).values_list("pk", flat=True)
        return workplace_names(there, viewer.day), viewer.may(EDIT)
    return workplace_names(units_set(viewer), viewer.day), viewer.may(EDIT)


def may_remove(viewer: Viewer) -> Callable[[int | None], bool]:
    """Whether the viewer may take away a word of a unit; None is a word of all of us."""
    everywhere, some, all_of_us = sets_everywhere(viewer), units_set(viewer), viewer.may(EDIT)
    return lambda unit: all_of_us if unit is None else everywhere or unit in some
