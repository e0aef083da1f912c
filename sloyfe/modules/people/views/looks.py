"""Who has looked at me, when and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.core.audit.looks import looks_at

# What was opened, as she reads it. The log keeps the code.
PAGES = {
    "person": _("Opened your page"),
    "people-file": _("Took out a file of people where you stand"),
    "team": _("Read what you have shared with her"),
    "sign-in-link": _("Made a link you can sign in with"),
}


@require_GET
def my_looks(request: ViewerRequest) -> HttpResponse:
    looks = [(look, PAGES.get(look.page, look.page)) for look in looks_at(request.viewer)]
    return render(request, "people/my_looks.html", {"looks": looks})
