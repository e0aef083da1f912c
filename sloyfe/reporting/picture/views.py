"""The pages of the picture. They read what was published and nothing else."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.jobs.actions import order
from sloyfe.core.ui.forms import posted
from sloyfe.reporting.picture import portrait
from sloyfe.reporting.picture.forms import WhatIfForm
from sloyfe.reporting.picture.grid import grid
from sloyfe.reporting.picture.jobs import PUBLISH
from sloyfe.reporting.picture.models import Publication
from sloyfe.reporting.picture.reads import nodes_of, own_node, publications
from sloyfe.reporting.picture.trend import trend
from sloyfe.reporting.picture.whatif import imagine, scene

MAY = {"publish": "picture.publish", "see_rounds": "round.view"}


@require_GET
def picture(request: ViewerRequest) -> HttpResponse:
    """The latest picture of where one works oneself."""
    latest = next(iter(publications(request.viewer)), None)
    nodes = nodes_of(request.viewer, latest) if latest else []
    own = own_node(request.viewer, latest, nodes) if latest else None
    if own is None:
        return render(request, "picture/none.html", {"may_publish": request.viewer.may("picture.publish")})
    return redirect("picture-node", key=own.key)


@require_GET
def node(request: ViewerRequest, key: int) -> HttpResponse:
    """One node: what it can and what it needs."""
    asked = portrait.read_question(request.GET)
    found = portrait.portrait(request.viewer, key, asked)
    if found is None:
        raise Http404
    may = {f"may_{name}": request.viewer.may(needs) for name, needs in MAY.items()}
    context = {"page": found, "asked": asked, **may}
    return render(request, "picture/node.html", context)


@require_GET
def offices(request: ViewerRequest, key: int) -> HttpResponse:
    """Every office beneath a node beside every competence."""
    asked = portrait.read_question(request.GET)
    found = grid(request.viewer, key, asked)
    if found is None:
        raise Http404
    return render(request, "picture/offices.html", {"page": found, "asked": asked})


@require_GET
def over_time(request: ViewerRequest, key: int) -> HttpResponse:
    """One node in all the pictures there are, and those like it where it is asked for."""
    asked = portrait.read_question(request.GET)
    found = trend(request.viewer, key, asked, like="like" in request.GET)
    if found is None:
        raise Http404
    return render(request, "picture/trend.html", {"page": found, "asked": asked})


@require_http_methods(["GET", "HEAD", "POST"])
def what_if(request: ViewerRequest, key: int) -> HttpResponse:
    """The picture before and after something that has not happened. Asked by POST, so that no name lies in a log."""
    where = scene(request.viewer, key)
    if where is None:
        raise Http404
    form = WhatIfForm(posted(request), where=where)
    outcome = imagine(request.viewer, where, form.supposed()) if form.is_valid() else None
    context = {"page": where, "form": form, "outcome": outcome}
    return render(request, "picture/what_if.html", context, status=422 if form.errors else 200)


@require_POST
def publish_now(request: ViewerRequest) -> HttpResponse:
    """Order a new picture; the worker makes it."""
    day = request.viewer.day
    if Publication.objects.for_viewer(request.viewer, "picture.view").filter(day=day).exists():
        messages.info(request, _("There is a picture of today already. The next can be made tomorrow."))
        return redirect("picture")
    return redirect("job", order(request.viewer, PUBLISH, {"day": day.isoformat()}).pk)
