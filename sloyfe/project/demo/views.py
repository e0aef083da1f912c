"""Step into a demo role with one click, in her own language until another is chosen.

The routes exist only where SLOYFE_DEMO is on.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from sloyfe.modules.people.public import User
from sloyfe.project.demo.roles import demo_roles

OURS = "demo_language"  # the language the last role brought with it
BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    return render(request, "project/demo_roles.html", {"roles": demo_roles()})


@require_POST
def step_in(request: HttpRequest) -> HttpResponse:
    known = {role.username for role in demo_roles()}
    username = request.POST.get("role", "")
    if username not in known:
        raise Http404
    user = User.objects.filter(username=username).select_related("person").first()
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    response = redirect("today")
    if user.person is not None and user.person.language in dict(settings.LANGUAGES) and not _chosen(request):
        for cookie in (settings.LANGUAGE_COOKIE_NAME, OURS):
            response.set_cookie(cookie, user.person.language, samesite="Lax")
    return response


def _chosen(request: HttpRequest) -> bool:
    """Whether whoever looks has chosen a language herself."""
    held = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return held is not None and held != request.COOKIES.get(OURS)
