"""Questions about plans: which there are, what stands in one, whose sessions come, what waits for an answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils import timezone

from sloyfe.core.access import GuardedQuerySet, Line, Viewer
from sloyfe.core.lang import label
from sloyfe.core.policy import number
from sloyfe.modules.catalogue.public import topic
from sloyfe.modules.people.public import (
    below_any_line,
    person_names,
    staff_ids,
    unit_names,
    workplace_names,
)
from sloyfe.modules.plans.models import FollowUp, Measure, NotNow, OtherView, Participant, Plan, Priority, Seat, Session
from sloyfe.modules.plans.session_list import SessionList, session_list
from sloyfe.modules.time.public import learning_minutes

VIEW, EDIT, OWN = "plan.view", "plan.edit", "own.page"


def plans(viewer: Viewer, capability: str = VIEW) -> GuardedQuerySet:
    return Plan.objects.for_viewer(viewer, capability).select_related("unit")


def units_to_plan_for(viewer: Viewer) -> dict[int, str]:
    """The workplaces the viewer may plan for: where she holds the role herself, not everything below."""
    roots = {grant.unit_id for grant in viewer.grants_for(EDIT) if grant.unit_id is not None}
    return dict(sorted(unit_names(roots).items(), key=lambda item: (item[1], item[0])))


def units_to_see_needs(viewer: Viewer) -> dict[int, str]:
    """The workplaces whose needs the viewer may see: her own, or for a county those below it."""
    units: set[int] = set()
    for line in Line:
        units |= viewer.units("needs.view", line) or frozenset()
    return dict(sorted(workplace_names(units, viewer.day).items(), key=lambda item: (item[1], item[0])))


def open_plan(viewer: Viewer, unit_id: int) -> Plan | None:
    """The unit's plan for today or the nearest one to come."""
    live = plans(viewer).filter(unit=unit_id, valid_to__gt=viewer.day).exclude(state=Plan.State.CLOSED)
    return live.order_by("valid_from", "pk").first()


def competence_label(viewer: Viewer, competence_id: int) -> str:
    found = topic(competence_id, viewer.language)
    if found is None:
        raise Http404
    return found.label


def own_follow_ups(viewer: Viewer) -> GuardedQuerySet:
    return FollowUp.objects.for_viewer(viewer, OWN).filter(due_on__lte=viewer.day).select_related("measure")


def own_part(viewer: Viewer) -> GuardedQuerySet:
    return Participant.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id).select_related("measure")


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A measure with its dates. `people` are named only when they said yes, or to whoever makes the plan.

    `closing` is the sentence agreed on, or for whoever makes the plan the one proposed. `agreed` is how many have
    agreed, and None when they are so few that the number points at somebody. `other_views` are words without names.
    """

    measure: Measure
    sessions: tuple[Session, ...]
    people: tuple[str, ...]
    people_count: int
    minutes_total: int
    closing: str
    agreed: int | None
    some_agreed: bool
    other_views: tuple[str, ...]

    @property
    def dates(self) -> SessionList:
        return session_list(self.sessions, timezone.now())

    @property
    def held(self) -> bool:
        return any(session.state == Session.State.HELD for session in self.sessions)


@dataclass(frozen=True, slots=True)
class PriorityLine:
    priority: Priority
    competence: str
    measures: tuple[MeasureLine, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A plan whole: priorities with measures and dates, what is not now, and the sums, in minutes."""

    plan: Plan
    priorities: tuple[PriorityLine, ...]
    not_now: tuple[tuple[NotNow, str], ...]
    people: int
    minutes_week: int
    minutes_asked: int
    minutes_there: int
    limit: int
    stations: tuple[int, int, int, int, int]

    @property
    def room_for_more(self) -> bool:
        return len(self.priorities) < self.limit


def overview(viewer: Viewer, plan: Plan) -> Overview:
    priorities = list(
        Priority.objects.for_viewer(viewer, VIEW).filter(plan=plan).select_related("competence").order_by("place", "pk")
    )
    lines = _measure_lines(viewer, priorities)
    staff = staff_ids(below_any_line(plan.unit_id), viewer.day)
    a_week = sum(learning_minutes(staff, plan.unit_id, viewer.day).values())
    weeks = max(((plan.valid_to or viewer.day) - plan.valid_from).days // 7, 1)
    later = NotNow.objects.for_viewer(viewer, VIEW).filter(plan=plan).select_related("competence").order_by("pk")
    every = [line for found in lines.values() for line in found]
    return Overview(
        plan=plan,
        priorities=tuple(PriorityLine(p, label(p.competence, viewer.language), tuple(lines[p.pk])) for p in priorities),
        not_now=tuple((row, label(row.competence, viewer.language)) for row in later),
        people=len(staff),
        minutes_week=a_week,
        minutes_asked=sum(line.minutes_total for line in every),
        minutes_there=a_week * weeks,
        limit=number("plan.priorities_at_most", viewer.day),
        stations=_stations(priorities, every, later.count()),
    )


def _measure_lines(viewer: Viewer, priorities: list[Priority]) -> dict[int, list[MeasureLine]]:
    measures = list(
        Measure.objects.for_viewer(viewer, VIEW)
        .filter(priority__in=priorities)
        .select_related("responsible", "priority__plan__unit")
        .order_by("pk")
    )
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in Session.objects.for_viewer(viewer, VIEW).filter(measure__in=measures).order_by("starts_at", "pk"):
        sessions[session.measure_id].append(session)
    counted = Participant.objects.for_system("how many take part, and how many have agreed; never who")
    everybody = list(counted.filter(measure__in=measures).values_list("measure", "agreed_closing_on"))
    named = Participant.objects.for_viewer(viewer, VIEW).filter(measure__in=measures).values_list("measure", "person")
    seen = [
        *named,
        *Participant.objects.for_viewer(viewer, EDIT).filter(measure__in=measures).values_list("measure", "person"),
    ]
    reach = [viewer.units(EDIT, line) for line in Line]
    otherwise = other_views([m.pk for m in measures if m.closing and not m.closed_on])
    least = number("people.counted_at_least", viewer.day)
    names = person_names(viewer, {person for _measure, person in seen})
    found: dict[int, list[MeasureLine]] = defaultdict(list)
    for measure in measures:
        agreed = [on for key, on in everybody if key == measure.pk]
        found[measure.priority_id].append(
            MeasureLine(
                measure=measure,
                sessions=tuple(sessions[measure.pk]),
                people=tuple(sorted({names[p] for key, p in seen if key == measure.pk and p in names})),
                people_count=len(agreed),
                minutes_total=len(agreed) * measure.minutes * measure.sessions_count,
                closing=measure.closing if measure.closed_on or _in(measure.unit_id, reach) else "",
                agreed=sum(1 for on in agreed if on) if len(agreed) >= least else None,
                some_agreed=any(agreed),
                other_views=tuple(otherwise[measure.pk]) if _in(measure.unit_id, reach) else (),
            )
        )
    return found


def other_views(measures: list[int]) -> dict[int, list[str]]:
    """What has been said against the sentence of each measure, for whoever makes the plan; never by whom."""
    found: dict[int, list[str]] = defaultdict(list)
    if measures:
        rows = OtherView.objects.for_system("words to whoever makes the plan, without names").order_by("words")
        for measure, words in rows.filter(measure__in=measures).values_list("measure", "words"):
            found[measure].append(words)
    return found


def _in(unit_id: int, reach: list[frozenset[int] | None]) -> bool:
    return any(units is None or unit_id in units for units in reach)


def _stations(priorities: list[Priority], lines: list[MeasureLine], later: int) -> tuple[int, int, int, int, int]:
    """The loop on a plan: need known, in the plan, has time, held, closed."""
    timed = sum(1 for line in lines if line.sessions)
    held = sum(1 for line in lines if line.held)
    closed = sum(1 for line in lines if line.measure.closed_on)
    return len(priorities) + later, len(priorities), timed, held, closed


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for the viewer herself: «have you used it?», or a sentence to agree on."""

    pk: int
    kind: str
    title: str
    text: str
    held_on: date | None = None


def waiting_for(viewer: Viewer) -> list[Waiting]:
    due = FollowUp.objects.for_viewer(viewer, OWN).filter(due_on__lte=viewer.day, answered_on=None)
    rows = due.annotate(held=Subquery(_held(viewer).values("session__starts_at")[:1])).select_related("measure")
    asked = [
        Waiting(row.pk, "follow_up", row.measure.title, row.measure.goal, _day(row.held))
        for row in rows.order_by("due_on", "pk")
    ]
    open_ones = Participant.objects.for_viewer(viewer, OWN).filter(
        person=viewer.person_id, agreed_closing_on=None, measure__closed_on=None
    )
    answered = OtherView.objects.for_viewer(viewer, OWN).values("measure")
    sentences = open_ones.exclude(measure__closing="").exclude(measure__in=answered).select_related("measure")
    return asked + [Waiting(p.pk, "closing", p.measure.title, p.measure.closing) for p in sentences.order_by("pk")]


def last_held(viewer: Viewer, follow_up: FollowUp) -> date | None:
    """The day of the last session of its measure that the viewer herself was in and that has been held."""
    own = FollowUp.objects.for_viewer(viewer, OWN).filter(pk=follow_up.pk)
    return _day(own.values_list(Subquery(_held(viewer).values("session__starts_at")[:1]), flat=True).first())


def _held(viewer: Viewer) -> GuardedQuerySet:
    """Her seats in held sessions of the measure that is asked about around it, the last first."""
    mine = Seat.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id, session__measure=OuterRef("measure"))
    return mine.filter(session__state=Session.State.HELD).order_by("-session__starts_at")


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


@dataclass(frozen=True, slots=True)
class MySession:
    starts_at: datetime
    ends_at: datetime
    title: str
    goal: str
    number: int
    of: int
    session_id: int
    participant_id: int | None
    named: bool


def my_sessions(viewer: Viewer) -> list[MySession]:
    """The viewer's own sessions from today on."""
    seats = Seat.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id)
    rows = seats.exclude(session__state=Session.State.CANCELLED).select_related("session__measure")
    ahead = list(rows.filter(session__ends_at__date__gte=viewer.day).order_by("session__starts_at", "pk"))
    if not ahead:
        return []
    takes_part = {p.measure_id: p for p in Participant.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id)}
    found = []
    for seat in ahead:
        session, measure = seat.session, seat.session.measure
        mine = takes_part.get(measure.pk)
        found.append(
            MySession(
                session.starts_at,
                session.ends_at,
                measure.title,
                measure.goal,
                session.number,
                measure.sessions_count,
                session.pk,
                mine.pk if mine else None,
                bool(mine and mine.named),
            )
        )
    return found


def participants(viewer: Viewer, measure: Measure) -> list[int]:
    rows = Participant.objects.for_viewer(viewer, EDIT).filter(measure=measure)
    return list(rows.order_by("person").values_list("person", flat=True))
