"""What has happened before you come: plans begun in three offices, sessions held, somebody asked how it went.

Told through the same actions as the pages use, by the leaders themselves, so the gates see it all.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from sloyfe.core.access import Viewer
from sloyfe.modules.catalogue.models import Competence
from sloyfe.modules.people.models import User
from sloyfe.modules.people.public import below_any_line, staff_ids, viewer_for_person
from sloyfe.modules.plans import actions, dates
from sloyfe.modules.plans.models import FollowUp, Measure, Participant, Plan, Seat, Session
from sloyfe.modules.plans.needs import needs
from sloyfe.modules.plans.reads import units_to_plan_for
from sloyfe.modules.staffing.public import SESSIONS
from sloyfe.modules.time.public import Entry, write_ledger
from sloyfe.project.demo.content import content, words

LEADERS = ("leader_small", "leader", "leader_large")
HELD_DAYS_AGO = 16


def tell(day: date) -> None:
    usernames = {member["code"]: member["username"] for member in content("cast")["cast"]}
    for code in LEADERS:
        user = User.objects.filter(username=usernames.get(code, "")).first()
        if user is not None and user.person_id is not None:
            _one_office(viewer_for_person(user.person_id, day, "nb"), day)


def _one_office(viewer: Viewer, day: date) -> None:
    unit = next(iter(units_to_plan_for(viewer)))
    monday = day - timedelta(days=day.weekday())
    plan = actions.begin_plan(
        viewer,
        unit_id=unit,
        title=f"Læringsplan {monday.year}/{monday.year + 1 - 2000}",
        first_day=monday - timedelta(weeks=10),
        last_day=monday + timedelta(weeks=30),
    )
    found = needs(viewer, unit)
    templates = {row["competence"]: row for row in content("texts")["measures"]}
    keys = dict(Competence.objects.filter(framework__code="office-trade").values_list("pk", "key"))
    known = [need for need in found if keys.get(need.asked.competence_id) in templates][:2]
    for need in known:
        template = templates[keys[need.asked.competence_id]]
        priority = actions.choose(
            viewer, plan, competence_id=need.asked.competence_id, requirement_id=need.asked.pk, way=need.way
        )
        _measure(viewer, plan, priority.pk, template, day)
    rest = [need for need in found if need not in known]
    if rest:
        actions.not_now(
            viewer,
            plan,
            competence_id=rest[-1].asked.competence_id,
            requirement_id=rest[-1].asked.pk,
            reason=content("texts")["not_now"]["nb"][3],
        )
    _already_held(viewer, plan, day)


def _measure(viewer: Viewer, plan: Plan, priority: int, template: dict[str, Any], day: date) -> None:
    people = staff_ids(below_any_line(plan.unit_id), viewer.day)
    session = template["session"]
    taking_part = people if len(people) < 6 else people[:: max(len(people) // 18, 1)][:18]
    measure = Measure(
        priority_id=priority,
        unit_id=plan.unit_id,
        title=words(template["label"], "nb"),
        goal=words(template["goal"], "nb"),
        shows=words(template["seen_by"], "nb"),
        binding=Measure.Class.RECOMMENDED,
        responsible_id=viewer.me,
        sessions_count=min(session["number"], 3),
        minutes=session["minutes"],
        group_size=min(session["group_max"], len(taking_part)),
        gap_weeks=session["gap_weeks"],
        window_from=day,
        window_to=day + timedelta(weeks=13),
    )
    actions.write_measure(viewer, measure, people=taking_part)


def _already_held(viewer: Viewer, plan: Plan, day: date) -> None:
    """One measure was carried out this autumn; those who took part are asked now if they have used it."""
    template = content("texts")["measures"][-1]
    competence = Competence.objects.filter(key=template["competence"], framework__code="office-trade").first()
    priorities = list(plan.priorities.for_viewer(viewer, "plan.edit"))
    if competence is None or any(p.competence_id == competence.pk for p in priorities):
        return
    priority = actions.choose(viewer, plan, competence_id=competence.pk, requirement_id=None, way="learn")
    _measure(viewer, plan, priority.pk, template, day)
    measure = Measure.objects.for_viewer(viewer, "plan.edit").get(priority=priority)
    Measure.objects.for_viewer(viewer, "plan.edit").filter(pk=measure.pk).update(sessions_count=1)
    held = day - timedelta(days=HELD_DAYS_AGO)
    held -= timedelta(days=max(0, held.weekday() - 4))  # on the Friday before, if it was a weekend
    begins = timezone.make_aware(datetime.combine(held, time(12)))
    session = Session.objects.create(
        measure=measure, unit_id=plan.unit_id, starts_at=begins, ends_at=begins + timedelta(minutes=measure.minutes)
    )
    taking_part = Participant.objects.for_viewer(viewer, "plan.edit").filter(measure=measure)
    people = list(taking_part.values_list("person", flat=True))
    Seat.objects.bulk_create(Seat(session=session, unit_id=plan.unit_id, person_id=person) for person in people)
    entries = (Entry(person, session.starts_at, session.ends_at, measure.title, session.pk) for person in people)
    write_ledger(SESSIONS, entries, "booked")
    session = Session.objects.for_viewer(viewer, "plan.edit").select_related("measure").get(pk=session.pk)
    dates.mark_held(viewer, session)
    first = FollowUp.objects.for_system("the demo begins with a few answers given").filter(measure=measure)
    for row in first.order_by("person", "due_on")[:2]:
        row.answer, row.answered_on = FollowUp.Answer.SOME, day
        row.save()
