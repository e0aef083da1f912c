"""One's own data whole: a ZIP of JSON and a page anybody can read."""

from __future__ import annotations

import io
import json
import zipfile

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sloyfe.core.access import Viewer, ViewerRequest
from sloyfe.core.personal import own_rows

FOLDER = "sloyfe"


@require_GET
def my_data(request: ViewerRequest) -> HttpResponse:
    content = as_zip(request.viewer)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{_("my-data")}.zip"'
    return response


def as_zip(viewer: Viewer) -> bytes:
    found = own_rows(viewer)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr(f"{FOLDER}/data.json", text)
        told = {apps.get_model(label).told: rows for label, rows in found.items()}
        page = render_to_string("statements/my_data.html", {"viewer": viewer, "tables": told})
        archive.writestr(f"{FOLDER}/index.html", page)
    return buffer.getvalue()
