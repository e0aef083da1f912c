"""The hours of an office: minimum staffing, fixed duties, learning time, calendars and rosters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.imports import report
from sloyfe.core.imports.limits import Upload
from sloyfe.core.imports.log import Log
from sloyfe.core.imports.places import FileRefused
from sloyfe.modules.time import office, rosters
from sloyfe.modules.time.forms import DutyForm, LearningForm, RosterForm, SourceForm, StaffingForm
from sloyfe.modules.time.models import CalendarSource

FORMS: dict[str, type[forms.Form]] = {
    "staffing": StaffingForm,
    "duty": DutyForm,
    "learning": LearningForm,
    "source": SourceForm,
}


def _name(request: ViewerRequest, unit: int) -> str:
    name = office.unit_name(request.viewer, unit)
    if name is None:
        raise Http404
    return name


def _page(request: ViewerRequest, unit: int, **bound: forms.Form) -> HttpResponse:
    name = _name(request, unit)
    kept = office.kept(request.viewer, unit)
    start = {"valid_from": request.viewer.day}
    context: dict[str, Any] = {
        "unit": unit,
        "name": name,
        "kept": kept,
        **{f"{kind}_form": form(prefix=kind, initial=start) for kind, form in FORMS.items()},
        "roster_form": RosterForm(sources=_rosters(kept), prefix="roster"),
        **{f"{kind}_form": form for kind, form in bound.items()},
    }
    return render(request, "time/office_hours.html", context, status=422 if bound else 200)


def _rosters(kept: office.Kept) -> dict[int, str]:
    return {row.pk: row.name for row in kept.source if row.kind == CalendarSource.Kind.ROSTER}


@require_GET
def office_hours(request: ViewerRequest, unit: int) -> HttpResponse:
    return _page(request, unit)


@require_POST
def add(request: ViewerRequest, unit: int, kind: str) -> HttpResponse:
    _name(request, unit)
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST, prefix=kind)
    if form.is_valid():
        try:
            office.add(request.viewer, office.MODELS[kind](unit_id=unit, **form.cleaned_data))
        except ValidationError as error:
            form.add_error(None, error.messages[0])
    if form.errors:
        return _page(request, unit, **{kind: form})
    messages.success(request, _("Saved. Plans made from now on follow it."))
    return redirect("office-hours", unit)


@require_POST
def remove(request: ViewerRequest, unit: int, kind: str, pk: int) -> HttpResponse:
    _name(request, unit)
    if kind not in office.MODELS:
        raise Http404
    rows = office.MODELS[kind].objects.for_viewer(request.viewer, office.EDIT).filter(unit=unit)
    if office.remove(request.viewer, get_object_or_404(rows, pk=pk)):
        messages.success(request, _("Taken out."))
    else:
        told = _("What it said of those whose hours you keep is taken out. It stands for the others who use it.")
        messages.success(request, told)
    return redirect("office-hours", unit)


@require_POST
def rehearse_roster(request: ViewerRequest, unit: int) -> HttpResponse:
    """Read the roster and show what it would mean. Nothing is kept."""
    name = _name(request, unit)
    kept = office.kept(request.viewer, unit)
    form = RosterForm(request.POST, request.FILES, sources=_rosters(kept), prefix="roster")
    if not form.is_valid():
        return _page(request, unit, roster=form)
    file = form.cleaned_data["roster"]
    try:
        found = rosters.rehearse(request.viewer, unit, Upload(file.name or "", file.read()))
    except FileRefused as refused:
        problem = refused.problem
        form.add_error("roster", [report.in_words(text, problem.params) for text in (problem.message, problem.remedy)])
        return _page(request, unit, roster=form)
    source = next(row for row in kept.source if row.pk == form.cleaned_data["source"])
    ready = bool(found.shifts) and not found.problems
    context = {
        "unit": unit,
        "name": name,
        "source": source,
        "found": found,
        "seal": rosters.sealed(request.viewer, source, found) if ready else "",
        **_problems(found),
    }
    return render(request, "time/roster.html", context, status=200 if ready else 422)


def _problems(found: rosters.Rehearsal) -> dict[str, object]:
    log = Log()
    for problem in found.problems:
        log.problem(problem)
    return report.shown(report.summary(log))


@require_POST
def keep_roster(request: ViewerRequest, unit: int, pk: int) -> HttpResponse:
    _name(request, unit)
    rows = CalendarSource.objects.for_viewer(request.viewer, office.EDIT).filter(unit=unit)
    source = get_object_or_404(rows, pk=pk, kind=CalendarSource.Kind.ROSTER)
    try:
        shifts = rosters.opened(request.viewer, source, request.POST.get("seal", ""))
    except BadSignature:
        messages.error(request, _("Too long has gone since you looked at the roster. Upload it again."))
        return redirect("office-hours", unit)
    count = rosters.keep(request.viewer, source, shifts)
    told = ngettext("%(count)s shift is kept.", "%(count)s shifts are kept.", count)
    messages.success(request, told % {"count": count})
    return redirect("office-hours", unit)
