"""The Door gate: a page cannot be routed without saying what it needs.

`needs` is a capability from policy, `SIGNED_IN` or `PUBLIC`. Leaving it out is a TypeError at import.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from sloyfe.core.access.roles import known_capabilities
from sloyfe.core.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Open:
    """A need that no role has to hold."""

    name: str


PUBLIC = Open("public")
SIGNED_IN = Open("signed in")


class ViewerRequest(HttpRequest):
    """A request after the viewer middleware; views are typed with it."""

    viewer: Viewer
    needs: str | Open


View = Callable[..., HttpResponseBase]


def page(route: str, view: View, *, needs: str | Open, name: str) -> URLPattern:
    """A route that opens only for those who hold what it needs."""
    if isinstance(needs, str) and needs not in known_capabilities():
        raise ImproperlyConfigured(f"{name}: nobody has said what «{needs}» means in access.yaml")

    @wraps(view)
    def guarded(request: ViewerRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(needs, str) and not request.viewer.may(needs):
            raise PermissionDenied(needs)
        request.needs = needs
        return view(request, *args, **kwargs)

    guarded.needs = needs  # type: ignore[attr-defined]
    return path(route, login_not_required(guarded) if needs is PUBLIC else guarded, name=name)
