"""The pages of an import."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest


@require_GET
def start(request: ViewerRequest) -> HttpResponse:
    return render(request, "people/imports/start.html", {})
