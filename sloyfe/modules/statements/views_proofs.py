"""«Utdanning, kurs og sertifikater»: what one can show, kept by oneself."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.lang import label
from sloyfe.core.ui.forms import posted
from sloyfe.modules.statements import actions, proofs
from sloyfe.modules.statements.forms_proofs import ProofForm


@require_GET
def my_proofs(request: ViewerRequest) -> HttpResponse:
    viewer = request.viewer
    context = {"proofs": proofs.my_proofs(viewer), "taken_back": proofs.taken_back(viewer)}
    return render(request, "statements/proofs.html", context)


@require_http_methods(["GET", "POST"])
def add(request: ViewerRequest) -> HttpResponse:
    form = ProofForm(posted(request), viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        proofs.add_proof(request.viewer, form.facts())
        messages.success(request, _("Saved. Only you see it."))
        return redirect("my-proofs")
    return _shown(request, form)


@require_http_methods(["GET", "POST"])
def mend(request: ViewerRequest, pk: int) -> HttpResponse:
    """Only what she has written herself; what was brought in is remarked on."""
    viewer = request.viewer
    rows = proofs.own_proof(viewer).filter(valid_to=None).select_related("competence")
    statement = get_object_or_404(rows, pk=pk)
    if proofs.brought_in(viewer, [pk]):
        raise Http404
    topic = label(statement.competence, viewer.language) if statement.competence else ""
    start = asdict(proofs.facts_of(viewer, statement)) | {"topic": topic}
    form = ProofForm(posted(request), viewer=viewer, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            proofs.mend_proof(viewer, statement, form.facts())
            messages.success(request, _("Saved."))
            return redirect("my-proofs")
        except ValidationError as error:
            form.add_error(None, error)
    return _shown(request, form)


def _shown(request: ViewerRequest, form: ProofForm) -> HttpResponse:
    return render(request, "statements/proof.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def take_back(request: ViewerRequest, pk: int) -> HttpResponse:
    statement = get_object_or_404(proofs.own_proof(request.viewer).filter(valid_to=None), pk=pk)
    actions.take_back(request.viewer, statement)
    messages.success(request, _("Taken back. Nobody sees it any more."))
    return redirect("my-proofs")


@require_POST
def bring_back(request: ViewerRequest, pk: int) -> HttpResponse:
    statement = get_object_or_404(proofs.own_proof(request.viewer).filter(valid_to__isnull=False), pk=pk)
    actions.bring_back(request.viewer, statement)
    messages.success(request, _("It is back, and only you see it. Share it again if you wish."))
    return redirect("my-proofs")
