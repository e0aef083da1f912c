"""«Slik kan jeg det»: one's own levels for what is asked of her, to see and mend, and whether they are counted.

A level is first said in a mapping round (module assessment).
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
from sloyfe.modules.statements.forms_levels import CountingForm, LevelForm


@require_GET
def my_levels(request: ViewerRequest) -> HttpResponse:
    said = levels.my_levels(request.viewer)
    context = {
        "said": said,
        "done": sum(one.level is not None for one in said),
        "counting": levels.counting_of(request.viewer),
        "least": number("people.counted_at_least", request.viewer.day),
    }
    return render(request, "statements/my_levels.html", context)


@require_http_methods(["GET", "POST"])
def my_level(request: ViewerRequest, competence: int) -> HttpResponse:
    """One thing that is asked of her: what she has said, to mend it or take it back."""
    one = next((each for each in levels.my_levels(request.viewer) if each.competence_id == competence), None)
    steps = levels_of(request.viewer, competence)
    if one is None or not steps:
        raise Http404
    start = {"level": one.level, "example": one.example, "leader": one.shared}
    form = LevelForm(posted(request), levels=steps, initial=start)
    if request.method == "POST" and form.is_valid() and _saved(request, competence, form):
        return redirect("my-levels")
    context = {
        "one": one,
        "form": form,
        "asked": _name(steps, one.asked_level),
        "history": [(row, _name(steps, row.level)) for row in levels.history(request.viewer, competence)],
    }
    return render(request, "statements/level.html", context, status=422 if form.errors else 200)


def _saved(request: ViewerRequest, competence: int, form: LevelForm) -> bool:
    try:
        levels.say_level(request.viewer, competence, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    leader = form.cleaned_data["leader"]
    messages.success(request, _("Saved. You see it, and your leader.") if leader else _("Saved. Only you see it."))
    return True


def _name(steps: list[Level], level: int | None) -> str:
    return next((step.name for step in steps if step.level == level), "")


@require_POST
def withdraw(request: ViewerRequest, competence: int) -> HttpResponse:
    levels.withdraw_level(request.viewer, competence)
    messages.success(request, _("Taken back. Nobody sees it any more."))
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
