"""Pages of the agreements by which a neighbour covers: see, ask, answer, end."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.modules.catalogue.actions import covers as actions
from sloyfe.modules.catalogue.forms.covers import AskNeighbourForm, EndAgreementForm
from sloyfe.modules.catalogue.models import CoverAgreement
from sloyfe.modules.catalogue.reads import covers as reads
from sloyfe.modules.catalogue.views.editing import GET_POST, posted, refused


@require_GET
def covers(request: ViewerRequest) -> HttpResponse:
    context = {"agreed": reads.agreements_of(request.viewer), "offices": reads.led_offices(request.viewer)}
    return render(request, "catalogue/covers.html", context)


@require_http_methods(GET_POST)
def ask(request: ViewerRequest, unit: int) -> HttpResponse:
    if unit not in reads.led_offices(request.viewer):
        raise Http404
    form = AskNeighbourForm(
        posted(request),
        asked=reads.to_cover(request.viewer, unit),
        offices=reads.neighbours_of(request.viewer, unit),
        initial={"first_day": request.viewer.day, "requirement": request.GET.get("requirement", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.ask_neighbour(request.viewer, _row(form, unit))
            messages.success(
                request, _("Asked. It counts when %(office)s has said yes.") % {"office": row.by_unit.name}
            )
            return redirect("cover-list")
        except ValidationError as error:
            refused(form, error)
    context = {"form": form, "office": reads.office_name(unit)}
    return render(request, "catalogue/cover_ask.html", context, status=422 if form.errors else 200)


def _row(form: AskNeighbourForm, unit: int) -> CoverAgreement:
    data = form.cleaned_data
    last = data["last_day"]
    return CoverAgreement(
        requirement_id=data["requirement"],
        unit_id=unit,
        by_unit_id=data["by_unit"],
        people=data["people"],
        agreed=data["words"],
        valid_from=data["first_day"],
        valid_to=last + timedelta(days=1) if last else None,
    )


@require_POST
def answer(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.open_agreements(request.viewer), pk=pk)
    said = request.POST.get("answer")
    if said not in ("yes", "no"):
        raise Http404
    try:
        actions.answer_neighbour(request.viewer, row, yes=said == "yes")
        messages.success(request, _("Agreed.") if said == "yes" else _("You said no. The agreement is not made."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("cover-list")


@require_http_methods(GET_POST)
def end(request: ViewerRequest, pk: int) -> HttpResponse:
    rows = reads.open_agreements(request.viewer).select_related("requirement__competence", "unit", "by_unit")
    row = get_object_or_404(rows, pk=pk)
    form = EndAgreementForm(posted(request), initial={"last_day": request.viewer.day})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_agreement(request.viewer, row, last_day=form.cleaned_data["last_day"])
            messages.success(request, _("The agreement is ended."))
            return redirect("cover-list")
        except ValidationError as error:
            refused(form, error)
    context = {"form": form, "row": row}
    return render(request, "catalogue/cover_end.html", context, status=422 if form.errors else 200)
