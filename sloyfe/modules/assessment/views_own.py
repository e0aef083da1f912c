"""Before question one: what the round is for, who was heard, and the one choice about being counted."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sloyfe.core.access import ViewerRequest
from sloyfe.core.ui.forms import posted
from sloyfe.modules.assessment import actions, reads
from sloyfe.modules.assessment.forms import BeginForm
from sloyfe.modules.assessment.parties import parties
from sloyfe.modules.statements.public import counting_of, my_levels, set_counting


@require_http_methods(["GET", "POST"])
def begin(request: ViewerRequest, pk: int) -> HttpResponse:
    """She reads, chooses whether she is counted if she has not chosen before, and goes on to the first question."""
    row = next((one for one in reads.open_to(request.viewer) if one.pk == pk), None)
    if row is None:
        raise Http404
    said = my_levels(request.viewer)
    chosen = counting_of(request.viewer).answers
    form = BeginForm(posted(request)) if chosen is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        if form is not None:
            set_counting(request.viewer, **form.cleaned_data)
        actions.begin(request.viewer, row)
        first = next((one.competence_id for one in said if not one.answered), None)
        return redirect("my-level", first) if first else redirect("my-levels")
    context = {
        "round": row,
        "form": form,
        "counted": chosen,
        "parties": parties(request.viewer, row),
        "said": sum(one.answered for one in said),
        "asked": len(said),
        "begun": reads.begun(request.viewer, row),
    }
    return render(request, "assessment/begin.html", context, status=422 if form and form.errors else 200)
