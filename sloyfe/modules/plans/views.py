"""Pages of the needs and the plan."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sloyfe.core.access import ViewerRequest
from sloyfe.core.policy import number
from sloyfe.core.ui.forms import posted
from sloyfe.modules.catalogue.public import causes_for, waiting_agreements
from sloyfe.modules.plans import actions, dates, reads
from sloyfe.modules.plans import closing as agreeing
from sloyfe.modules.plans.colleagues import Office, office_of_colleagues
from sloyfe.modules.plans.coming import coming_here
from sloyfe.modules.plans.cover import resting
from sloyfe.modules.plans.forms import ClosingForm, MeasureForm, PlanForm, ReasonForm
from sloyfe.modules.plans.ground import ground_of
from sloyfe.modules.plans.models import Measure, NotNow, Plan, Priority, Session
from sloyfe.modules.plans.needs import Need, needs, needs_on
from sloyfe.modules.staffing.public import earliest_day, latest_proposal, proposals
from sloyfe.modules.time.public import sources

EDIT = "plan.edit"


@require_GET
def need_list(request: ViewerRequest) -> HttpResponse:
    """What the offices the viewer answers for lack; one office at a time."""
    units = reads.units_to_see_needs(request.viewer)
    chosen = _chosen_unit(request, units)
    ground = ground_of(request.viewer, chosen, causes_for(request.viewer, chosen)) if chosen else None
    found = needs_on(request.viewer, ground) if ground else []
    plan = reads.open_plan(request.viewer, chosen) if chosen else None
    context = {
        "may_agree": request.viewer.may(EDIT),
        "may_map": request.viewer.may("round.edit"),
        "waiting": waiting_agreements(request.viewer) if request.viewer.may(EDIT) else 0,
        "rests": resting(request.viewer, ground) if ground else None,
        "coming": coming_here(ground) if ground else [],
        "units": units,
        "unit": chosen,
        "unit_name": units.get(chosen or 0, ""),
        **_by_reach(found),
        "plan": plan,
    }
    return render(request, "plans/needs.html", context)


def _by_reach(found: list[Need]) -> dict[str, list[Need]]:
    """What the office must offer together stands first, then what the area must, then what is asked of each."""
    reaches = {"of_unit": "unit", "of_area": "area", "of_each": "each"}
    return {name: [need for need in found if need.asked.reach == reach] for name, reach in reaches.items()}


def _chosen_unit(request: ViewerRequest, units: dict[int, str]) -> int | None:
    asked = request.GET.get("unit", "")
    if not asked:
        return next(iter(units), None)
    if _number(asked) not in units:
        raise Http404
    return _number(asked)


@require_GET
def plan_list(request: ViewerRequest) -> HttpResponse:
    found = reads.plans(request.viewer)
    context = {"plans": list(found[:100]), "may_begin": request.viewer.may(EDIT)}
    return render(request, "plans/list.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: ViewerRequest) -> HttpResponse:
    units = reads.units_to_plan_for(request.viewer)
    day = request.viewer.day
    start = {"title": _("Learning plan"), "first_day": day, "last_day": day + timedelta(weeks=26)}
    form = PlanForm(posted(request), units=units, initial=start)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        plan = actions.begin_plan(
            request.viewer,
            unit_id=data["unit"],
            title=data["title"],
            first_day=data["first_day"],
            last_day=data["last_day"],
        )
        messages.success(request, _("The plan is begun. Choose what matters most."))
        return redirect("plan", plan.pk)
    return render(request, "plans/begin.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def plan(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(reads.plans(request.viewer), pk=pk)
    may_edit = reads.plans(request.viewer, EDIT).filter(pk=pk).exists()
    whole = reads.overview(request.viewer, row)
    left = _by_reach(_not_dealt_with(request, whole) if may_edit else [])
    context = {
        "plan": row,
        "whole": whole,
        "may_edit": may_edit,
        "open_needs": left["of_unit"] + left["of_area"],
        "each_needs": left["of_each"],
        "proposal": latest_proposal(request.viewer, "plan", row.pk) if may_edit else None,
        "earliest": earliest_day(request.viewer.day),
        "notice": number("plan.notice_days", request.viewer.day),
        "unseen": [one.name for one in sources(request.viewer, [row.unit_id]) if not one.covers_to],
    }
    return render(request, "plans/plan.html", context)


def _not_dealt_with(request: ViewerRequest, whole: reads.Overview) -> list[Need]:
    dealt = {line.priority.competence_id for line in whole.priorities} | {row.competence_id for row, _ in whole.not_now}
    return [need for need in needs(request.viewer, whole.plan.unit_id) if need.asked.competence_id not in dealt]


def _editable_plan(request: ViewerRequest, pk: int) -> Plan:
    return get_object_or_404(reads.plans(request.viewer, EDIT), pk=pk)


@require_POST
def choose(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _editable_plan(request, pk)
    need = _need(request, row)
    try:
        actions.choose(
            request.viewer,
            row,
            competence_id=need.asked.competence_id,
            requirement_id=need.asked.pk,
            way=need.way,
        )
        messages.success(request, _("In the plan. Now say what you will do about it."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("plan", pk)


@require_http_methods(["GET", "POST"])
def not_now(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _editable_plan(request, pk)
    competence = _number(request.POST.get("competence") or request.GET.get("competence"))
    topic = reads.competence_label(request.viewer, competence)
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if request.method == "POST" and form.is_valid():
        actions.not_now(
            request.viewer, row, competence_id=competence, requirement_id=None, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("Not now. The reason stands in the plan for everybody to see."))
        return redirect("plan", pk)
    context = {
        "plan": row,
        "form": form,
        "topic": topic,
        "key": competence,
    }
    return render(request, "plans/not_now.html", context, status=422 if form.errors else 200)


@require_POST
def undo_not_now(request: ViewerRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(NotNow.objects.for_viewer(request.viewer, EDIT), pk=pk)
    actions.undo_not_now(request.viewer, row)
    return redirect("plan", row.plan_id)


def _need(request: ViewerRequest, row: Plan) -> Need:
    wanted = _number(request.POST.get("requirement"))
    for need in needs(request.viewer, row.unit_id):
        if need.asked.pk == wanted:
            return need
    raise Http404


def _number(text: str | None) -> int:
    if not text or not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


@require_http_methods(["GET", "POST"])
def new_measure(request: ViewerRequest, pk: int) -> HttpResponse:
    rows = Priority.objects.for_viewer(request.viewer, EDIT).select_related("plan", "competence")
    priority = get_object_or_404(rows, pk=pk)
    begin_on = max(request.viewer.day, priority.plan.valid_from)
    last = (priority.plan.valid_to or begin_on) - timedelta(days=1)
    office = office_of_colleagues(request.viewer, priority.unit_id)
    measure = Measure(
        priority=priority,
        unit_id=priority.unit_id,
        title=reads.competence_label(request.viewer, priority.competence_id),
        responsible_id=request.viewer.me,
        group_size=max(min(Measure.GROUP_SIZE, len(office.people)), 1),
        window_from=begin_on,
        window_to=max(begin_on, min(last, begin_on + timedelta(weeks=13))),
    )
    return _measure_form(request, measure, office, office.suggested)


@require_http_methods(["GET", "POST"])
def edit_measure(request: ViewerRequest, pk: int) -> HttpResponse:
    rows = Measure.objects.for_viewer(request.viewer, EDIT).select_related("priority__plan")
    measure = get_object_or_404(rows, pk=pk)
    office = office_of_colleagues(request.viewer, measure.unit_id)
    return _measure_form(request, measure, office, reads.participants(request.viewer, measure))


def _measure_form(request: ViewerRequest, measure: Measure, office: Office, taking_part: list[int]) -> HttpResponse:
    form = MeasureForm(posted(request), instance=measure, office=office, taking_part=taking_part)
    if request.method == "POST" and form.is_valid():
        actions.write_measure(request.viewer, form.save(commit=False), people=form.cleaned_data["people"])
        messages.success(request, _("Saved. When the measures are in place, look for time."))
        return redirect("plan", measure.priority.plan_id)
    context = {"form": form, "plan": measure.priority.plan, "measure": measure}
    return render(request, "plans/measure.html", context, status=422 if form.errors else 200)


@require_POST
def drop_measure(request: ViewerRequest, pk: int) -> HttpResponse:
    rows = Measure.objects.for_viewer(request.viewer, EDIT).select_related("priority")
    measure = get_object_or_404(rows, pk=pk)
    actions.drop_measure(request.viewer, measure)
    messages.success(request, _("Taken out. Dates it had are given back."))
    return redirect("plan", measure.priority.plan_id)


@require_POST
def find_time(request: ViewerRequest, pk: int) -> HttpResponse:
    row = _editable_plan(request, pk)
    try:
        proposal = dates.look_for_time(request.viewer, row)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("plan", pk)
    return redirect("job", proposal.job_id)


@require_POST
def find_new_dates(request: ViewerRequest, pk: int) -> HttpResponse:
    """Other dates for one measure. Nothing moves before the proposal is taken."""
    rows = Measure.objects.for_viewer(request.viewer, EDIT).select_related("priority__plan")
    measure = get_object_or_404(rows, pk=pk)
    try:
        proposal = dates.look_for_new_time(request.viewer, measure)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("plan", measure.priority.plan_id)
    return redirect("job", proposal.job_id)


@require_POST
def take_dates(request: ViewerRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(proposals(request.viewer, EDIT), pk=pk, origin="plan")
    row = _editable_plan(request, proposal.origin_id)
    was_draft = row.state == Plan.State.DRAFT
    try:
        count = dates.take_dates(request.viewer, row, proposal)
        said = ngettext(
            "One session has a date. Everybody sees their own.",
            "%(n)s sessions have dates. Everybody sees their own.",
            count,
        )
        adopted = _("With that the plan is adopted.") if was_draft else ""
        messages.success(request, f"{said % {'n': count}} {adopted}".strip())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("plan", row.pk)


@require_POST
def held(request: ViewerRequest, pk: int) -> HttpResponse:
    rows = Session.objects.for_viewer(request.viewer, EDIT).select_related("measure__priority")
    session = get_object_or_404(rows, pk=pk)
    try:
        dates.mark_held(request.viewer, session)
        messages.success(request, _("Marked as held. In two weeks those who took part are asked if they have used it."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("plan", session.measure.priority.plan_id)


@require_http_methods(["GET", "POST"])
def closing(request: ViewerRequest, pk: int) -> HttpResponse:
    rows = Measure.objects.for_viewer(request.viewer, EDIT).select_related("priority__plan")
    measure = get_object_or_404(rows, pk=pk)
    form = ClosingForm(posted(request), initial={"closing": measure.closing})
    if request.method == "POST" and form.is_valid():
        if agreeing.propose_closing(request.viewer, measure, closing=form.cleaned_data["closing"]):
            messages.success(request, _("The loop is closed."))
        else:
            messages.success(request, _("Sent to those who took part. It stands when more than half of them agree."))
        return redirect("plan", measure.priority.plan_id)
    context = {"form": form, "measure": measure, "other_views": reads.other_views([measure.pk])[measure.pk]}
    return render(request, "plans/closing.html", context, status=422 if form.errors else 200)
