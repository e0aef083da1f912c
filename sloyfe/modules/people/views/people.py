"""The page of a person. Opening another's is written down; everybody may open her own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.core.audit.looks import open_one
from sloyfe.modules.people.models import Person

SEE = "person.view"


@require_GET
def person(request: ViewerRequest, pk: int) -> HttpResponse:
    own = pk == request.viewer.person_id
    request.needs = "own.page" if own else SEE
    row = open_one(request.viewer, Person.objects.for_viewer(request.viewer, SEE), pk, page="person", needs=SEE)
    return render(request, "people/person.html", {"person": row, "own": own})
