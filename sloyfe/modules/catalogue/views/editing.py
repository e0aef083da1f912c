"""Editing the catalogue: a competence with its words and levels, and what offices call it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.lang import label
from sloyfe.modules.catalogue.actions import competences as actions
from sloyfe.modules.catalogue.actions import terms
from sloyfe.modules.catalogue.forms.competences import CompetenceForm, LevelsForm, NewCompetenceForm, TermForm
from sloyfe.modules.catalogue.models import AltLabel, Competence, Framework, Status
from sloyfe.modules.catalogue.reads.competences import competences, scale_steps
from sloyfe.modules.catalogue.reads.terms import speaks_for

GET_POST = ["GET", "POST"]


def posted(request: ViewerRequest) -> Any:
    """What a form is bound to: everything that was posted, also when that is nothing."""
    return request.POST if request.method == "POST" else None


def refused(form: BaseForm, error: ValidationError) -> None:
    """What an action would not do, said at the field it is about when the form has it."""
    told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in told.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


@require_http_methods(GET_POST)
def new(request: ViewerRequest) -> HttpResponse:
    """Choose the framework first, since that decides which areas there are."""
    choice = NewCompetenceForm(posted(request))
    if request.method == "POST" and choice.is_valid():
        return redirect("catalogue-new-in", choice.cleaned_data["framework"].pk)
    if Framework.objects.count() == 1:
        return redirect("catalogue-new-in", Framework.objects.get().pk)
    context = {"form": choice, "heading": _("A new competence"), "button": _("Go on")}
    return render(request, "catalogue/form.html", context, status=422 if choice.errors else 200)


@require_http_methods(GET_POST)
def new_in(request: ViewerRequest, pk: int) -> HttpResponse:
    framework = get_object_or_404(Framework, pk=pk)
    form = CompetenceForm(
        posted(request), framework=framework, language=request.viewer.language, initial={"status": Status.PUBLISHED}
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.make(request.viewer, framework, **form.told())
            messages.success(request, _("Saved. It can be found now."))
            return redirect("catalogue-competence", row.pk)
        except ValidationError as error:
            refused(form, error)
    context = {"form": form, "heading": _("A new competence"), "state": label(framework, request.viewer.language)}
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_POST)
def edit(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(competences(request.viewer), pk=pk)
    form = CompetenceForm(
        posted(request),
        framework=row.framework,
        language=request.viewer.language,
        initial=CompetenceForm.initial_of(row),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(request.viewer, row, **form.told())
            messages.success(request, _("Saved."))
            return redirect("catalogue-competence", pk)
        except ValidationError as error:
            refused(form, error)
    context = {"form": form, "heading": label(row, request.viewer.language), "back": pk}
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_POST)
def levels(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(competences(request.viewer), pk=pk)
    steps = scale_steps(row)
    form = LevelsForm(posted(request), row=row, steps=steps, language=request.viewer.language)
    if not form.levels:
        raise Http404
    if request.method == "POST" and form.is_valid():
        actions.word_levels(request.viewer, row, form.told())
        messages.success(request, _("Saved."))
        return redirect("catalogue-competence", pk)
    context = {
        "form": form,
        "heading": label(row, request.viewer.language),
        "state": _("What each level means for just this. Left empty, the words of the scale are used."),
        "back": pk,
    }
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


@require_POST
def add_term(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(competences(request.viewer), pk=pk)
    units, everybody = speaks_for(request.viewer)
    form = TermForm(request.POST, units=units, everybody=everybody)
    if form.is_valid():
        data = form.cleaned_data
        try:
            told = {"text": data["text"], "language": data["language"], "unit_id": data["unit"]}
            terms.add_term(request.viewer, row, **told)
            messages.success(request, _("Saved. Colleagues find it under this word too."))
            return redirect("catalogue-competence", pk)
        except ValidationError as error:
            refused(form, error)
    context = {"form": form, "heading": label(row, request.viewer.language), "back": pk}
    return render(request, "catalogue/form.html", context, status=422)


@require_POST
def remove_term(request: ViewerRequest, pk: int) -> HttpResponse:
    said_here = AltLabel.objects.select_related("competence")
    term = get_object_or_404(said_here.exclude(unit=None, ours=False), pk=pk)
    competence: Competence = term.competence
    terms.remove_term(request.viewer, term)
    messages.success(request, _("The word is taken away."))
    return redirect("catalogue-competence", competence.pk)
