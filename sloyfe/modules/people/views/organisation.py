"""The tree of units as of a day, and the portrait of one unit."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.core.ui.dates import day_in_words
from sloyfe.core.ui.fields import LATEST
from sloyfe.modules.people.finding import units_named
from sloyfe.modules.people.forms.fields import EARLIEST
from sloyfe.modules.people.forms.roles import lines_in_reach
from sloyfe.modules.people.history import ORDER, Node, portrait, tree_on, unplaced_on
from sloyfe.modules.people.models import Bond, Unit
from sloyfe.modules.people.persons import people_here, roles_here

WORDS_AT_MOST = 100


@require_GET
def organisation(request: ViewerRequest) -> HttpResponse:
    viewer, day = request.viewer, chosen_day(request)
    bond = request.GET.get("line", "")
    bond = bond if bond in Bond.values else Bond.STATE.value
    asked = " ".join(request.GET.get("q", "")[:WORDS_AT_MOST].split())
    roots = [] if asked else tree_on(day, bond)
    context = {
        "day": day,
        "asked_day": "" if day == viewer.day else day.isoformat(),
        "bond": bond,
        "bonds": Bond.choices,
        "roots": roots,
        "sums": whole(roots),
        "q": asked,
        "found": units_named(asked, day) if asked else [],
        "may_edit": viewer.may("org.edit"),
        "may_export_people": viewer.may("person.view"),
        "unplaced": unplaced_on(day) if viewer.may("org.edit") and not asked else [],
    }
    return render(request, "people/organisation.html", context)


def whole(roots: list[Node]) -> list[tuple[str, int]]:
    """Units of each kind in the tree, each counted once wherever it stands."""
    kinds: dict[int, str] = {}
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        kinds[node.pk] = node.kind
        waiting.extend(node.children)
    return sorted(Counter(kinds.values()).items(), key=lambda each: ORDER[each[0]])


@require_GET
def unit(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Unit, pk=pk)
    viewer, day = request.viewer, chosen_day(request)
    now = day == viewer.day
    context = {
        "unit": row,
        "day": day,
        "asked_day": "" if now else day.isoformat(),
        "portrait": portrait(row, day),
        "roles": roles_here(viewer, row) if now else [],
        "people": people_here(viewer, row) if now else None,
        "may_edit": viewer.may("org.edit"),
        "may_give": row.holds_on(viewer.day) and bool(lines_in_reach(viewer, row)),
    }
    return render(request, "people/unit.html", context)


def chosen_day(request: ViewerRequest) -> date:
    """The day asked for; today, with a sentence about it, when the day cannot be read."""
    today = request.viewer.day
    asked = request.GET.get("day", "").strip()[:40]
    if not asked:
        return today
    day = day_in(asked)
    if day is not None:
        return day
    words = {"today": day_in_words(today, today)}
    messages.warning(request, _("We could not read that day. Write it as 2024-01-31. Here is %(today)s.") % words)
    return today


def day_in(text: str) -> date | None:
    """A day such as 2024-01-31, from 1900 to 2199."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
