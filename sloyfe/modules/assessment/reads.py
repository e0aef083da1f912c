"""Questions about rounds: those that reach somebody, those she may set up, and how far she has come herself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from sloyfe.core.access import GuardedQuerySet, Line, Post, Viewer
from sloyfe.modules.assessment.models import EDIT, REMARK, VIEW, Heard, Participation, Round
from sloyfe.modules.people.public import above_on, every_workplace, unit_and_above, working, workplace_names
from sloyfe.modules.statements.public import Occasion, finds_occasions


def rounds(viewer: Viewer, capability: str = VIEW) -> GuardedQuerySet:
    return Round.objects.for_viewer(viewer, capability).select_related("unit")


def reaching(viewer: Viewer) -> GuardedQuerySet:
    """Rounds for where the viewer works: on her own line, or for both. The same as `parties.scope` says from above."""
    near = Q(pk__in=())
    for post in viewer.posts:
        near |= _over(post)
    return rounds(viewer).filter(near)


def _over(post: Post) -> Q:
    here = Q(line="", unit__in=sorted(unit_and_above(post.unit_id)))
    return here | Q(line=post.line.value, unit__in=sorted(above_on(post.unit_id, post.line)))


def _heard_for(viewer: Viewer, post: Post) -> Q:
    """Whether the union was heard at whoever employs the viewer here today: employers may come after it has opened."""
    work = working(viewer.day).filter(person=viewer.person_id, unit=post.unit_id, line=post.line.value)
    rows = Heard.objects.for_viewer(viewer, VIEW).filter(round=OuterRef("pk"), edition=OuterRef("edition"))
    unions = rows.filter(party=Heard.Party.UNION, employer__in=work.values("employer")).exclude(outcome="")
    return Q(Exists(unions))


def open_to(viewer: Viewer) -> list[Round]:
    """The rounds the viewer can answer today, each with `begun`; the one that closes first before the rest."""
    return list(_open_to(viewer))


def _open_to(viewer: Viewer) -> GuardedQuerySet:
    today = {"state": Round.State.OPEN, "opens_on__lte": viewer.day, "closes_on__gte": viewer.day}
    hers = Q(pk__in=())
    for post in viewer.posts:
        hers |= _over(post) & _heard_for(viewer, post)
    mine = Participation.objects.for_viewer(viewer, "own.page").filter(round=OuterRef("pk"), person=viewer.person_id)
    found: GuardedQuerySet = rounds(viewer).filter(hers, **today).annotate(begun=Exists(mine))
    return found.order_by("closes_on", "pk")


@dataclass(frozen=True, slots=True)
class Listed:
    """One round in the list, and whether it is for where the viewer works."""

    pk: int
    title: str
    unit: str
    state: str
    state_words: str
    opens_on: date
    closes_on: date
    delete_on: date
    mine: bool


AT_MOST = 100


def listed(viewer: Viewer) -> list[Listed]:
    """The newest rounds, those that reach the viewer first. What is only being prepared elsewhere is left out."""
    mine = set(reaching(viewer).values_list("pk", flat=True))
    hers = set(rounds(viewer, EDIT).values_list("pk", flat=True)) if viewer.may(EDIT) else set()
    hers |= set(heard_rows(viewer, REMARK).values_list("round", flat=True)) if viewer.may(REMARK) else set()
    found = rounds(viewer).exclude(~Q(pk__in=sorted(mine | hers)), state=Round.State.DRAFT)
    rows = sorted(found[:AT_MOST], key=lambda row: row.pk not in mine)
    return [_listed(row, row.pk in mine) for row in rows]


def _listed(row: Round, mine: bool) -> Listed:
    return Listed(
        pk=row.pk,
        title=row.title,
        unit=row.unit.name,
        state=row.state,
        state_words=str(row.get_state_display()),
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        delete_on=row.delete_on,
        mine=mine,
    )


def heard_rows(viewer: Viewer, capability: str = EDIT) -> GuardedQuerySet:
    return Heard.objects.for_viewer(viewer, capability)


def own_words_open(viewer: Viewer, round_: Round) -> list[Heard]:
    """Meetings about a round that the viewer may add her party's own words to."""
    if not viewer.may(REMARK):
        return []
    return list(heard_rows(viewer, REMARK).filter(round=round_.pk))


def calling(viewer: Viewer) -> list[Heard]:
    """Meetings the viewer's party is called to, about rounds that have not opened: the next one first."""
    rows = heard_rows(viewer, REMARK).filter(round__state=Round.State.DRAFT)
    return list(rows.select_related("round").order_by("held_on", "pk"))


def begun(viewer: Viewer, round_: Round) -> bool:
    rows = Participation.objects.for_viewer(viewer, "own.page")
    return bool(rows.filter(round=round_.pk, person=viewer.person_id).exists())


@finds_occasions
def occasion(viewer: Viewer) -> Occasion | None:
    """The viewer's round of today, as the module of statements asks for it: one she has begun before the rest."""
    if not viewer.may(VIEW):
        return None
    row = _open_to(viewer).order_by("-begun", "closes_on", "pk").first()
    return Occasion(row.pk, row.title, row.closes_on, row.delete_on, row.begun) if row else None


def units_to_map(viewer: Viewer) -> dict[int, str]:
    """The workplaces the viewer may set up a round for."""
    reach = [viewer.units(EDIT, line) for line in Line]
    if any(units is None for units in reach):
        return every_workplace(viewer.day)
    return workplace_names({unit for units in reach for unit in units or ()}, viewer.day)
