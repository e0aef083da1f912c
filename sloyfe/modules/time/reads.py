"""Questions about time: minimum staffing, learning time, calendars we see and do not see, the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from sloyfe.core.access import Viewer
from sloyfe.core.policy import number
from sloyfe.modules.people.public import units_of
from sloyfe.modules.time.models import CalendarSource, Commitment, LearningTime, MinimumStaffing


def minimum_staffing(units: Iterable[int], first: date, last: date) -> list[MinimumStaffing]:
    """Minimum staffing of these units that holds on some day of the period."""
    rows = MinimumStaffing.objects.for_system("plan sessions within the minimum staffing")
    held = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first), unit__in=list(units), valid_from__lte=last)
    return list(held.order_by("pk"))


def learning_minutes(people: Iterable[int], unit_id: int, day: date) -> dict[int, int]:
    """Learning minutes a week for each person: her nearest unit's own figure, else policy's."""
    wanted = list(people)
    units = units_of(wanted, day)
    rows = LearningTime.objects.for_system("plan within the learning time there is").on(day)
    own = dict(
        rows.filter(unit__in={u for ids in units.values() for u in ids} | {unit_id}).values_list("unit", "minutes_week")
    )
    usual = own.get(unit_id, number("plan.learning_minutes_a_week", day))
    return {p: max((own[u] for u in units.get(p, ()) if u in own), default=usual) for p in wanted}


def booked_minutes(
    people: Iterable[int], first: date, last: date, *, but: tuple[str, Iterable[int]]
) -> list[tuple[int, date, int]]:
    """Person, day and minutes of what `but[0]` has promised in these days, without the promises in `but[1]`."""
    origin, left_out = but
    rows = Commitment.objects.for_system("plan within the learning time that is not promised yet")
    live = rows.filter(origin=origin, person__in=list(people)).exclude(origin_id__in=list(left_out))
    within = live.exclude(firmness__in=(Commitment.Firmness.CANCELLED, Commitment.Firmness.PROPOSED)).filter(
        starts_at__date__gte=first, starts_at__date__lte=last
    )
    return [
        (person, timezone.localtime(start).date(), int((end - start).total_seconds()) // 60)
        for person, start, end in within.values_list("person", "starts_at", "ends_at")
    ]


@dataclass(frozen=True, slots=True)
class Source:
    """A calendar an office uses, and how far we see in it. `covers_to` None: we do not see it at all."""

    pk: int
    name: str
    kind: str
    covers_to: date | None


def sources(viewer: Viewer, units: Iterable[int]) -> list[Source]:
    rows = CalendarSource.objects.for_viewer(viewer, "plan.view").filter(unit__in=list(units)).order_by("name", "pk")
    return [Source(*row) for row in rows.values_list("pk", "name", "kind", "covers_to")]


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of a person's own ledger."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    what: str
    firmness: str


def own_weeks(viewer: Viewer, weeks: int) -> list[Promise]:
    """What the viewer has been promised time for, from this Monday and so many weeks on."""
    monday = viewer.day - timedelta(days=viewer.day.weekday())
    begin = timezone.make_aware(datetime.combine(monday, time.min))
    rows = Commitment.objects.for_viewer(viewer, "own.page").filter(
        starts_at__gte=begin, starts_at__lt=begin + timedelta(weeks=weeks)
    )
    live = rows.exclude(firmness=Commitment.Firmness.CANCELLED).order_by("starts_at", "pk")
    return [Promise(*row) for row in live.values_list("pk", "starts_at", "ends_at", "what", "firmness")]
