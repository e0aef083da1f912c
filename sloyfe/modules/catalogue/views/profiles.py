"""Requirement profiles and what they ask."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import OutOfReach, ViewerRequest
from sloyfe.core.lang import label
from sloyfe.modules.catalogue.actions import requirements as actions
from sloyfe.modules.catalogue.forms.requirements import NewRequirementForm, ProfileForm, RequirementForm
from sloyfe.modules.catalogue.models import Profile, Step
from sloyfe.modules.catalogue.reads import profiles as reads
from sloyfe.modules.catalogue.reads.competences import scale_steps
from sloyfe.modules.catalogue.views.editing import GET_POST, posted, refused

PER_PAGE = 40


@require_GET
def profiles(request: ViewerRequest) -> HttpResponse:
    asked = " ".join(request.GET.get("q", "").split())[:200]
    context: dict[str, object] = {"asked": asked, "may_make": _may_make(request)}
    if asked:
        context["lines"] = reads.profiles_found(request.viewer, asked)
    else:
        page = Paginator(reads.profiles(request.viewer), PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "lines": reads.profile_lines(request.viewer, page.object_list)}
    return render(request, "catalogue/profiles.html", context)


def _may_make(request: ViewerRequest) -> bool:
    return reads.sets_everywhere(request.viewer) or bool(reads.units_set(request.viewer))


@require_GET
def profile(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _profile(pk)
    page = Paginator(reads.asked_now(request.viewer, row), PER_PAGE * 2).get_page(request.GET.get("page"))
    context = {
        "told": reads.profile_page(request.viewer, row),
        "page": page,
        "before": reads.asked_before(request.viewer, row),
    }
    return render(request, "catalogue/profile.html", context)


@require_http_methods(GET_POST)
def new(request: ViewerRequest) -> HttpResponse:
    return _save(request, Profile(), _("A new requirement profile"))


@require_http_methods(GET_POST)
def edit(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _profile(pk)
    _must_set(request, row)
    return _save(request, row, label(row, request.viewer.language))


def _save(request: ViewerRequest, row: Profile, heading: str) -> HttpResponse:
    within = None if reads.sets_everywhere(request.viewer) else reads.units_set(request.viewer)
    initial = ProfileForm.initial_of(row) if row.pk else {}
    form = ProfileForm(posted(request), within=within, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_profile(request.viewer, row, form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("catalogue-profile", saved.pk)
        except ValidationError as error:
            refused(form, error)
    context = {"form": form, "heading": heading, "back_to_profile": row.pk}
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_POST)
def ask(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _profile(pk)
    _must_set(request, row)
    form = NewRequirementForm(posted(request), steps=common_steps(), language=request.viewer.language)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.ask_for(request.viewer, row, data["competence"], reach=data["reach"], values=form.told())
            messages.success(request, _("Saved. It is asked from today."))
            return redirect("catalogue-profile", pk)
        except ValidationError as error:
            refused(form, error)
    context = {"form": form, "heading": label(row, request.viewer.language), "back_to_profile": pk}
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


def common_steps() -> list[Step]:
    """Levels to choose among before the competence is known: those of the scale most of ours use."""
    first = Step.objects.order_by("scale").values_list("scale", flat=True)[:1]
    return list(Step.objects.filter(scale__in=first).order_by("level"))


@require_http_methods(GET_POST)
def change(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.requirements_set_by(request.viewer), pk=pk)
    form = RequirementForm(
        posted(request),
        steps=scale_steps(row.competence),
        language=request.viewer.language,
        initial=RequirementForm.initial_of(row),
    )
    if request.method == "POST" and form.is_valid():
        actions.change_requirement(request.viewer, row, form.told())
        messages.success(request, _("Saved. It is asked from today; what was asked before is kept."))
        return redirect("catalogue-profile", row.profile_id)
    context = {
        "form": form,
        "heading": label(row.competence, request.viewer.language),
        "state": label(row.profile, request.viewer.language),
        "back_to_profile": row.profile_id,
    }
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.requirements_set_by(request.viewer), pk=pk)
    actions.end_requirement(request.viewer, row)
    messages.success(request, _("It is no longer asked. What was asked before is kept."))
    return redirect("catalogue-profile", row.profile_id)


def _profile(pk: int) -> Profile:
    found: Profile = get_object_or_404(Profile.objects.select_related("unit", "role", "framework"), pk=pk)
    return found


def _must_set(request: ViewerRequest, row: Profile) -> None:
    if not reads.may_set(request.viewer, row):
        raise OutOfReach("the profile reaches further than where this viewer sets requirements")
