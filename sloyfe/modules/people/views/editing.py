"""Changing the organisation: first what would change, in sentences; then, when she says so, the change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sloyfe.core.access import ViewerRequest
from sloyfe.modules.people.finding import unit_choices
from sloyfe.modules.people.forms.fields import tell
from sloyfe.modules.people.forms.units import (
    ChangeForm,
    CloseForm,
    CorrectForm,
    OpenForm,
    PassOnForm,
    PlaceForm,
    RenameForm,
    UnitForm,
)
from sloyfe.modules.people.models import Succession, Unit

GET_OR_POST = require_http_methods(["GET", "POST"])


def _ask_then_do(request: ViewerRequest, form: ChangeForm, heading: Any, back: str) -> HttpResponse:
    """Three steps on one address: the form, what would change, and the change. «Back» keeps what was written."""
    context = {"form": form, "heading": heading, "back": back}
    if request.method == "POST" and "again" not in request.POST and form.is_valid():
        sentences = form.sentences()
        try:
            done = _carry_out(form, for_real="sure" in request.POST)
        except ValidationError as refused:
            tell(form, refused)
        else:
            if done is None:
                return render(request, "people/change_sure.html", {**context, "sentences": sentences})
            messages.success(request, _("Done. What was before stands in the history."))
            return redirect("unit", done.pk)
    if any(field.widget.attrs.get("list") for field in form.fields.values()):
        context["units"] = unit_choices(request.viewer.day)
    return render(request, "people/change.html", context, status=422 if form.is_bound and form.errors else 200)


def _carry_out(form: ChangeForm, *, for_real: bool) -> Unit | None:
    """The rehearsal is the performance, rolled back: so nothing is promised that would be refused."""
    with transaction.atomic():
        unit = form.carry_out()
        if not for_real:
            transaction.set_rollback(True)
    return unit if for_real else None


@GET_OR_POST
def open_unit(request: ViewerRequest) -> HttpResponse:
    start = {"first_day": request.viewer.day}
    form = OpenForm(request.POST or None, viewer=request.viewer, initial=start)
    return _ask_then_do(request, form, _("Open a unit"), reverse("organisation"))


def _on_unit(form_class: type[UnitForm], day_field: str, heading: Any) -> Any:
    @GET_OR_POST
    def view(request: ViewerRequest, pk: int) -> HttpResponse:
        unit = get_object_or_404(Unit, pk=pk)
        start = {day_field: request.viewer.day}
        form = form_class(request.POST or None, viewer=request.viewer, unit=unit, initial=start)
        return _ask_then_do(request, form, heading % {"unit": unit.name}, reverse("unit", args=[pk]))

    return view


rename = _on_unit(RenameForm, "from_day", gettext_lazy("New name for %(unit)s"))
place = _on_unit(PlaceForm, "from_day", gettext_lazy("Move %(unit)s"))
pass_on = _on_unit(PassOnForm, "day", gettext_lazy("%(unit)s goes on as another"))
close = _on_unit(CloseForm, "from_day", gettext_lazy("Close %(unit)s"))


@GET_OR_POST
def correct(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Succession.objects.select_related("before", "after"), pk=pk)
    start = {"day": row.day}
    form = CorrectForm(request.POST or None, viewer=request.viewer, succession=row, initial=start)
    heading = _("Put the day right for %(unit)s") % {"unit": row.before.name}
    return _ask_then_do(request, form, heading, reverse("unit", args=[row.before_id]))
