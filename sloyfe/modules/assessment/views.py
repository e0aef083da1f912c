"""Setting up a round: what it is for, who was heard, and opening it. Everybody may read; few may change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.release.policy import release_policy
from sloyfe.core.ui.forms import posted
from sloyfe.modules.assessment import actions, reads
from sloyfe.modules.assessment.forms import HeardForm, OwnWordsForm, RoundForm
from sloyfe.modules.assessment.models import EDIT, REMARK, Heard, Round
from sloyfe.modules.assessment.parties import parties

OPEN_WEEKS, KEPT_DAYS = 4, 365


@require_GET
def round_list(request: ViewerRequest) -> HttpResponse:
    found = reads.listed(request.viewer)
    context = {
        "mine": [one for one in found if one.mine],
        "others": [one for one in found if not one.mine],
        "current": reads.open_to(request.viewer),
        "may_edit": request.viewer.may(EDIT),
    }
    return render(request, "assessment/rounds.html", context)


@require_GET
def round_page(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.rounds(request.viewer), pk=pk)
    may_edit = reads.rounds(request.viewer, EDIT).filter(pk=pk).exists()
    asked = parties(request.viewer, row)
    limits = release_policy(request.viewer.day)
    context = {
        "round": row,
        "parties": asked,
        "may_edit": may_edit,
        "draft": row.state == Round.State.DRAFT,
        "ready": all(not party.open for party in asked),
        "own_words": {one.pk for one in reads.own_words_open(request.viewer, row)},
        "answer": row in reads.open_to(request.viewer),
        "begun": reads.begun(request.viewer, row),
        "people": row.k_min or limits.people,
        "either_side": row.side_min or limits.either_side,
    }
    return render(request, "assessment/round.html", context)


@require_http_methods(["GET", "POST"])
def new_round(request: ViewerRequest) -> HttpResponse:
    day = request.viewer.day
    first = day + timedelta(weeks=3)
    last = first + timedelta(weeks=OPEN_WEEKS)
    row = Round(opens_on=first, closes_on=last, delete_on=last + timedelta(days=KEPT_DAYS))
    return _write(request, row, "assessment/new_round.html")


@require_http_methods(["GET", "POST"])
def edit_round(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    if row.state != Round.State.DRAFT:
        messages.error(request, _("The round has opened. What people were told then stands; it can only be closed."))
        return redirect("round", pk)
    return _write(request, row, "assessment/edit_round.html")


def _write(request: ViewerRequest, row: Round, template: str) -> HttpResponse:
    form = RoundForm(posted(request), instance=row, viewer=request.viewer, places=reads.units_to_map(request.viewer))
    if request.method == "POST" and form.is_valid() and _done(form, lambda: actions.write_round(request.viewer, row)):
        messages.success(request, _("Saved. Now call the parties."))
        return redirect("round", row.pk)
    return render(request, template, {"form": form, "round": row}, status=422 if form.errors else 200)


def _done(form: BaseForm, act: Callable[[], object]) -> bool:
    """What the action refuses is said at the field it is about."""
    try:
        act()
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


@require_http_methods(["GET", "POST"])
def hear(request: ViewerRequest, pk: int, party: str, employer: int = 0) -> HttpResponse:
    """Call one party, or write what came of the meeting."""
    row = _editable(request, pk)
    asked = next(
        (one for one in parties(request.viewer, row) if (one.party, one.employer_id or 0) == (party, employer)), None
    )
    if asked is None or row.state != Round.State.DRAFT:
        raise Http404
    heard = asked.heard or Heard(round=row, party=asked.party, employer_id=asked.employer_id)
    form = HeardForm(posted(request), instance=heard, initial={"read": row.edition})
    if request.method == "POST" and form.is_valid() and _done(form, lambda: _heard(request, heard, form)):
        messages.success(request, _("Saved."))
        return redirect("round", pk)
    context = {"form": form, "round": row, "party": asked}
    return render(request, "assessment/hear.html", context, status=422 if form.errors else 200)


def _heard(request: ViewerRequest, heard: Heard, form: HeardForm) -> Heard:
    return actions.hear(request.viewer, heard, read=form.cleaned_data["read"])


@require_http_methods(["GET", "POST"])
def own_words(request: ViewerRequest, pk: int) -> HttpResponse:
    heard = get_object_or_404(reads.heard_rows(request.viewer, REMARK).select_related("round"), pk=pk)
    form = OwnWordsForm(posted(request), initial={"words": heard.own_words})
    if request.method == "POST" and form.is_valid():
        actions.add_own_words(request.viewer, heard, form.cleaned_data["words"])
        messages.success(request, _("Saved. Everybody the round is for can read it."))
        return redirect("round", heard.round_id)
    context = {"form": form, "round": heard.round, "heard": heard}
    return render(request, "assessment/own_words.html", context, status=422 if form.errors else 200)


@require_POST
def open_round(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    try:
        actions.open_round(request.viewer, row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The round is open. Those it is for see it on their first page."))
    return redirect("round", pk)


@require_POST
def close_round(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    try:
        actions.close_round(request.viewer, row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The round is closed. What has been said is kept until the day it is deleted."))
    return redirect("round", pk)


@require_POST
def discard(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _editable(request, pk)
    try:
        actions.discard(request.viewer, row)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect("round", pk)
    messages.success(request, _("The draft is gone. Nobody had been asked anything."))
    return redirect("rounds")


def _editable(request: ViewerRequest, pk: int) -> Round:
    row: Round = get_object_or_404(reads.rounds(request.viewer, EDIT), pk=pk)
    return row
