"""«Teamet mitt»: a leader reads what has been shared with her. Each who is shown can see that she was."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.core.audit.looks import write_looks
from sloyfe.modules.statements.team import my_team


@require_GET
def team(request: ViewerRequest) -> HttpResponse:
    people = my_team(request.viewer)
    shown = [one.person_id for one in people]
    write_looks(request.viewer, shown, page="team", needs="team.view", grants=())
    return render(request, "statements/team.html", {"people": people})
