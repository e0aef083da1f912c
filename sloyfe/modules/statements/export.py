"""One's own data whole: a ZIP of JSON, a page anybody can read and print, and a table of what one can show."""

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
from sloyfe.core.imports.sheets import Sheet, csv_chunks
from sloyfe.core.personal import own_rows
from sloyfe.modules.statements.proofs import my_proofs, taken_back
from sloyfe.modules.statements.readable import readable

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
        tables = {}
        for label, rows in found.items():
            model = apps.get_model(label)
            tables[model.told] = readable(viewer, model, rows)
        page = render_to_string("statements/my_data.html", {"viewer": viewer, "tables": tables})
        archive.writestr(f"{FOLDER}/index.html", page)
        archive.writestr(f"{FOLDER}/{_('what-I-can-show')}.csv", b"".join(csv_chunks(_proofs(viewer))))
    return buffer.getvalue()


def _proofs(viewer: Viewer) -> Sheet:
    """Education, courses and certificates as a table, to open in a spreadsheet and print."""
    header = (
        *(_("Title"), _("What it is"), _("Level of the education"), _("Competence")),
        *(_("Issuer"), _("Completed"), _("Holds until"), _("Came from"), _("Your remark")),
    )
    mine = (*my_proofs(viewer), *taken_back(viewer))
    rows = (
        (
            *(one.title, one.what, one.nkr, one.competence, one.issuer),
            *(one.completed_on, one.expires_on, one.source, one.contest),
        )
        for one in mine
    )
    return Sheet(_("what-I-can-show"), header, rows)
