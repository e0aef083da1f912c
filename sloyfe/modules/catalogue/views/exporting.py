"""Files out: a framework in our own format or in Moodle's."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.lang import label
from sloyfe.modules.catalogue.actions.exporting import is_small, order_export, written
from sloyfe.modules.catalogue.models import Export, Framework

TYPES = {
    Export.Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Export.Format.CSV: "application/zip",
    Export.Format.MOODLE: "text/csv; charset=utf-8",
}


@require_POST
def export(request: ViewerRequest, pk: int, extension: str) -> HttpResponse:
    """The file at once, or a job that writes it where that takes more than a moment."""
    framework = get_object_or_404(Framework, pk=pk)
    if extension not in Export.Format.values:
        raise Http404
    if not is_small(framework):
        return redirect("job", order_export(request.viewer, framework, extension).pk)
    content = written(framework, extension, request.viewer.language, request.viewer.day)
    answer = HttpResponse(content, content_type=TYPES[Export.Format(extension)])
    answer["Content-Disposition"] = f'attachment; filename="{_named(framework, extension)}"'
    return answer


@require_GET
def ready(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Export.objects.select_related("framework").exclude(content=""), pk=pk)
    return render(
        request, "catalogue/export.html", {"row": row, "label": label(row.framework, request.viewer.language)}
    )


@require_GET
def download(request: ViewerRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(Export.objects.select_related("framework").exclude(content=""), pk=pk)
    return FileResponse(
        row.content.open("rb"),
        as_attachment=True,
        filename=_named(row.framework, row.format),
        content_type=TYPES[Export.Format(row.format)],
    )


def _named(framework: Framework, extension: str) -> str:
    return f"{slugify(framework.code) or 'katalog'}.{extension}"
