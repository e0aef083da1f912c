"""Puts the viewer on the request. The people module knows how to make one; settings say where to ask.

What was answered to one viewer is for her alone: nobody on the way keeps it, nor the browser for the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from sloyfe.core.access.door import PUBLIC, ViewerRequest
from sloyfe.core.access.viewer import nobody


def set_viewer(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    viewer_for = import_string(settings.SLOYFE_VIEWER_FACTORY)

    def middleware(request: HttpRequest) -> HttpResponse:
        ours = cast(ViewerRequest, request)
        day, language = timezone.localdate(), translation.get_language() or settings.LANGUAGE_CODE
        user = request.user
        ours.viewer = viewer_for(user, day, language) if user.is_authenticated else nobody(day, language)
        ours.needs = PUBLIC
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
