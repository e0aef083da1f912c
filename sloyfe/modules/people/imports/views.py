"""The pages of an import: upload, the report of the rehearsal and of the real run, and its files."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.imports import report
from sloyfe.core.imports.sheets import Sheet, csv_chunks, write_xlsx
from sloyfe.modules.people.formats.own_files import question_sheet, template
from sloyfe.modules.people.imports import actions, reads, store
from sloyfe.modules.people.imports.forms import UploadForm
from sloyfe.modules.people.imports.models import Import


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: ViewerRequest) -> HttpResponse:
    """Upload a file, and see those that came before."""
    viewer = request.viewer
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*given, employers=reads.employer_names(), today=viewer.day)
    if given and form.is_valid():
        return redirect("job", pk=actions.receive(viewer, form.cleaned_data["uploads"], form.terms()).pk)
    sheets = [sheet.name for sheet in template(viewer.language, _)][1:]
    context = {"form": form, "imports": reads.imports_of(viewer), "sheets": list(enumerate(sheets, 1))}
    return render(request, "people/imports/start.html", context, status=422 if given else 200)


@require_GET
def template_xlsx(request: ViewerRequest) -> HttpResponseBase:
    return _xlsx(template(request.viewer.language, _), _("template"))


@require_GET
def template_csv(request: ViewerRequest, number: int) -> HttpResponseBase:
    """One empty table of the template; its name tells the reader what it holds."""
    sheets = template(request.viewer.language, _)
    if not 0 < number < len(sheets):
        raise Http404
    return _csv(sheets[number], sheets[number].name)


@require_GET
def show(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _import(request, pk)
    context = {
        "row": row,
        "report": report.shown(row.summary, reads.labels()),
        "wholes": reads.wholes(request.viewer, row),
        "ends": row.ends_to_confirm(request.viewer.day),
        "mine": row.by_id is not None and row.by_id == request.viewer.person_id,
    }
    return render(request, "people/imports/report.html", context)


@require_GET
def part(request: ViewerRequest, pk: int, part: int) -> HttpResponse:
    """All the rows of one group, a hundred at a time."""
    page = reads.page_of(request.viewer, _import(request, pk), part)
    if page is None:
        raise Http404
    return render(
        request, "people/imports/part.html", {"row": page.row, "page": page, "title": page.title, **page.shown}
    )


@require_POST
def apply(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _import(request, pk)
    try:
        job = actions.apply(request.viewer, row, request.POST.get("ends", ""))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("import-report", pk=pk)
    if job is None and row.state == Import.State.REHEARSED and not row.changes:
        messages.info(request, _("There is nothing to change: all that the file says stands here already."))
        return redirect("import-report", pk=pk)
    if job is None:
        messages.warning(request, _("This cannot be carried out now. Upload the file again."))
        return redirect("import-report", pk=pk)
    return redirect("job", pk=job.pk)


@require_POST
def drop(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _import(request, pk)
    actions.drop(request.viewer, row)
    if row.state == Import.State.DROPPED:
        messages.success(request, _("The upload was dropped. Nothing was changed."))
    return redirect("import")


@require_GET
def report_csv(request: ViewerRequest, pk: int) -> HttpResponseBase:
    return _csv(_sheet(request, pk), _("report"))


@require_GET
def report_xlsx(request: ViewerRequest, pk: int) -> HttpResponseBase:
    return _xlsx([_sheet(request, pk)], _("report"))


@require_GET
def questions(request: ViewerRequest, pk: int) -> HttpResponseBase:
    """The units too little is told about, to be filled in and uploaded with the file."""
    delivery = store.delivery_in(_import(request, pk).folder)
    if delivery is None or not delivery.questions:
        raise Http404
    return _xlsx([question_sheet(delivery.questions, request.viewer.language)], _("questions"))


def _import(request: ViewerRequest, pk: int) -> Import:
    row = reads.import_of(request.viewer, pk)
    if row is None:
        raise Http404
    return row


def _sheet(request: ViewerRequest, pk: int) -> Sheet:
    row = _import(request, pk)
    if not row.summary:
        raise Http404
    return report.report_sheet(reads.whole_log(request.viewer, row), reads.labels())


def _csv(sheet: Sheet, name: str) -> HttpResponseBase:
    headers = {"Content-Disposition": f'attachment; filename="{slugify(name)}.csv"'}
    return StreamingHttpResponse(csv_chunks(sheet), content_type="text/csv; charset=utf-8", headers=headers)


def _xlsx(sheets: Iterable[Sheet] | Sequence[Sheet], name: str) -> HttpResponseBase:
    buffer = io.BytesIO()
    write_xlsx(sheets, buffer)
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"{slugify(name)}.xlsx")
