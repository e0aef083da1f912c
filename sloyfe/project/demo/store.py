"""Stores an invented body: catalogue first, then units, people and all that hangs on them, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from sloyfe.modules.catalogue import models as catalogue
from sloyfe.modules.people import models as people
from sloyfe.modules.people.tree import rebuild_closure
from sloyfe.modules.statements import models as statements
from sloyfe.modules.time import models as times
from sloyfe.project.demo.catalogue import store_catalogue
from sloyfe.project.demo.causes import store_causes
from sloyfe.project.demo.content import content
from sloyfe.project.demo.shapes import Body

BATCH = 2000


def bulk(model: Any, rows: Iterable[Any]) -> list[Any]:
    return list(model.objects.bulk_create(rows, batch_size=BATCH))


def store(body: Body) -> None:
    with transaction.atomic():
        Storing(body).everything()


class Storing:
    """One run: keeps local keys beside stored rows while the parts are written in order."""

    def __init__(self, body: Body) -> None:
        self.body = body

    def everything(self) -> None:
        self.units()
        self.persons()
        self.roles()
        self.competences = store_catalogue(self.body.day, self.unit, self.kind)
        store_causes(self.body.day, self.unit, self.competences)
        self.statements()
        self.time()
        self.agreements()
        self.given()

    def units(self) -> None:
        rows = bulk(
            people.Unit,
            (
                people.Unit(
                    number=u.number,
                    kind=u.kind,
                    name=u.name,
                    language=u.language,
                    valid_from=u.valid_from,
                    valid_to=u.valid_to,
                )
                for u in self.body.units
            ),
        )
        self.unit = dict(zip((u.key for u in self.body.units), rows, strict=True))
        self.unit_names()
        bulk(
            people.Edge,
            (
                people.Edge(
                    child=self.unit[e.child],
                    parent=self.unit[e.parent],
                    bond=e.bond,
                    valid_from=e.valid_from,
                    valid_to=e.valid_to,
                )
                for e in self.body.edges
            ),
        )
        bulk(
            people.Succession,
            (
                people.Succession(
                    before=self.unit[s.before], after=self.unit[s.after], day=s.day, share=s.share, note=s.note
                )
                for s in self.body.successions
            ),
        )
        rebuild_closure(self.body.day)

    def unit_names(self) -> None:
        """Earlier names as given; the present one from the day the last earlier one ended."""
        earlier: dict[str, date] = {}
        for name in self.body.names:
            if name.valid_to is not None:
                earlier[name.unit] = max(earlier.get(name.unit, name.valid_to), name.valid_to)
        bulk(
            people.UnitName,
            [
                *(
                    people.UnitName(unit=self.unit[n.unit], name=n.name, valid_from=n.valid_from, valid_to=n.valid_to)
                    for n in self.body.names
                ),
                *(
                    people.UnitName(
                        unit=self.unit[u.key],
                        name=u.name,
                        valid_from=earlier.get(u.key, u.valid_from),
                        valid_to=u.valid_to,
                    )
                    for u in self.body.units
                ),
            ],
        )

    def persons(self) -> None:
        employers = bulk(
            people.Employer,
            (people.Employer(name=e.name, line=e.line, unit=self.unit[e.unit]) for e in self.body.employers),
        )
        self.employer = dict(zip((e.key for e in self.body.employers), employers, strict=True))
        rows = bulk(
            people.Person,
            (
                people.Person(
                    name=p.name,
                    sort_key=people.sort_key(p.name),
                    language=p.language,
                    email=f"ansatt{place}@nav.example",
                    phone=f"+47 00 {place // 10000 % 100:02} {place // 100 % 100:02} {place % 100:02}",
                )
                for place, p in enumerate(self.body.persons, 1)
            ),
        )
        self.person = dict(zip((p.key for p in self.body.persons), rows, strict=True))
        numbers = {p.key: p.number for p in self.body.persons}
        employed = dict.fromkeys((a.person, a.employer) for a in self.body.affiliations)
        bulk(
            people.PersonNumber,
            (
                people.PersonNumber(
                    person=self.person[person], employer=self.employer[employer], number=numbers[person]
                )
                for person, employer in employed
            ),
        )
        bulk(
            people.Affiliation,
            (
                people.Affiliation(
                    person=self.person[a.person],
                    unit=self.unit[a.unit],
                    employer=self.employer[a.employer],
                    line=a.line,
                    position=a.position,
                    percentage=a.percentage,
                    valid_from=a.valid_from,
                    valid_to=a.valid_to,
                )
                for a in self.body.affiliations
            ),
        )
        for member in self.body.cast:
            people.User.objects.create_user(member.username, None, person=self.person[member.person])

    def roles(self) -> None:
        self.kind = store_role_kinds()
        bulk(
            people.RoleHolding,
            (
                people.RoleHolding(
                    person=self.person[h.person],
                    kind=self.kind[h.role],
                    unit=self.unit[h.unit],
                    line=h.line,
                    tasks=h.tasks,
                    hours_week=h.hours_week,
                    deputy=self.person[h.deputy] if h.deputy else None,
                    anchored_by=h.anchored_by,
                    valid_from=h.valid_from,
                    valid_to=h.valid_to,
                )
                for h in self.body.holdings
            ),
        )

    def statements(self) -> None:
        rows = bulk(
            statements.Statement,
            (
                statements.Statement(
                    person=self.person[s.person],
                    kind=s.kind,
                    competence=self.competences[s.competence] if s.competence else None,
                    words=s.words,
                    basis=s.basis,
                    valid_from=s.valid_from,
                    valid_to=s.valid_to,
                    confirmed_on=s.confirmed_on,
                )
                for s in self.body.statements
            ),
        )
        said = dict(zip((s.key for s in self.body.statements), rows, strict=True))
        bulk(
            statements.Share,
            (
                statements.Share(
                    statement=said[s.statement],
                    owner=self.person[s.person],
                    audience=s.audience,
                    to_person=self.person[s.to_person] if s.to_person else None,
                    until_at=_noon(s.until_day) if s.until_day else None,
                )
                for s in self.body.shares
            ),
        )
        bulk(
            statements.Helper,
            (
                statements.Helper(person=self.person[h.person], weekly_limit=h.weekly_limit, how=h.how)
                for h in self.body.helpers
            ),
        )
        bulk(
            statements.PostedNeed,
            (
                statements.PostedNeed(person=self.person[n.person], unit=self.unit[n.unit], text=n.text)
                for n in self.body.posted_needs
            ),
        )

    def time(self) -> None:
        bulk(
            times.WorkingPattern,
            (
                times.WorkingPattern(
                    person=self.person[w.person],
                    weekday=w.weekday,
                    start=w.start,
                    end=w.end,
                    valid_from=w.valid_from,
                    weeks=w.weeks,
                    week=w.week,
                )
                for w in self.body.working_days
            ),
        )
        bulk(
            times.Absence,
            (
                times.Absence(person=self.person[a.person], first_day=a.first_day, last_day=a.last_day)
                for a in self.body.absences
            ),
        )
        bulk(
            times.FixedDuty,
            (
                times.FixedDuty(
                    unit=self.unit[d.unit],
                    what=d.what,
                    weekday=d.weekday,
                    start=d.start,
                    end=d.end,
                    valid_from=d.valid_from,
                )
                for d in self.body.duties
            ),
        )
        bulk(
            times.MinimumStaffing,
            (
                times.MinimumStaffing(
                    unit=self.unit[m.unit],
                    what=m.what,
                    at_least=m.at_least,
                    weekday=m.weekday,
                    start=m.start,
                    end=m.end,
                    valid_from=m.valid_from,
                )
                for m in self.body.staffing
            ),
        )
        bulk(
            times.FacilitatorHours,
            (
                times.FacilitatorHours(
                    person=self.person[f.person],
                    weekday=f.weekday,
                    start=f.start,
                    end=f.end,
                    valid_from=f.valid_from,
                )
                for f in self.body.facilitator_hours
            ),
        )
        self.calendars()

    def calendars(self) -> None:
        bulk(
            times.LearningTime,
            (
                times.LearningTime(unit=self.unit[t.unit], minutes_week=t.minutes_week, valid_from=t.valid_from)
                for t in self.body.learning_time
            ),
        )
        bulk(
            times.CalendarSource,
            (
                times.CalendarSource(
                    unit=self.unit[s.unit],
                    name=s.name,
                    kind=s.kind,
                    read_at=_noon(s.read_on) if s.read_on else None,
                    covers_to=s.covers_to,
                )
                for s in self.body.sources
            ),
        )

    def agreements(self) -> None:
        asked = {
            (row.profile.key, row.competence.key): row
            for row in catalogue.Requirement.objects.select_related("profile", "competence")
        }
        bulk(
            catalogue.CoverAgreement,
            (
                catalogue.CoverAgreement(
                    requirement=asked[a.profile, a.competence],
                    unit=self.unit[a.unit],
                    by_unit=self.unit[a.by_unit],
                    people=a.people,
                    agreed=a.agreed,
                    agreed_on=None if a.waiting else a.valid_from,
                    valid_from=a.valid_from,
                    valid_to=a.valid_to,
                )
                for a in self.body.agreements
            ),
        )

    def given(self) -> None:
        profile = {row.key: row for row in catalogue.Profile.objects.all()}
        bulk(
            catalogue.ProfileGiven,
            (
                catalogue.ProfileGiven(
                    profile=profile[g.profile], person=self.person[g.person], valid_from=g.valid_from
                )
                for g in self.body.given
            ),
        )


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def store_role_kinds() -> dict[str, people.RoleKind]:
    rows = [
        people.RoleKind(
            code=r["code"],
            **{f"name_{code}": r["name"][code] for code in ("nb", "nn", "en")},
            **{f"about_{code}": r["about"][code] for code in ("nb", "nn", "en")},
        )
        for r in content("roles")["roles"]
    ]
    return {row.code: row for row in bulk(people.RoleKind, rows)}
