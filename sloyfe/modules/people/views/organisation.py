"""The tree of units as of a day, and the portrait of one unit."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.modules.people.history import portrait, tree_on
from sloyfe.modules.people.models import Bond, Unit

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@require_GET
def organisation(request: ViewerRequest) -> HttpResponse:
    day = chosen_day(request)
    bond = request.GET.get("line", Bond.STATE)
    if bond not in Bond:
        bond = Bond.STATE
    context = {"day": day, "bond": bond, "bonds": Bond.choices, "roots": tree_on(day, bond)}
    return render(request, "people/organisation.html", context)


@require_GET
def unit(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Unit, pk=pk)
    day = chosen_day(request)
    return render(request, "people/unit.html", {"day": day, "portrait": portrait(row, day)})


def chosen_day(request: HttpRequest) -> date:
    """The day asked for; today, with a sentence about it, when the day cannot be read."""
    today = request.viewer.day
    asked = request.GET.get("day", "").strip()
    if not asked:
        return today
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        messages.warning(request, _("We could not read that day. Write it as 2024-01-31. Here is today."))
        return today
    return day
