"""«Slik kan jeg det»: one's own levels for what is asked of her, to see and mend, and whether they are counted.

A level is first said in a mapping round (module assessment), one thing at a time; she stops and goes on as she likes.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.policy import number
from sloyfe.core.ui.forms import posted
from sloyfe.modules.catalogue.public import Level, levels_of
from sloyfe.modules.statements import levels
from sloyfe.modules.statements.confirmations import confirmed_for_me
from sloyfe.modules.statements.forms_levels import CountingForm, LevelForm, WishesForm
from sloyfe.modules.statements.occasion import Occasion, occasion_of
from sloyfe.modules.statements.wishes import answer


@require_GET
def my_levels(request: ViewerRequest) -> HttpResponse:
    said, before = levels.asked_now_and_before(request.viewer)
    context = {
        "said": said,
        "no_longer_asked": before,
        "done": sum(one.answered for one in said),
        "deleted_on": min((one.kept_until for one in said if one.kept_until), default=None),
        "occasion": occasion_of(request.viewer),
        "following": _following(said, None),
        "counting": levels.counting_of(request.viewer),
        "least": number("people.counted_at_least", request.viewer.day),
    }
    return render(request, "statements/my_levels.html", context)


@require_http_methods(["GET", "POST"])
def my_level(request: ViewerRequest, competence: int) -> HttpResponse:
    """One thing asked of her, to say, to mend or to take back. In a round «Save and go on» leads to the next."""
    said = levels.my_levels(request.viewer)
    one = next((each for each in said if each.competence_id == competence), None)
    steps = levels_of(request.viewer, competence)
    if one is None or not steps:
        raise Http404
    occasion = occasion_of(request.viewer)
    if occasion is not None and not occasion.begun and one.level is None:
        return redirect("round-begin", occasion.pk)
    following = _following(said, competence) if occasion else None
    form = _form(request, one, steps, occasion)
    if request.method == "POST" and form.is_valid() and _saved(request, competence, form, occasion):
        return redirect("my-level", following) if following and "on" in request.POST else redirect("my-levels")
    context = {
        "one": one,
        "form": form,
        "occasion": occasion,
        "following": following,
        "left": sum(not each.answered for each in said),
        "asked": _name(steps, one.asked_level),
        "confirmed": [one for one in confirmed_for_me(request.viewer) if one.competence_id == competence],
        "history": [(row, _name(steps, row.level)) for row in levels.history(request.viewer, competence)],
    }
    return render(request, "statements/level.html", context, status=422 if form.errors else 200)


def _form(request: ViewerRequest, one: levels.Said, steps: list[Level], occasion: Occasion | None) -> WishesForm:
    """What she wishes can be said any day; a level that has not been said waits for a mapping round.

    A level that is sent all the same, from a page left open past the round, is answered and not just dropped.
    """
    start: dict[str, object] = {"wishes": sorted(one.wishes)}
    if one.level is None and occasion is None and "level" not in request.POST:
        return WishesForm(posted(request), initial=start)
    start |= {"level": one.level, "example": one.example, "leader": one.leader}
    return LevelForm(posted(request), levels=steps, initial=start)


def _saved(request: ViewerRequest, competence: int, form: WishesForm, occasion: Occasion | None) -> bool:
    kept_until = occasion.kept_until if occasion and occasion.begun else None
    try:
        answer(request.viewer, competence, **form.cleaned_data, kept_until=kept_until)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _who_sees(request, competence))
    return True


def _who_sees(request: ViewerRequest, competence: int) -> str:
    now = next(one for one in levels.my_levels(request.viewer) if one.competence_id == competence)
    if now.others:
        return _("Saved. You see it, and those you share it with.")
    return _("Saved. You see it, and your leader.") if now.leader else _("Saved. Only you see it.")


def _following(said: list[levels.Said], after: int | None) -> int | None:
    """The next thing she has said nothing about, round the list once."""
    keys = [one.competence_id for one in said]
    begin = keys.index(after) + 1 if after in keys else 0
    turned = said[begin:] + said[:begin]
    return next((one.competence_id for one in turned if not one.answered and one.competence_id != after), None)


def _name(steps: list[Level], level: int | None) -> str:
    return next((step.name for step in steps if step.level == level), "")


@require_POST
def withdraw(request: ViewerRequest, competence: int) -> HttpResponse:
    levels.withdraw_level(request.viewer, competence)
    wishes = any(one.wishes for one in levels.my_levels(request.viewer) if one.competence_id == competence)
    said = _("The step is taken back. What you have ticked beside it stands.")
    messages.success(request, said if wishes else _("Taken back. Nobody sees it any more."))
    return redirect("my-levels")


@require_http_methods(["GET", "POST"])
def counting(request: ViewerRequest) -> HttpResponse:
    now = levels.counting_of(request.viewer)
    start = {} if now.answers is None else {"answers": "yes" if now.answers else "no", "unsure": now.unsure}
    form = CountingForm(posted(request), initial=start)
    if request.method == "POST" and form.is_valid():
        levels.set_counting(request.viewer, **form.cleaned_data)
        messages.success(request, _("Saved. You can change it any day."))
        return redirect("my-levels")
    context = {"form": form, "least": number("people.counted_at_least", request.viewer.day)}
    return render(request, "statements/counting.html", context, status=422 if form.errors else 200)
