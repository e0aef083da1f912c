"""Pages of what comes from outside: all of it, one of it, tell of it, change it, end it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sloyfe.core.access import Line, ViewerRequest
from sloyfe.modules.catalogue.actions import causes as actions
from sloyfe.modules.catalogue.forms.causes import CauseForm, EndCauseForm
from sloyfe.modules.catalogue.models import Cause, Competence
from sloyfe.modules.catalogue.reads import causes as reads
from sloyfe.modules.catalogue.reads.profiles import SET, sets_everywhere
from sloyfe.modules.catalogue.views.editing import GET_POST, posted, refused
from sloyfe.modules.catalogue.views.profiles import common_steps
from sloyfe.modules.people.public import every_workplace

Touches = list[tuple[Competence, int | None]]


@require_GET
def causes(request: ViewerRequest) -> HttpResponse:
    found = reads.comings(request.viewer, reads.causes_around(request.viewer))
    over = [one for one in found if one.ends and one.ends <= request.viewer.day]
    context = {
        "ahead": [one for one in found if not one.begun],
        "now": [one for one in found if one.begun and one not in over],
        "over": over,
        "may_tell": request.viewer.may(SET),
    }
    return render(request, "catalogue/causes.html", context)


@require_GET
def cause(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Cause.objects.select_related("unit"), pk=pk)
    context = {
        "one": reads.coming(request.viewer, row, reads.told_of(request.viewer, reads.touches_of(row))),
        "reaches": reads.offices_reached(row, every_workplace(request.viewer.day)),
        "over": reads.is_over(request.viewer, row),
        "may_tell": reads.causes_set_by(request.viewer).filter(pk=pk).exists(),
        "sees_needs": request.viewer.may("needs.view"),
    }
    return render(request, "catalogue/cause.html", context)


@require_http_methods(GET_POST)
def new(request: ViewerRequest) -> HttpResponse:
    mine = next((grant.unit_id for grant in request.viewer.grants_for(SET)), None)
    start: dict[str, object] = {"first_day": request.viewer.day, "unit": mine if _within(request) else None}
    return _form(request, Cause(), start, 0)


@require_http_methods(GET_POST)
def edit(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.causes_set_by(request.viewer), pk=pk)
    touches = reads.touches_of(row)
    return _form(request, row, CauseForm.initial_of(row, touches), len(touches))


def _form(request: ViewerRequest, row: Cause, start: dict[str, object], filled: int) -> HttpResponse:
    """«See how it will look» shows the page as it will be, with the form below it; nothing is stored yet."""
    form = CauseForm(
        posted(request),
        within=_within(request),
        steps=common_steps(),
        language=request.viewer.language,
        filled=filled,
        initial=start,
    )
    context: dict[str, object] = {"form": form, "row": row}
    if request.method == "POST" and form.is_valid():
        form.put(row)
        if "look" not in request.POST:
            saved = actions.tell(request.viewer, row, form.touches())
            messages.success(request, _("Saved. Everybody it reaches can see it."))
            return redirect("cause", saved.pk)
        context |= _preview(request, row, form.touches())
    return render(request, "catalogue/cause_form.html", context, status=422 if form.errors else 200)


def _preview(request: ViewerRequest, row: Cause, touches: Touches) -> dict[str, object]:
    return {
        "one": reads.coming(request.viewer, row, reads.told_of(request.viewer, touches)),
        "reaches": reads.offices_reached(row, every_workplace(request.viewer.day)),
    }


def _within(request: ViewerRequest) -> dict[str, frozenset[int]] | None:
    """Units to choose among on each line and on both (""), for who does not set requirements everywhere."""
    if sets_everywhere(request.viewer):
        return None
    return {line: reads.units_on(request.viewer, line) for line in ("", *Line)}


@require_http_methods(GET_POST)
def end(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.causes_set_by(request.viewer), pk=pk)
    form = EndCauseForm(posted(request), initial={"last_day": request.viewer.day})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end(request.viewer, row, last_day=form.cleaned_data["last_day"])
            messages.success(request, _("It is ended."))
            return redirect("cause-list")
        except ValidationError as error:
            refused(form, error)
    return render(request, "catalogue/cause_end.html", {"form": form, "row": row}, status=422 if form.errors else 200)
