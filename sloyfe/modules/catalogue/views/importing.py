"""Taking in a framework: upload, look at what it would change, carry it out or drop it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.imports.report import shown
from sloyfe.modules.catalogue.actions import importing
from sloyfe.modules.catalogue.formats import own
from sloyfe.modules.catalogue.forms.importing import ImportForm
from sloyfe.modules.catalogue.models import Import
from sloyfe.modules.catalogue.reads.imports import imports
from sloyfe.modules.catalogue.views.editing import posted
from sloyfe.modules.catalogue.words import LABELS

LATEST = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
def begin(request: ViewerRequest) -> HttpResponse:
    form = ImportForm(posted(request), request.FILES if request.method == "POST" else None, day=request.viewer.day)
    if request.method == "POST" and form.is_valid():
        job = importing.receive(request.viewer, **form.cleaned_data)
        return redirect("job", job.pk)
    context = {"form": form, "imports": imports(request.viewer)[:LATEST]}
    return render(request, "catalogue/import.html", context, status=422 if form.errors else 200)


@require_GET
def report(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(imports(request.viewer), pk=pk)
    context = {"import": row, "ready": row.state == Import.State.READY, **shown(row.report, LABELS)}
    return render(request, "catalogue/import_report.html", context)


@require_GET
def details(request: ViewerRequest, pk: int) -> FileResponse:
    """The whole report as CSV."""
    row = get_object_or_404(imports(request.viewer), pk=pk)
    if not row.details:
        raise Http404
    name = _("report") + f"-{row.pk}.csv"
    return FileResponse(row.details.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


@require_POST
def carry_out(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(imports(request.viewer), pk=pk)
    if row.state != Import.State.READY:
        messages.error(request, _("This import is not ready to be carried out. Nothing was changed."))
        return redirect("catalogue-import-report", pk)
    if not importing.changes(row):
        messages.info(request, _("There is nothing to change: all that the file says stands here already."))
        return redirect("catalogue-import-report", pk)
    return redirect("job", importing.order_carrying_out(request.viewer, row).pk)


@require_POST
def drop(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(imports(request.viewer), pk=pk)
    importing.drop(request.viewer, row)
    messages.success(request, _("Dropped. The files are deleted."))
    return redirect("catalogue-import")


@require_GET
def template(request: ViewerRequest) -> HttpResponse:
    """An empty workbook with every heading."""
    answer = HttpResponse(own.template(request.viewer.language), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{_("catalogue-template")}.xlsx"'
    return answer
