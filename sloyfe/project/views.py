"""Pages that belong to the system as a whole: its health, its language, and how it is set up."""

from __future__ import annotations

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language as django_set_language

from sloyfe.core.access import ViewerRequest
from sloyfe.core.access.roles import known_capabilities, matrix
from sloyfe.core.access.viewer import Scope
from sloyfe.core.audit.counts import looks_by_month
from sloyfe.core.personal import personal_tables
from sloyfe.core.policy import all_parameters
from sloyfe.modules.people.public import role_name


@require_GET
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    return django_set_language(request)


@require_GET
def setup(request: ViewerRequest) -> HttpResponse:
    """All about the system, nothing about persons."""
    viewer = request.viewer
    context = {
        "parameters": all_parameters(viewer.day),
        "matrix": _matrix(),
        "tables": _tables(),
        "may_archive": viewer.may("statement.archive"),
        "looks": looks_by_month(viewer) if viewer.may("looks.count") else [],
    }
    return render(request, "project/setup.html", context)


def _matrix() -> list[dict[str, object]]:
    scopes = {
        Scope.OWN: _("herself"),
        Scope.UNIT: _("her unit"),
        Scope.OFFICE: _("her office"),
        Scope.AREA: _("her area"),
        Scope.EVERYWHERE: _("everywhere"),
    }
    sentences = known_capabilities()
    return [
        {
            "name": _role_name(role),
            "rights": [{"sentence": sentences[r.capability], "scope": scopes[r.scope]} for r in rights],
        }
        for role, rights in matrix().items()
    ]


def _role_name(role: str) -> str:
    """Two of them are not given as roles: everybody who works here, and whoever stands in for a leader."""
    own = {"employee": _("Everybody who works here"), "deputy_leader": _("Deputy for a leader")}
    return own.get(role) or role_name(role)


def _tables() -> list[str]:
    return [str(model.told) for model, _keys in personal_tables()]
