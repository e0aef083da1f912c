"""Having something confirmed: ask, answer when one is asked, remark on it, take it away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.audit.looks import write_looks
from sloyfe.core.ui.forms import posted
from sloyfe.modules.statements import confirmations, confirming
from sloyfe.modules.statements.forms_confirming import COLLEAGUE, AskToConfirmForm, RemarkForm, SeenForm
from sloyfe.modules.statements.models import Statement
from sloyfe.modules.statements.models_standing import CONFIRMABLE
from sloyfe.modules.statements.reads import own_statement
from sloyfe.modules.statements.wording import step_name, what_of


@require_GET
def overview(request: ViewerRequest) -> HttpResponse:
    viewer = request.viewer
    context = {
        "to_answer": confirmations.to_confirm(viewer),
        "waiting": confirmations.asked_by_me(viewer),
        "confirmed": confirmations.confirmed_for_me(viewer),
    }
    return render(request, "statements/confirmations.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: ViewerRequest, pk: int) -> HttpResponse:
    viewer = request.viewer
    rows = own_statement(viewer).filter(kind__in=CONFIRMABLE, competence__isnull=False, valid_to=None)
    statement = get_object_or_404(rows.select_related("competence"), pk=pk)
    form = AskToConfirmForm(posted(request), viewer=viewer)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            confirming.ask_to_confirm(viewer, statement, asked=data["asked"], in_talk=data["who"] != COLLEAGUE)
            messages.success(request, _("Asked. Only the one you asked sees this, and only this."))
            return redirect("my-confirmations")
        except ValidationError as error:
            form.add_error(None, error)
    about = {"what": what_of(statement, viewer.language), "step": step_name(statement, viewer.language)}
    context = {"form": form, "statement": statement, **about}
    return render(request, "statements/ask_to_confirm.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    if confirming.withdraw_ask(request.viewer, pk):
        messages.success(request, _("Taken back. Nobody sees it any more."))
    elif not confirmations.is_mine(request.viewer, pk):
        raise Http404
    else:
        messages.warning(request, _("It had been answered or taken back already. Nothing was changed."))
    return redirect("my-confirmations")


@require_http_methods(["GET", "POST"])
def answer(request: ViewerRequest, pk: int) -> HttpResponse:
    """What the one who was asked sees: this one thing, until she has answered."""
    viewer = request.viewer
    asked = confirmations.one_asked(viewer, pk)
    if asked is None:
        return _closed(request, pk)
    form = SeenForm(posted(request))
    if request.method == "POST" and form.is_valid() and _answered(request, pk, form):
        return redirect("my-confirmations")
    if request.method == "GET":
        write_looks(viewer, [asked.who_id], page="confirmation", needs="own.page", grants=())
    context = {"asked": asked, "form": form}
    return render(request, "statements/confirm_for.html", context, status=422 if form.errors else 200)


def _closed(request: ViewerRequest, pk: int) -> HttpResponse:
    if not confirmations.answered_before(request.viewer, pk):
        raise Http404
    messages.warning(request, _("This is no longer asked. Nothing was changed."))
    return redirect("my-confirmations")


def _answered(request: ViewerRequest, pk: int, form: SeenForm) -> bool:
    if request.POST.get("answer") == "talk":
        done, said = confirming.talk_first(request.viewer, pk), _("Thank you. You will talk about it first.")
    elif request.POST.get("answer") == "no":
        done, said = confirming.not_seen(request.viewer, pk), _("Thank you. Somebody else can be asked.")
    else:
        try:
            done = confirming.confirm_it(request.viewer, pk, example=form.cleaned_data["example"]) is not None
        except ValidationError as error:
            form.add_error("example", error)
            return False
        said = _("Thank you. It is hers now, and she decides who sees it.")
    if done:
        messages.success(request, said)
    else:
        messages.warning(request, _("This is no longer asked. Nothing was changed."))
    return True


@require_http_methods(["GET", "POST"])
def remark(request: ViewerRequest, pk: int) -> HttpResponse:
    viewer = request.viewer
    row = get_object_or_404(confirmations.contestable(viewer).select_related("competence", "by"), pk=pk)
    back = "my-confirmations" if row.kind == Statement.Kind.CONFIRMED else "my-proofs"
    form = RemarkForm(posted(request), initial={"remark": row.contest})
    if request.method == "POST" and form.is_valid():
        confirming.contest(viewer, row, form.cleaned_data["remark"])
        messages.success(request, _("Saved."))
        return redirect(back)
    context = {"form": form, "row": row, "back": back, "what": what_of(row, viewer.language)}
    return render(request, "statements/remark.html", context, status=422 if form.errors else 200)


@require_POST
def take_away(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(confirmations.own_confirmation(request.viewer), pk=pk)
    confirming.take_away(request.viewer, row)
    messages.success(request, _("Taken away. Nobody sees it any more."))
    return redirect("my-confirmations")
