"""The picture as files: the same published numbers, one line for each number that is told or not told.

The node and all that lies beneath it, as far as it concerns the viewer.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from django.http import FileResponse, Http404, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sloyfe.core.access import Viewer, ViewerRequest
from sloyfe.core.imports.sheets import Cell as Value
from sloyfe.core.imports.sheets import Sheet, csv_chunks, write_xlsx
from sloyfe.core.release import Reason
from sloyfe.reporting.picture.grid import beneath
from sloyfe.reporting.picture.models import Publication, PublishedNode
from sloyfe.reporting.picture.portrait import chosen, read_question
from sloyfe.reporting.picture.reads import Topic, cell, nodes_of, publications, topics, with_figures
from sloyfe.reporting.picture.words import short_name, why_hidden

Found = tuple[Publication, list[PublishedNode], list[Topic]]


@require_GET
def as_csv(request: ViewerRequest, key: int) -> HttpResponseBase:
    chunks = csv_chunks(_sheet(_found(request, key)))
    headers = {"Content-Disposition": f'attachment; filename="{_("picture")}.csv"'}
    return StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
def as_xlsx(request: ViewerRequest, key: int) -> HttpResponseBase:
    buffer = io.BytesIO()
    write_xlsx([_sheet(_found(request, key))], buffer)
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"{_('picture')}.xlsx")


@require_GET
def as_json(request: ViewerRequest, key: int) -> HttpResponseBase:
    publication, nodes, found = _found(request, key)
    return JsonResponse(
        {
            "day": publication.day.isoformat(),
            "policy": publication.policy,
            "competences": [{"place": topic.place, "id": topic.pk, "name": topic.name} for topic in found],
            "nodes": [
                {
                    "key": node.key,
                    "parent": node.parent_key,
                    "kind": node.kind,
                    "name": short_name(node),
                    "people": node.people,
                    "figures": node.figures,
                }
                for node in nodes
            ],
        },
        headers={"Content-Disposition": f'attachment; filename="{_("picture")}.json"'},
    )


def _found(request: ViewerRequest, key: int) -> Found:
    viewer: Viewer = request.viewer
    publication = chosen(publications(viewer), read_question(request.GET))
    nodes = nodes_of(viewer, publication) if publication else []
    if publication is None or key not in {node.key for node in nodes}:
        raise Http404
    return publication, with_figures(viewer, publication, beneath(key, nodes)), topics(publication, viewer.language)


def _sheet(found: Found) -> Sheet:
    header = [
        _("Where"),
        _("People"),
        _("Competence"),
        _("Number of"),
        _("How many"),
        _("Of how many"),
        _("As of"),
        _("Why it is not shown"),
    ]
    return Sheet(_("Picture"), header, _lines(found))


def _lines(found: Found) -> Iterator[list[Value]]:
    publication, nodes, topics_found = found
    words = {
        "meets": _("who say they are where they are asked to be"),
        "wish": _("who wish to practise: five or more"),
        "responded": _("who have answered and are counted"),
        "below": _("who are on their way"),
        "above": _("who are above what is asked"),
        "leaving": _("who leave within half a year and are where they are asked to be"),
        "lines.state": _("who say they are where they are asked to be, state line"),
        "lines.municipal": _("who say they are where they are asked to be, municipal line"),
    }
    for node in nodes:
        for table in node.figures:
            places = [("", 0)] if table == "responded" else [(topic.name, topic.place) for topic in topics_found]
            for name, place in places:
                told = cell(node, table, place)
                if told.why == Reason.NOBODY:
                    continue
                why = "" if told.shown else why_hidden(told.why)
                day = told.as_of or publication.day
                yield [short_name(node), node.people, name, words[table], told.n, told.of, day, why]
