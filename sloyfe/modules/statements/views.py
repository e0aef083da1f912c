"""«Min side» and «Hvem kan jeg spørre?»."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import Viewer, ViewerRequest
from sloyfe.core.ui.forms import posted
from sloyfe.modules.statements import actions, reads, turning
from sloyfe.modules.statements.asking import who_can_i_ask
from sloyfe.modules.statements.confirmations import to_confirm
from sloyfe.modules.statements.forms import AskForm, HelperForm, NeedForm, SayForm, ShareForm
from sloyfe.modules.statements.models import Statement
from sloyfe.modules.statements.proofs import come_lately, expiring


@require_GET
def my_page(request: ViewerRequest) -> HttpResponse:
    said = reads.mine(request.viewer)
    stale = [item for items in said.values() for item in items if item.stale]
    context = {
        "groups": _groups(said),
        "stale": stale,
        "leads": request.viewer.may("team.view"),
        "to_confirm": to_confirm(request.viewer),
        "expiring": expiring(request.viewer),
        "come_lately": come_lately(request.viewer),
        "confirmed": len(said[Statement.Kind.CONFIRMED]),
    }
    return render(request, "statements/my_page.html", context)


def _groups(said: dict[str, list[reads.Mine]]) -> list[dict[str, object]]:
    kinds = Statement.Kind
    return [
        {"kind": kinds.OFFERS, "title": _("Ask me about"), "items": said[kinds.OFFERS]},
        {"kind": kinds.TEACHES, "title": _("I can teach"), "items": said[kinds.TEACHES]},
        {"kind": kinds.WANTS, "title": _("I want to learn"), "items": said[kinds.WANTS]},
        {"kind": kinds.USES, "title": _("I want to use more"), "items": said[kinds.USES]},
        {"kind": kinds.UNSURE, "title": _("I am unsure of"), "items": said[kinds.UNSURE], "private": True},
    ]


@require_http_methods(["GET", "POST"])
def say(request: ViewerRequest, kind: str) -> HttpResponse:
    if kind not in reads.SAID:
        raise Http404
    start = {"topic": request.GET.get("topic", "")[:200]}
    form = SayForm(posted(request), viewer=request.viewer, kind=kind, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.say(
            request.viewer,
            kind=kind,
            competence_id=data["topic"],
            words=data["words"],
            audiences=data.get("audiences", ()),
        )
        messages.success(request, _("Saved. You decide who sees it, and you can change it any time."))
        return redirect("my-page")
    context = {"form": form, "kind": Statement.Kind(kind)}
    return render(request, "statements/say.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def share(request: ViewerRequest, pk: int) -> HttpResponse:
    """Who sees this one, and one more audience."""
    statement = get_object_or_404(reads.own_statement(request.viewer), pk=pk)
    form = ShareForm(posted(request), viewer=request.viewer, kind=statement.kind)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.share(request.viewer, statement, audience=data["audience"], to_person=data["to_person"])
            messages.success(request, _("Shared."))
            return redirect("my-share", pk)
        except ValidationError as error:
            form.add_error(None, error)
    item = next((i for items in reads.mine(request.viewer).values() for i in items if i.pk == pk), None)
    if item is None:
        raise Http404
    return render(request, "statements/share.html", {"form": form, "item": item}, status=422 if form.errors else 200)


@require_POST
def revoke(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.own_share(request.viewer).select_related("statement"), pk=pk)
    actions.revoke(request.viewer, row)
    messages.success(request, _("Closed. Nobody in that group sees it any more."))
    return redirect("my-share", row.statement_id)


def _on_own(act: Callable[[Viewer, Statement], None], said: Callable[[], str]) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: ViewerRequest, pk: int) -> HttpResponse:
        statement = get_object_or_404(reads.own_statement(request.viewer).filter(kind__in=reads.SAID), pk=pk)
        act(request.viewer, statement)
        messages.success(request, said(), extra_tags=f"undo:{pk}" if act is actions.take_back else "")
        return redirect("my-page")

    return view


confirm = _on_own(actions.confirm, lambda: _("Thank you. Colleagues see that it is up to date."))
take_back = _on_own(actions.take_back, lambda: _("Taken back. Nobody sees it any more."))
bring_back = _on_own(actions.bring_back, lambda: _("It is back, and only you see it. Share it again if you wish."))


@require_http_methods(["GET", "POST"])
def helper(request: ViewerRequest) -> HttpResponse:
    now = reads.helper_of(request.viewer)
    form = HelperForm(posted(request), initial={"weekly_limit": now.weekly_limit, "how": now.how})
    if request.method == "POST" and form.is_valid():
        actions.set_helper(request.viewer, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("my-page")
    return render(request, "statements/helper.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def ask(request: ViewerRequest) -> HttpResponse:
    form = AskForm(request.GET if "q" in request.GET else None)
    answer = None
    if form.is_bound and form.is_valid():
        answer = who_can_i_ask(request.viewer, form.cleaned_data["q"])
    context: dict[str, object] = {"form": form, "answer": answer, "needs": reads.my_needs(request.viewer)}
    if answer is not None:
        context["need_form"] = NeedForm(initial={"text": answer.question})
    return render(request, "statements/ask.html", context)


@require_POST
def turn_to(request: ViewerRequest, pk: int) -> HttpResponse:
    statement = get_object_or_404(reads.askable(request.viewer).select_related("person", "competence"), pk=pk)
    actions.turn_to(request.viewer, statement)
    slip = turning.slip(request.session, statement.person_id, actions.monday_of(request.viewer.day))
    found = reads.contact(request.viewer, statement)
    return render(request, "statements/turn_to.html", {"found": found, "pk": pk, "slip": slip})


@require_POST
def did_not_ask(request: ViewerRequest, pk: int) -> HttpResponse:
    viewer = request.viewer
    statement = get_object_or_404(reads.askable(viewer), pk=pk)
    slip = request.POST.get("slip", "")
    if turning.give_in(request.session, slip, statement.person_id, actions.monday_of(viewer.day)):
        actions.did_not_ask(viewer, statement)
        messages.success(request, _("The question is no longer counted."))
    else:
        messages.warning(
            request, _("Nothing was taken back: the question was taken back before, or is from another week.")
        )
    return redirect("ask")


@require_POST
def post_need(request: ViewerRequest) -> HttpResponse:
    form = NeedForm(request.POST)
    if form.is_valid():
        try:
            actions.post_need(request.viewer, text=form.cleaned_data["text"])
        except ValidationError as error:
            form.add_error(None, error)
    if form.errors:
        return render(request, "statements/post_need.html", {"need_form": form}, status=422)
    messages.success(request, _("Asked. The resource persons in your area see it now."))
    return redirect("ask")


@require_POST
def withdraw_need(request: ViewerRequest, pk: int) -> HttpResponse:
    actions.withdraw_need(request.viewer, get_object_or_404(reads.own_need(request.viewer), pk=pk))
    messages.success(request, _("Taken back."))
    return redirect("ask")


@require_GET
def area_needs(request: ViewerRequest) -> HttpResponse:
    return render(request, "statements/area_needs.html", {"needs": reads.area_needs(request.viewer)})
