"""A person's own sessions as a calendar feed (RFC 5545). The secret address is the key, and can be renewed."""

from __future__ import annotations

import secrets

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from sloyfe.core.access import Viewer, save_as
from sloyfe.modules.people.public import User, workplaces
from sloyfe.modules.plans.models import Feed, Seat, Session

OWN = "own.page"


def address_of(viewer: Viewer, request: HttpRequest) -> str:
    """The address, empty until she has asked for one."""
    row = Feed.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id).first()
    return request.build_absolute_uri(reverse("my-feed", args=[row.token])) if row else ""


def renew(viewer: Viewer) -> Feed:
    """A new address; the old one is dead from now on."""
    row = Feed.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id).first()
    row = row or Feed(person_id=viewer.me)
    row.token = secrets.token_urlsafe(32)
    return save_as(viewer, row, OWN)


def calendar_for(token: str) -> bytes:
    """Everything that belongs to the holder of the address. Http404 when there is none."""
    feed = Feed.objects.for_system("a calendar feed is opened by its secret address").filter(token=token).first()
    if feed is None or not _may_still_come_in(feed.person_id):
        raise Http404
    calendar = Calendar()
    calendar.add("prodid", "-//Sløyfe//learning plan//NO")
    calendar.add("version", "2.0")
    for seat in _seats(feed.person_id):
        calendar.add_component(_event(seat.session))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _may_still_come_in(person_id: int) -> bool:
    """The address is a way in as good as a password, and is worth no more when she has left or is shut out."""
    shut_out = User.objects.filter(person=person_id, is_active=False).exists()
    return not shut_out and bool(workplaces([person_id], timezone.localdate()))


def _seats(person_id: int) -> list[Seat]:
    rows = Seat.objects.for_system("a calendar feed shows its owner her own sessions").filter(person=person_id)
    live = rows.exclude(session__state=Session.State.CANCELLED).select_related("session__measure")
    return list(live.order_by("session__starts_at", "pk")[:500])


def _event(session: Session) -> Event:
    event = Event()
    event.add("uid", f"session-{session.pk}@sloyfe")
    event.add("summary", session.measure.title)
    event.add("description", session.measure.goal)
    event.add("dtstart", timezone.localtime(session.starts_at))
    event.add("dtend", timezone.localtime(session.ends_at))
    event.add("dtstamp", session.starts_at)
    return event
