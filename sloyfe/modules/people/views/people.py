"""The staff directory, the page of a person, and the end of her work here."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sloyfe.core.access import SIGNED_IN, ViewerRequest
from sloyfe.core.audit.looks import open_one
from sloyfe.modules.people.consequences import of_ending
from sloyfe.modules.people.finding import colleagues
from sloyfe.modules.people.forms.fields import tell
from sloyfe.modules.people.forms.roles import EndForm, FindForm
from sloyfe.modules.people.leaving import end_affiliation
from sloyfe.modules.people.models import Affiliation, Person
from sloyfe.modules.people.persons import SEE, roles_of, work_of


@require_GET
def directory(request: ViewerRequest) -> HttpResponse:
    form = FindForm(request.GET if "q" in request.GET else None)
    found, more = colleagues(request.viewer, form.cleaned_data["q"]) if form.is_valid() else ([], False)
    context = {"form": form, "found": found, "more": more}
    return render(request, "people/directory.html", context, status=422 if form.errors else 200)


@require_GET
def person(request: ViewerRequest, pk: int) -> HttpResponse:
    """Opening another's page is written down. Her own is open to everybody, and nobody is told."""
    viewer = request.viewer
    own = pk == viewer.person_id
    request.needs = SIGNED_IN if own else SEE
    row = open_one(viewer, Person.objects.for_viewer(viewer, SEE), pk, page="person", needs=SEE)
    context = {"person": row, "own": own, "work": work_of(viewer, row), "roles": roles_of(viewer, row)}
    context["may_let_in"] = not own and viewer.may("person.edit")
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "POST"])
def end_work(request: ViewerRequest, pk: int) -> HttpResponse:
    """First the day, then what follows of it, then the end. «Another day» keeps what was written."""
    rows = Affiliation.objects.for_viewer(request.viewer, "person.edit").select_related("person", "unit")
    row = get_object_or_404(rows, pk=pk)
    decided = row.valid_to - timedelta(days=1) if row.valid_to else request.viewer.day
    form = EndForm(request.POST or None, initial={"last_day": decided})
    context = {"form": form, "row": row}
    if request.method == "POST" and "again" not in request.POST and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        context["follows"] = of_ending(request.viewer, row, last_day)
        try:
            listed = _end(request, row, last_day)
        except ValidationError as refused:
            tell(form, refused)
        else:
            if listed is None:
                return render(request, "people/end_work_sure.html", {**context, "last_day": last_day})
            messages.success(request, _ended(listed))
            return redirect("person", row.person_id) if request.viewer.may(SEE) else redirect("people")
    return render(request, "people/end_work.html", context, status=422 if form.is_bound and form.errors else 200)


def _end(request: ViewerRequest, row: Affiliation, last_day: date) -> int | None:
    """The rehearsal is the performance, rolled back: so nothing is promised that would be refused."""
    with transaction.atomic():
        listed = end_affiliation(request.viewer, row, last_day)
        if "sure" not in request.POST:
            transaction.set_rollback(True)
            return None
    return listed


def _ended(listed: int) -> str:
    if not listed:
        return _("Done. The work ends that day.")
    told = ngettext(
        "Done. One thing is listed to be handed over.", "Done. %(n)s things are listed to be handed over.", listed
    )
    return told % {"n": listed}
