"""Completions from a learning platform: upload, see what would happen, carry it out."""

from __future__ import annotations

from django.contrib import messages
from django.core.signing import BadSignature
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.imports import report
from sloyfe.core.imports.limits import Upload
from sloyfe.core.imports.log import Kind
from sloyfe.core.imports.places import FileRefused
from sloyfe.core.imports.sheets import Sheet, csv_chunks
from sloyfe.modules.statements.bringing_in import SORT, bring_in
from sloyfe.modules.statements.completions import COLUMNS, Reading, opened, read, sealed
from sloyfe.modules.statements.forms_completions import CompletionsForm
from sloyfe.modules.statements.models import Proof


@require_http_methods(["GET", "POST"])
def start(request: ViewerRequest) -> HttpResponse:
    """Read the file and show what it would do. Nothing is kept."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CompletionsForm(*given)
    found = _read(request, form) if given and form.is_valid() else None
    if found is None:
        columns = [names[0] for names in COLUMNS.values()]
        context = {"form": form, "columns": columns}
        return render(request, "statements/completions.html", context, status=422 if form.errors else 200)
    log = bring_in(request.viewer, found, rehearsal=True)
    ready = bool(log.entries) and not log.stopped
    context = {
        "source": found.source,
        "seal": sealed(request.viewer, found) if ready else "",
        **report.shown(report.summary(log), {SORT: {kind.value: kind.label for kind in Proof.What}}),
    }
    return render(request, "statements/completions_report.html", context, status=200 if ready else 422)


def _read(request: ViewerRequest, form: CompletionsForm) -> Reading | None:
    data = form.cleaned_data
    file = data["completions"]
    try:
        return read(
            request.viewer,
            Upload(file.name or "", file.read()),
            employer_id=data["employer"],
            source=data["source"],
        )
    except FileRefused as refused:
        problem = refused.problem
        told = [report.in_words(text, problem.params) for text in (problem.message, problem.remedy)]
        form.add_error("completions", told)
        return None


@require_POST
def carry_out(request: ViewerRequest) -> HttpResponse:
    try:
        log = bring_in(request.viewer, opened(request.viewer, request.POST.get("seal", "")), rehearsal=False)
    except BadSignature:
        messages.error(request, _("Too long has gone since you looked at the file. Upload it again."))
        return redirect("completions")
    except IntegrityError:
        messages.error(request, _("Somebody else brought in the same at the same time. Upload the file again."))
        return redirect("completions")
    counts = log.counts()
    told = {"new": counts[Kind.CREATE], "changed": counts[Kind.CHANGE], "same": counts[Kind.UNCHANGED]}
    messages.success(request, _("Carried out. New: %(new)s, changed: %(changed)s, as before: %(same)s.") % told)
    return redirect("completions")


@require_GET
def template(request: ViewerRequest) -> HttpResponseBase:
    sheet = Sheet(_("completions"), tuple(names[0] for names in COLUMNS.values()), ())
    headers = {"Content-Disposition": f'attachment; filename="{_("completions")}.csv"'}
    return StreamingHttpResponse(csv_chunks(sheet), content_type="text/csv; charset=utf-8", headers=headers)
