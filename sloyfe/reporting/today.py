"""The first page: what needs you, in order, and somebody to ask. One page, put together by what each role holds."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sloyfe.core.access import ViewerRequest
from sloyfe.core.audit.counts import looks_by_month
from sloyfe.modules.assessment.public import calling, open_to
from sloyfe.modules.catalogue.public import to_review
from sloyfe.modules.people.public import imports_of, unsettled_handovers, unsettled_roles
from sloyfe.modules.plans.public import my_sessions, needs, plans, units_to_plan_for, waiting_for
from sloyfe.modules.statements.public import area_needs, expiring, stale, to_confirm
from sloyfe.reporting.county import offices

SHOWN = 3


@require_GET
def today(request: ViewerRequest) -> HttpResponse:
    viewer = request.viewer
    context: dict[str, object] = {"waiting": [], "sessions": []}
    if viewer.may("own.page"):
        context |= {"waiting": waiting_for(viewer)[:SHOWN], "sessions": my_sessions(viewer)[:SHOWN]}
        context |= {"stale": stale(viewer), "to_confirm": to_confirm(viewer)[:SHOWN]}
        context |= {"expiring": expiring(viewer)[:SHOWN], "rounds": open_to(viewer)}
    if viewer.may("plan.edit"):
        context |= _leading(request)
    elif viewer.may("needs.view"):
        context["offices"] = offices(viewer)
    if viewer.may("catalogue.edit"):
        context["reviews"] = to_review(viewer, "directorate")[:SHOWN]
    if viewer.may("import.run"):
        context["imports"] = imports_of(viewer)[:SHOWN]
    if viewer.may("looks.count"):
        context |= {"looks": looks_by_month(viewer, months=SHOWN), "meetings": calling(viewer)[:SHOWN]}
    if viewer.may("need.area"):
        context["asked"] = area_needs(viewer)[:SHOWN]
    if viewer.may("role.follow"):
        context |= {"unsettled": unsettled_roles(viewer)[:SHOWN], "handovers": unsettled_handovers(viewer)[:SHOWN]}
        context["may_settle"] = viewer.may("role.edit")
    return render(request, "reporting/today.html", context)


def _leading(request: ViewerRequest) -> dict[str, object]:
    """What a leader meets: her offices' plans and what they lack first, one office at a time."""
    units = units_to_plan_for(request.viewer)
    office = next(iter(units), None)
    found = needs(request.viewer, office) if office else []
    return {
        "office": units.get(office or 0, ""),
        "office_id": office,
        "lacks": found[:SHOWN],
        "lacks_more": len(found) > SHOWN,
        "own_plans": list(plans(request.viewer, "plan.edit")[:SHOWN]),
    }
