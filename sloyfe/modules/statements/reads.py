"""Questions about statements: one's own with who sees them, and the needs an area has posted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from sloyfe.core.access import GuardedQuerySet, Viewer
from sloyfe.core.lang import label
from sloyfe.core.policy import number
from sloyfe.modules.people.public import person_names, unit_names, workplaces
from sloyfe.modules.statements.models import Audience, Helper, PostedNeed, Share, Statement

OWN = "own.page"
SAID = ("offers", "teaches", "wants", "uses", "unsure")
"""What she says and takes back in her own words, and is asked about again after a while."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One live audience of a statement, and the name when it is a person."""

    pk: int
    audience: str
    name: str


@dataclass(frozen=True, slots=True)
class Mine:
    """One thing I have said, who sees it, and whether it is time to confirm it."""

    pk: int
    kind: str
    what: str
    words: str
    confirmed_on: date
    stale: bool
    seen_by: tuple[Seen, ...]
    kept_until: date | None


def mine(viewer: Viewer) -> dict[str, list[Mine]]:
    """All I say now and what is confirmed for me, by kind, oldest first."""
    now = Q(valid_to=None) | Q(kind=Statement.Kind.CONFIRMED, valid_to__gt=viewer.day)
    rows = Statement.objects.for_viewer(viewer, OWN).filter(now, person=viewer.person_id)
    said = list(rows.select_related("competence").order_by("valid_from", "pk"))
    seen = seen_by(viewer, [row.pk for row in said])
    stale_before = viewer.day - timedelta(days=number("offer.confirm_after_days", viewer.day))
    found: dict[str, list[Mine]] = {kind.value: [] for kind in Statement.Kind}
    for row in said:
        shown = seen.get(row.pk, ())
        found[row.kind].append(
            Mine(
                pk=row.pk,
                kind=row.kind,
                what=label(row.competence, viewer.language) if row.competence else "",
                words=row.words,
                confirmed_on=row.confirmed_on,
                stale=row.kind in SAID and bool(shown) and row.confirmed_on < stale_before,
                seen_by=shown,
                kept_until=row.kept_until,
            )
        )
    return found


def stale(viewer: Viewer) -> list[str]:
    """What of mine others can see and I have not said yes to for a while, in words."""
    before = viewer.day - timedelta(days=number("offer.confirm_after_days", viewer.day))
    live = Share.objects.for_viewer(viewer, OWN).filter(statement=OuterRef("pk"), until_at=None)
    rows = own_statement(viewer).filter(Exists(live), kind__in=SAID, valid_to=None, confirmed_on__lt=before)
    said = rows.select_related("competence").order_by("valid_from", "pk")
    return [label(row.competence, viewer.language) if row.competence else row.words for row in said]


def seen_by(viewer: Viewer, statements: Iterable[int]) -> dict[int, tuple[Seen, ...]]:
    """The live audiences of these of my statements."""
    shares = Share.objects.for_viewer(viewer, OWN).filter(statement__in=list(statements), until_at=None)
    rows = list(shares.order_by("pk"))
    names = person_names(viewer, {row.to_person_id for row in rows if row.to_person_id})
    found: dict[int, list[Seen]] = {}
    for row in rows:
        found.setdefault(row.statement_id, []).append(Seen(row.pk, row.audience, names.get(row.to_person_id, "")))
    return {statement: tuple(seen) for statement, seen in found.items()}


def own_statement(viewer: Viewer) -> GuardedQuerySet:
    """The viewer's own statements, for changing one."""
    return Statement.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id)


def own_share(viewer: Viewer) -> GuardedQuerySet:
    return Share.objects.for_viewer(viewer, OWN).filter(owner=viewer.person_id, until_at=None)


def askable(viewer: Viewer) -> GuardedQuerySet:
    """Offers the viewer may see and turn to."""
    kinds = (Statement.Kind.OFFERS, Statement.Kind.TEACHES)
    return Statement.objects.for_viewer(viewer, OWN).filter(kind__in=kinds, valid_to=None)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody turned to: her name, office, how she wants to be asked, and how she is reached at work."""

    name: str
    office: str
    how: str
    topic: str
    email: str
    phone: str


def contact(viewer: Viewer, statement: Statement) -> Contact:
    helper = Helper.objects.for_viewer(viewer, "ask.use").filter(person=statement.person_id).first()
    place = workplaces([statement.person_id], viewer.day).get(statement.person_id)
    person, topic = statement.person, label(statement.competence, viewer.language) if statement.competence else ""
    return Contact(
        person.name,
        place.office if place else "",
        helper.how if helper else "",
        topic or statement.words,
        person.email,
        person.phone,
    )


def helper_of(viewer: Viewer) -> Helper:
    """How I want to be asked; an unsaved row with policy's figure when I have not said."""
    row = Helper.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id).first()
    return row or Helper(person_id=viewer.me, weekly_limit=number("ask.limit_default", viewer.day))


@dataclass(frozen=True, slots=True)
class Need:
    pk: int
    text: str
    who: str
    office: str
    posted_on: date


def area_needs(viewer: Viewer) -> list[Need]:
    """What colleagues in the area have asked for, for its resource persons."""
    rows = PostedNeed.objects.for_viewer(viewer, "need.area").filter(withdrawn_at=None)
    return _needs(viewer, rows)


def my_needs(viewer: Viewer) -> list[Need]:
    rows = PostedNeed.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id, withdrawn_at=None)
    return _needs(viewer, rows)


def own_need(viewer: Viewer) -> GuardedQuerySet:
    return PostedNeed.objects.for_viewer(viewer, OWN).filter(person=viewer.person_id, withdrawn_at=None)


def _needs(viewer: Viewer, rows: GuardedQuerySet) -> list[Need]:
    found = list(rows.order_by("-posted_at", "-pk")[:200])
    if not found:
        return []
    names = person_names(viewer, {row.person_id for row in found})
    offices = unit_names({row.unit_id for row in found})
    return [
        Need(row.pk, row.text, names.get(row.person_id, ""), offices[row.unit_id], row.posted_at.date())
        for row in found
    ]


def audiences() -> list[tuple[str, str]]:
    return [(audience.value, str(audience.label)) for audience in Audience if audience is not Audience.PERSON]
