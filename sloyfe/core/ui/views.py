"""The components page, privacy, accessibility, and what is said when something goes wrong.

An error is a page of its own, or, when htmx asked for a part, an alert above what she was doing, which stays.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET
from django_htmx.http import reswap, retarget

from sloyfe.core.ui.parts import wants_part
from sloyfe.core.ui.samples import samples


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "components.html", samples(request.GET.get("page", "")))


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html")


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _trouble(request, render(request, "400.html", status=400))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _trouble(request, render(request, "403.html", status=403))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _trouble(request, render(request, "403_csrf.html", status=403))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _trouble(request, render(request, "404.html", status=404))


def not_allowed(request: HttpRequest) -> HttpResponse:
    return _trouble(request, render(request, "405.html", status=405))


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: whatever broke may break again in its context."""
    template = "ui/_trouble_500.html" if wants_part(request) else "500.html"
    return _trouble(request, HttpResponse(render_to_string(template), status=500))


def _trouble(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    return reswap(retarget(response, "#messages"), "innerHTML") if wants_part(request) else response
