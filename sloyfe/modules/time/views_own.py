"""«My hours»: somebody's own working hours, absence, hours for leading sessions and calendar."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.modules.time import own
from sloyfe.modules.time.forms import AbsenceForm, CalendarForm, WeekForm
from sloyfe.modules.time.ics import Unreadable
from sloyfe.modules.time.models import Absence, FacilitatorHours, WorkingPattern


def _page(request: ViewerRequest, **bound: forms.Form) -> HttpResponse:
    found = own.mine(request.viewer)
    start = {"valid_from": request.viewer.day}
    context: dict[str, Any] = {
        "mine": found,
        "hours": WeekForm(week=found.week, required=True, initial=start, prefix="hours"),
        "leading": WeekForm(week=found.leading, required=False, initial=start, prefix="leading"),
        "absence": AbsenceForm(prefix="absence"),
        "calendar": CalendarForm(prefix="calendar"),
        **bound,
    }
    return render(request, "time/my_hours.html", context, status=422 if bound else 200)


@require_GET
def my_hours(request: ViewerRequest) -> HttpResponse:
    return _page(request)


@require_POST
def set_hours(request: ViewerRequest) -> HttpResponse:
    form = WeekForm(request.POST, week={}, required=True, prefix="hours")
    if not form.is_valid():
        return _page(request, hours=form)
    own.set_week(request.viewer, WorkingPattern, form.week(), form.cleaned_data["valid_from"])
    messages.success(request, _("Your working hours are saved. Plans made from now on follow them."))
    return redirect("my-hours")


@require_POST
def set_leading(request: ViewerRequest) -> HttpResponse:
    form = WeekForm(request.POST, week={}, required=False, prefix="leading")
    if not form.is_valid():
        return _page(request, leading=form)
    own.set_week(request.viewer, FacilitatorHours, form.week(), form.cleaned_data["valid_from"])
    messages.success(request, _("Saved. Sessions you lead are placed in these hours."))
    return redirect("my-hours")


@require_POST
def add_absence(request: ViewerRequest) -> HttpResponse:
    form = AbsenceForm(request.POST, prefix="absence")
    if form.is_valid():
        try:
            own.add_absence(request.viewer, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
    if form.errors:
        return _page(request, absence=form)
    messages.success(request, _("Saved. You are not put on any session in those days."))
    return redirect("my-hours")


@require_POST
def remove_absence(request: ViewerRequest, pk: int) -> HttpResponse:
    rows = Absence.objects.for_viewer(request.viewer, own.OWN).filter(person=request.viewer.me)
    own.remove_absence(request.viewer, get_object_or_404(rows, pk=pk))
    messages.success(request, _("Taken out."))
    return redirect("my-hours")


@require_POST
def read_calendar(request: ViewerRequest) -> HttpResponse:
    form = CalendarForm(request.POST, request.FILES, prefix="calendar")
    count = 0
    if form.is_valid():
        try:
            count = own.read_calendar(request.viewer, form.cleaned_data["calendar"].read())
        except Unreadable as error:
            form.add_error("calendar", str(error))
    if form.errors:
        return _page(request, calendar=form)
    told = ngettext(
        "The calendar is read: %(count)s time you are taken in the coming half year.",
        "The calendar is read: %(count)s times you are taken in the coming half year.",
        count,
    )
    messages.success(request, told % {"count": count})
    return redirect("my-hours")


@require_POST
def forget_calendar(request: ViewerRequest) -> HttpResponse:
    own.forget_calendar(request.viewer)
    messages.success(request, _("Taken out."))
    return redirect("my-hours")
