"""Django answers a wrong method with an empty page; a person who types or reloads an address deserves words."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from sloyfe.core.ui.views import not_allowed

Handler = Callable[[HttpRequest], HttpResponse]


def words_for_wrong_method(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        told = not_allowed(request)
        told["Allow"] = response["Allow"]
        return told

    return middleware
