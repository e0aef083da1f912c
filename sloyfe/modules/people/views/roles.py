"""Roles held: the list, giving, changing and ending them, and what is to be handed over."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sloyfe.core.access import ViewerRequest
from sloyfe.modules.people import leaving
from sloyfe.modules.people import roles as actions
from sloyfe.modules.people.finding import person_choices
from sloyfe.modules.people.forms.fields import tell
from sloyfe.modules.people.forms.roles import (
    EndForm,
    GiveForm,
    MandateForm,
    SettleForm,
    lines_in_reach,
    mandate_as_written,
)
from sloyfe.modules.people.models import Handover, RoleHolding, Unit
from sloyfe.modules.people.persons import circle, role_page
from sloyfe.modules.people.tree import around
from sloyfe.modules.people.unsettled import FOLLOW, unsettled_handovers, what_was_held

GET_OR_POST = require_http_methods(["GET", "POST"])


@require_GET
def role_list(request: ViewerRequest) -> HttpResponse:
    viewer = request.viewer
    chosen = circle(viewer, request.GET.get("around", ""), _unit_asked_for(request))
    page = role_page(viewer, chosen.units, request.GET.get("page", "1"))
    context: dict[str, object] = {"circle": chosen, "page": page}
    context["handovers"] = unsettled_handovers(viewer) if viewer.may(FOLLOW) else []
    context["may_settle"] = viewer.may(actions.EDIT)
    return render(request, "people/roles.html", context)


def _unit_asked_for(request: ViewerRequest) -> Unit | None:
    asked = request.GET.get("unit", "")
    return get_object_or_404(Unit, pk=_number(asked)) if asked else None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise Http404
    return int(text)


@GET_OR_POST
def give(request: ViewerRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=pk)
    if not lines_in_reach(request.viewer, unit):
        raise Http404
    start = {"first_day": request.viewer.day}
    form = GiveForm(request.POST or None, viewer=request.viewer, unit=unit, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.give(
                request.viewer,
                person_id=data["person"],
                kind=data["kind"],
                unit=unit,
                line=data["line"],
                first_day=data["first_day"],
                mandate=form.mandate(),
            )
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("The role is given."))
            return redirect("unit", pk)
    context = {"heading": _("Give a role in %(unit)s") % {"unit": unit.name}, "button": _("Give the role")}
    return _role_form(request, form, unit, {**context, "back": reverse("unit", args=[pk])})


def _role_form(request: ViewerRequest, form: MandateForm, unit: Unit, context: dict[str, object]) -> HttpResponse:
    near = around([unit.pk], "office")
    context |= {"form": form, "people": person_choices(request.viewer, near)}
    return render(request, "people/role_form.html", context, status=422 if form.is_bound and form.errors else 200)


def _editable(request: ViewerRequest, pk: int) -> RoleHolding:
    rows = RoleHolding.objects.for_viewer(request.viewer, actions.EDIT)
    row: RoleHolding = get_object_or_404(rows.select_related("person", "kind", "unit"), pk=pk)
    return row


@GET_OR_POST
def change(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    start = mandate_as_written(row, request.viewer)
    form = MandateForm(request.POST or None, viewer=request.viewer, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(request.viewer, row, form.mandate())
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("Saved. The mandate holds from now on."))
            return redirect("unit", row.unit_id)
    words = {"who": row.person.name, "unit": row.unit.name}
    context: dict[str, object] = {"heading": _("The role of %(who)s in %(unit)s") % words, "row": row}
    context |= {"button": _("Save"), "back": reverse("unit", args=[row.unit_id])}
    return _role_form(request, form, row.unit, context)


@GET_OR_POST
def end(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    form = EndForm(request.POST or None, initial={"last_day": request.viewer.day})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(request.viewer, row, last_day=form.cleaned_data["last_day"])
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("The role ends that day. It stands in the history."))
            return redirect("unit", row.unit_id)
    return render(request, "people/end_role.html", {"form": form, "row": row}, status=422 if form.errors else 200)


@GET_OR_POST
def settle(request: ViewerRequest, pk: int) -> HttpResponse:
    rows = Handover.objects.for_viewer(request.viewer, actions.EDIT)
    row = get_object_or_404(rows.select_related("unit", "person", "holding__kind", "holding__unit"), pk=pk)
    form = SettleForm(request.POST or None, viewer=request.viewer, initial={"from_day": request.viewer.day})
    if request.method == "POST" and form.is_valid():
        try:
            leaving.settle(request.viewer, row, **form.cleaned_data)
        except ValidationError as refused:
            tell(form, refused)
        else:
            messages.success(request, _("Settled. It is off the list."))
            return redirect("roles")
    context = {"form": form, "row": row, "what": what_was_held(row, request.viewer.language)}
    context["people"] = person_choices(request.viewer, around([row.unit_id], "office"))
    return render(request, "people/settle.html", context, status=422 if form.errors else 200)
