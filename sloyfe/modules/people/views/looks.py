"""Who has looked at me, when and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.core.audit.looks import looks_at


@require_GET
def my_looks(request: ViewerRequest) -> HttpResponse:
    return render(request, "people/my_looks.html", {"looks": looks_at(request.viewer)})
