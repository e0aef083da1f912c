"""The organisation and its people as files, in the form we read ourselves."""

from __future__ import annotations

import io

from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.core.imports.sheets import csv_chunks, write_xlsx
from sloyfe.core.jobs.actions import order
from sloyfe.modules.people.export import PEOPLE_FILE, is_large, one_sheet, people_of, units_as_of
from sloyfe.modules.people.formats.neutral import Delivery
from sloyfe.modules.people.formats.own_files import sheets_of
from sloyfe.modules.people.views.organisation import day_in


@require_GET
def units_csv(request: ViewerRequest) -> HttpResponseBase:
    return _csv(request, _units(request), _("units"))


@require_GET
def units_xlsx(request: ViewerRequest) -> HttpResponseBase:
    return _xlsx(request, _units(request), _("units"))


@require_GET
def people_csv(request: ViewerRequest) -> HttpResponseBase:
    return _csv(request, people_of(request.viewer), _("people"))


@require_GET
def people_xlsx(request: ViewerRequest) -> HttpResponseBase:
    """At once, or by the worker where it takes more than a moment."""
    if is_large(request.viewer):
        return redirect("job", order(request.viewer, PEOPLE_FILE, {"day": request.viewer.day.isoformat()}).pk)
    return _xlsx(request, people_of(request.viewer), _("people"))


def _units(request: ViewerRequest) -> Delivery:
    asked = request.GET.get("day", "")
    day = day_in(asked) if asked else request.viewer.day
    if day is None:
        raise BadRequest("no such day")
    return units_as_of(day)


def _csv(request: ViewerRequest, delivery: Delivery, name: str) -> HttpResponseBase:
    chunks = csv_chunks(one_sheet(delivery, request.viewer.language))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8", headers=headers)


def _xlsx(request: ViewerRequest, delivery: Delivery, name: str) -> HttpResponseBase:
    buffer = io.BytesIO()
    write_xlsx(sheets_of(delivery, request.viewer.language), buffer)
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"{name}.xlsx")
