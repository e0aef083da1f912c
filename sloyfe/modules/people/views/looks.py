"""Who has looked at me, when and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.core.audit.looks import looks_at
from sloyfe.core.audit.words import page_words


@require_GET
def my_looks(request: ViewerRequest) -> HttpResponse:
    looks = [(look, page_words(look.page)) for look in looks_at(request.viewer)]
    return render(request, "people/my_looks.html", {"looks": looks})
