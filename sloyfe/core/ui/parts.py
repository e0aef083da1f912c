"""One template part for the page and for the swap, and the rule that a swap must say what changed.

A screen reader does not see that a list has changed. So whoever answers htmx with a part also gives the sentence
for the live region, or leaves a Django message, which is both shown and said. Saying nothing is an error.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class SilentSwapError(Exception):
    """A part was swapped in without a word about it."""


def wants_part(request: HttpRequest) -> bool:
    """htmx asks for a piece of the page: not boosted navigation, and not «back» to a page it has forgotten."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def render_part(
    request: HttpRequest,
    page: str,
    part: str,
    ctx: Mapping[str, object],
    said: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """`part` with the spoken sentence for htmx, otherwise the whole `page`; both from the same `ctx`.

    `said` tells what changed, in words: «3 kolleger har tilbudt seg.» Waiting messages are said as well.
    """
    if wants_part(request):
        response = HttpResponse(_spoken(request, part, ctx, said), status=status)
    else:
        response = render(request, page, dict(ctx), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _spoken(request: HttpRequest, part: str, ctx: Mapping[str, object], said: str | None) -> str:
    waiting = list(get_messages(request))
    words = " ".join([said or "", *(str(message) for message in waiting)]).strip()
    if not words:
        raise SilentSwapError(f"{part} is swapped in without a word: give `said` or a message")
    return render_to_string(part, dict(ctx), request) + render_to_string(
        "ui/_said.html", {"said": words, "messages": waiting}
    )
