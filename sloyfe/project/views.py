"""Pages that belong to the system as a whole: its health, its language, and how it is set up."""

from __future__ import annotations

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language as django_set_language

from sloyfe.core.access import ViewerRequest
from sloyfe.core.access.roles import known_capabilities, matrix
from sloyfe.core.policy import all_parameters


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
    context = {
        "parameters": all_parameters(request.viewer.day),
        "capabilities": known_capabilities(),
        "matrix": {role: {right.capability: right.scope.value for right in rights} for role, rights in matrix().items()},
        "languages": settings.LANGUAGES,
    }
    return render(request, "project/setup.html", context)
