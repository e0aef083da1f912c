"""The places in the top navigation: at most six, by role, so that nothing hides behind a menu."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy

from sloyfe.core.access import Viewer


@dataclass(frozen=True, slots=True)
class Place:
    url: str
    label: str
    current: bool


# Route name, label, the capability it takes. Earlier ones win when there are more than six.
PLACES = (
    ("today", gettext_lazy("Today"), ""),
    ("ask", gettext_lazy("Ask"), "ask.use"),
    ("my-page", gettext_lazy("My page"), "own.page"),
    ("need-list", gettext_lazy("Needs"), "needs.view"),
    ("organisation", gettext_lazy("Organisation"), "org.edit"),
    ("import", gettext_lazy("Import"), "import.run"),
    ("setup", gettext_lazy("Set-up"), "system.view"),
    ("plan-list", gettext_lazy("The plan"), "plan.view"),
    ("picture", gettext_lazy("The picture"), "picture.view"),
    ("catalogue", gettext_lazy("Catalogue"), "catalogue.view"),
)
AT_MOST = 6


def places_for(viewer: Viewer, path: str) -> list[Place]:
    if not viewer.signed_in:
        return []
    open_to_her = [(name, label) for name, label, needs in PLACES if not needs or viewer.may(needs)]
    return [_place(name, str(label), path) for name, label in open_to_her[:AT_MOST]]


def _place(name: str, label: str, path: str) -> Place:
    url = reverse(name)
    return Place(url, label, current=path == url or (url != "/" and path.startswith(url)))
