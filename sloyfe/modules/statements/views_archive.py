"""The archive of what is open to all, as a file that is sent while it is read."""

from __future__ import annotations

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.core.imports.sheets import csv_chunks
from sloyfe.modules.statements.archive import archive


@require_GET
def shared_with_everyone(request: ViewerRequest) -> HttpResponseBase:
    headers = {"Content-Disposition": f'attachment; filename="{_("shared with everyone")}.csv"'}
    chunks = csv_chunks(archive(request.viewer))
    return StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8", headers=headers)
