"""Needs and plans for oneself: what is asked of me, my weeks, «have you used it?», a sentence to agree on, the feed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.ui.forms import posted
from sloyfe.modules.plans import actions, closing, feed, reads
from sloyfe.modules.plans.forms import FollowUpForm, OtherViewForm
from sloyfe.modules.plans.mine import my_needs

OWN = "own.page"


@require_GET
def my_requirements(request: ViewerRequest) -> HttpResponse:
    return render(request, "plans/my_requirements.html", {"mine": my_needs(request.viewer)})


@require_GET
def my_weeks(request: ViewerRequest) -> HttpResponse:
    context = {
        "sessions": reads.my_sessions(request.viewer),
        "waiting": reads.waiting_for(request.viewer),
        "feed": feed.address_of(request.viewer, request),
    }
    return render(request, "plans/my_weeks.html", context)


@require_http_methods(["GET", "POST"])
def follow_up(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.own_follow_ups(request.viewer), pk=pk)
    start = {"answer": row.answer, "words": row.words, "counts": row.counts}
    form = FollowUpForm(posted(request), initial=start)
    if request.method == "POST" and form.is_valid():
        actions.answer_follow_up(request.viewer, row, **form.cleaned_data)
        messages.success(request, _("Saved. Only you see it."))
        return redirect("my-weeks")
    held_on = reads.last_held(request.viewer, row)
    context = {"form": form, "row": row, "held_on": held_on}
    return render(request, "plans/follow_up.html", context, status=422 if form.errors else 200)


@require_POST
def agree(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.own_part(request.viewer), pk=pk)
    closed = closing.agree_closing(request.viewer, row)
    messages.success(request, _("Thank you. With that the loop is closed.") if closed else _("Thank you. You agree."))
    return redirect("my-weeks")


@require_http_methods(["GET", "POST"])
def see_otherwise(request: ViewerRequest, pk: int) -> HttpResponse:
    """«Jeg ser det annerledes»: said in words, read by whoever makes the plan."""
    row = get_object_or_404(reads.own_part(request.viewer).exclude(measure__closing=""), pk=pk, measure__closed_on=None)
    form = OtherViewForm(posted(request))
    if request.method == "POST" and form.is_valid():
        closing.see_otherwise(request.viewer, row, words=form.cleaned_data["words"])
        messages.success(request, _("Sent. If the sentence is written anew, you are asked again."))
        return redirect("my-weeks")
    return render(request, "plans/otherwise.html", {"form": form, "row": row}, status=422 if form.errors else 200)


@require_POST
def named(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.own_part(request.viewer), pk=pk)
    actions.say_named(request.viewer, row, named=request.POST.get("named") == "yes")
    messages.success(request, _("Saved. You decide whether colleagues see that you take part."))
    return redirect("my-weeks")


@require_POST
def new_feed(request: ViewerRequest) -> HttpResponse:
    had_one = feed.address_of(request.viewer, request)
    feed.renew(request.viewer)
    if had_one:
        messages.success(request, _("You have a new address. The old one no longer works."))
    else:
        messages.success(request, _("You have an address. Copy it into your calendar."))
    return redirect("my-weeks")


@require_GET
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """A calendar programme fetches this without signing in; the address itself is the key."""
    return HttpResponse(feed.calendar_for(token), content_type="text/calendar; charset=utf-8")
