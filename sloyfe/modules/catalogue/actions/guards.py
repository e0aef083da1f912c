"""Who may change what. The tables are open for all to read, so every change asks here first."""

from __future__ import annotations

from sloyfe.core.access import OutOfReach, Viewer
from sloyfe.modules.catalogue.models import Profile
from sloyfe.modules.catalogue.reads.profiles import may_set, sets_everywhere, units_set

EDIT = "catalogue.edit"


def must_edit(viewer: Viewer) -> None:
    if not viewer.may(EDIT):
        raise OutOfReach("only those who edit the catalogue may change it")


def must_set(viewer: Viewer, profile: Profile) -> None:
    if not may_set(viewer, profile):
        raise OutOfReach("the profile reaches further than where this viewer sets requirements")


def must_set_in(viewer: Viewer, unit_id: int | None) -> None:
    """For a unit: whoever sets requirements there. For all of us: whoever edits the catalogue."""
    if unit_id is None:
        must_edit(viewer)
    elif not sets_everywhere(viewer) and unit_id not in units_set(viewer):
        raise OutOfReach("the unit is outside where this viewer sets requirements")
