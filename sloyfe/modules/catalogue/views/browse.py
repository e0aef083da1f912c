"""Reading the catalogue: frameworks, areas, competences, and the topics to pick from while typing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from sloyfe.core.access import GuardedQuerySet, Viewer, ViewerRequest
from sloyfe.core.imports.places import Place
from sloyfe.core.imports.report import in_words, where
from sloyfe.core.ui.parts import render_part
from sloyfe.modules.catalogue.forms.competences import TermForm
from sloyfe.modules.catalogue.models import Area, Framework
from sloyfe.modules.catalogue.reads import browse, topics_like
from sloyfe.modules.catalogue.reads.competences import competences, portrait
from sloyfe.modules.catalogue.reads.imports import reported_rows
from sloyfe.modules.catalogue.reads.terms import may_remove, speaks_for

PER_PAGE = 40
ASKED_AT_MOST = 200
TYPED = ("topic", "competence", "replaced_by")


@require_GET
def catalogue(request: ViewerRequest) -> HttpResponse:
    asked = " ".join(request.GET.get("q", "").split())[:ASKED_AT_MOST]
    if not asked:
        viewer = request.viewer
        context = {"asked": "", "cards": browse.cards(viewer), "may_own": viewer.may("own.page"), **_may(viewer)}
        return render(request, "catalogue/catalogue.html", context)
    found = browse.found(request.viewer, asked)
    said = ngettext("%(n)s competence near this.", "%(n)s competences near this.", len(found)) % {"n": len(found)}
    said = said if found else _("We found nothing near this.")
    context = {"asked": asked, "found": found, "said": said}
    return render_part(request, "catalogue/catalogue.html", "catalogue/_found.html", context, said=said)


def _may(viewer: Viewer) -> dict[str, bool]:
    return {"may_edit": viewer.may("catalogue.edit")}


@require_GET
def framework(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Framework, pk=pk)
    context = {
        "card": browse.card(request.viewer, row),
        "reported": reported_rows(pk).count(),
        **_may(request.viewer),
        **_page(request, browse.competences_outside_areas(request.viewer, row)),
    }
    return render(request, "catalogue/framework.html", context)


@require_GET
def area(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Area.objects.select_related("framework"), pk=pk)
    context = {
        "area": browse.area_page(request.viewer, row),
        **_page(request, browse.competences_in(request.viewer, row)),
    }
    return render(request, "catalogue/area.html", context)


def _page(request: ViewerRequest, rows: GuardedQuerySet) -> dict[str, object]:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "lines": browse.lines(request.viewer, page.object_list)}


@require_GET
def competence(request: ViewerRequest, pk: int) -> HttpResponse:
    viewer = request.viewer
    row = get_object_or_404(competences(viewer), pk=pk)
    told, may = portrait(viewer, row), may_remove(viewer)
    terms = [(term, may(term.unit_id)) for term in told.terms]
    context: dict[str, object] = {"told": told, "terms": terms, "term_form": None, **_may(viewer)}
    units, everybody = speaks_for(viewer)
    if units or everybody:
        context["term_form"] = TermForm(units=units, everybody=everybody, initial={"language": viewer.language})
    return render(request, "catalogue/competence.html", context)


@require_GET
def topics(request: ViewerRequest) -> HttpResponse:
    """What to pick from while typing: <option>s for a <datalist>, whatever the form calls the field."""
    asked = [request.GET.get(name, "") for name in TYPED]
    typed = next((text for text in asked if text), "")[:ASKED_AT_MOST]
    found = topics_like(typed, request.viewer.language) if len(typed.strip()) > 1 else []
    return render(
        request, "catalogue/_topics.html", {"options": [(topic.label, _as(topic.label, typed)) for topic in found]}
    )


def _as(label: str, typed: str) -> str:
    """What to show for a topic found by another word: browsers leave out what does not hold what is typed."""
    return "" if typed.casefold() in label.casefold() else f"{label} ({typed})"


@require_GET
def reported(request: ViewerRequest, pk: int) -> HttpResponse:
    """Rows of the framework's files that could not be used, kept as they stood."""
    row = get_object_or_404(Framework, pk=pk)
    page = Paginator(reported_rows(pk), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "where": where(Place(each.file, each.sheet, each.row)),
            "said": in_words(each.message, each.params),
            "values": each.values,
        }
        for each in page.object_list
    ]
    return render(
        request, "catalogue/reported.html", {"card": browse.card(request.viewer, row), "page": page, "rows": rows}
    )
