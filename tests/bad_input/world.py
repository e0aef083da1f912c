"""One row of everything that has a form, so that every form of the house stands on some page of `PAGES`."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.utils import timezone

from sloyfe.core.jobs.actions import order
from sloyfe.modules.assessment import actions as rounds
from sloyfe.modules.assessment.models import Heard
from sloyfe.modules.catalogue.index import keep_all_findable
from sloyfe.modules.catalogue.models import (
    AltLabel,
    Area,
    Cause,
    CauseTouches,
    Competence,
    CoverAgreement,
    Framework,
    Profile,
    Requirement,
    Scale,
    Step,
)
from sloyfe.modules.catalogue.models import Import as CatalogueImport
from sloyfe.modules.people.imports.models import Import as PeopleImport
from sloyfe.modules.people.models import Affiliation, Handover, Succession
from sloyfe.modules.plans import actions as plans
from sloyfe.modules.plans.models import FollowUp, Measure, Participant, Seat, Session
from sloyfe.modules.staffing.models import Proposal, ProposedSeat, ProposedSession
from sloyfe.modules.statements import actions as statements
from sloyfe.modules.statements import confirming, levels, proofs
from sloyfe.modules.statements.models import Statement
from sloyfe.modules.statements.proofs import Facts
from sloyfe.modules.time.models import (
    Absence,
    Busy,
    CalendarSource,
    FixedDuty,
    LearningTime,
    MinimumStaffing,
    WorkingPattern,
)
from sloyfe.reporting.picture.models import NodeOffice, Publication, PublishedNode
from tests.assessment.rounds import draft, heard_round, opened_round
from tests.cast import START, Cast

# Which pages each role is shown; {names} are rows of the world.
PAGES = {
    "anonymous": ("/sign-in/", "/demo/"),
    "employee": (
        "/", "/me/", "/me/say/offers/", "/me/say/unsure/", "/me/{offer}/share/", "/me/{unsure}/share/", "/me/asking/",
        "/me/hours/", "/me/weeks/", "/me/follow-up/{follow_up}/", "/me/password/", "/me/looks/", "/me/requirements/",
        "/me/counting/", "/me/levels/{debt}/", "/me/confirmations/", "/me/{level}/ask-to-confirm/", "/me/asks/{to_me}/",
        "/me/{confirmed}/remark/", "/me/proofs/", "/me/proofs/new/", "/me/proofs/{proof}/",
        "/rounds/", "/rounds/{round}/begin/",
        "/ask/", "/ask/?q=gjeld", "/ask/?q=romfart", "/jobs/{job}/", "/catalogue/", "/catalogue/profiles/",
        "/organisation/", "/people/", "/privacy/",
    ),
    "leader": (
        "/", "/needs/", "/plans/", "/plans/begin/", "/plans/{plan}/", "/plans/{plan}/not-now/?competence={cv}",
        "/plans/priority/{priority}/measure/", "/plans/measure/{measure}/", "/plans/measure/{measure}/closing/",
        "/needs/agreements/", "/needs/agreements/for/{fjord}/", "/needs/agreements/{cover}/end/",
        "/needs/coming/", "/needs/coming/new/", "/needs/coming/{cause}/edit/", "/needs/coming/{cause}/end/",
        "/picture/{node}/", "/picture/{node}/over-time/?like=1", "/picture/{node}/what-if/",
        "/office/{fjord}/hours/", "/time/proposal/{proposal}/", "/roles/", "/roles/{role}/", "/roles/{role}/end/",
        "/roles/handover/{handover}/", "/organisation/unit/{fjord}/give-role/", "/catalogue/{debt}/",
    ),
    "resource_person": ("/area/needs/",),
    "directorate_adviser": (
        "/catalogue/frameworks/{framework}/", "/catalogue/frameworks/{framework}/new/",
        "/catalogue/{debt}/", "/catalogue/{debt}/edit/", "/catalogue/{debt}/levels/", "/catalogue/profiles/new/",
        "/catalogue/profiles/{profile}/", "/catalogue/profiles/{profile}/edit/", "/catalogue/profiles/{profile}/ask/",
        "/catalogue/requirements/{requirement}/", "/catalogue/import/",
        "/catalogue/import/{catalogue_import}/",
    ),
    "hr_admin": (
        "/import/", "/import/{people_import}/", "/import/completions/", "/organisation/open/",
        "/organisation/unit/{vik}/",
        "/organisation/unit/{vik}/rename/", "/organisation/unit/{vik}/place/", "/organisation/unit/{vik}/pass-on/",
        "/organisation/unit/{vik}/close/", "/organisation/change/{succession}/correct/", "/people/{employee}/",
        "/people/{outsider}/", "/people/work/{work}/end/", "/rounds/new/", "/rounds/{draft}/", "/rounds/{draft}/edit/",
        "/rounds/{draft}/hear/union/{sund}/", "/rounds/{draft}/hear/safety/", "/rounds/{round}/",
    ),
    "union_rep": ("/rounds/heard/{heard}/own-words/",),
}  # fmt: skip

# Forms that a page shows only when more has happened: role, address, the page they stand on, their fields.
BY_HAND = (
    ("hr_admin", "/import/{people_import}/apply/", "/import/", ()),
    ("hr_admin", "/people/{outsider}/sign-in/", "/people/{outsider}/", ("username",)),
    ("hr_admin", "/people/{outsider}/shut-out/", "/people/{outsider}/", ()),
    ("directorate_adviser", "/catalogue/import/{catalogue_import}/carry-out/", "/catalogue/import/", ()),
    ("leader", "/plans/{plan}/choose/", "/plans/", ("requirement",)),
    ("leader", "/office/{fjord}/hours/roster/{source}/keep/", "/office/{fjord}/hours/", ("seal",)),
    ("hr_admin", "/picture/publish/", "/picture/", ()),
    ("hr_admin", "/import/completions/carry-out/", "/import/completions/", ("seal",)),
    ("employee", "/ask/{theirs}/not-asked/", "/ask/", ("slip",)),
    ("employee", "/me/{offer}/confirm/", "/me/", ()),
    ("employee", "/me/levels/{debt}/take-back/", "/me/", ()),
    ("hr_admin", "/rounds/{ready}/open/", "/rounds/{ready}/", ()),
    ("employee", "/me/{offer}/bring-back/", "/me/", ()),
    ("leader", "/plans/measure/{measure}/new-dates/", "/plans/", ()),
    ("employee", "/me/closing/{part}/otherwise/", "/me/weeks/", ()),
    ("employee", "/me/part/{part}/", "/me/weeks/", ("named",)),
    ("anonymous", "/welcome/MQ/set-password/", "/sign-in/", ("new_password1", "new_password2")),
)


def build(cast: Cast) -> dict[str, int]:
    """The numbers of the rows, by the names that stand in `PAGES`."""
    made = {
        **{name: cast.unit[name].pk for name in ("fjord", "vik")},
        **{name: cast.person[name].pk for name in ("employee", "outsider")},
        **_catalogue(cast),
    }
    return (
        made
        | _organisation(cast)
        | _hours(cast)
        | _said(cast, made)
        | _plan(cast, made)
        | _uploads(cast)
        | _rounds(cast)
        | _picture(cast, made)
    )


def _catalogue(cast: Cast) -> dict[str, int]:
    scale = Scale.objects.create(code="five", label_nb="Fem trinn")
    Step.objects.bulk_create(Step(scale=scale, level=n, label_nb=f"Trinn {n}") for n in range(1, 6))
    framework = Framework.objects.create(code="trade", label_nb="Faget", scale=scale)
    Area.objects.create(framework=framework, key="all", label_nb="Alt")
    debt, cv = (
        Competence.objects.create(framework=framework, key=key, label_nb=name, scale=scale)
        for key, name in (("debt", "Gjeldsrådgivning"), ("cv", "CV"))
    )
    AltLabel.objects.create(competence=debt, language="nb", text="gjeldssak", unit=cast.unit["fjord"], ours=True)
    keep_all_findable([debt.pk, cv.pk])
    profile = Profile.objects.create(key="every", kind="unit", unit_kind="office", label_nb="Alle kontor")
    asked = {"strength": "must", "source": "county", "reach": "unit", "valid_from": date(2026, 1, 1)}
    first, _second = (
        Requirement.objects.create(profile=profile, competence=each, at_least=2, **asked) for each in (debt, cv)
    )
    Requirement.objects.create(profile=profile, competence=debt, level=3, **asked | {"reach": "each"})
    fjord, vik, agreed = cast.unit["fjord"], cast.unit["vik"], {"requirement": first, "valid_from": START}
    cover = CoverAgreement.objects.create(unit=fjord, by_unit=vik, agreed_on=START, **agreed)
    CoverAgreement.objects.create(unit=vik, by_unit=fjord, **agreed)
    told = {
        "kind": "task",
        "title": "Ny oppgave",
        "changes": "Vi ringer først",
        "ordered_by": "county",
        "source": "Brev",
    }
    cause = Cause.objects.create(**told, mandatory=True, unit=fjord, valid_from=START)
    CauseTouches.objects.create(cause=cause, competence=cv, level=2)
    names = {"framework": framework, "debt": debt, "cv": cv, "profile": profile, "requirement": first, "cover": cover}
    names["cause"] = cause
    return {name: row.pk for name, row in names.items()}


def _picture(cast: Cast, made: dict[str, int]) -> dict[str, int]:
    """Two offices of one county, and one number told in each of two pictures."""
    for day in (START, date(2026, 1, 1)):
        picture = Publication.objects.create(day=day, policy={}, competences=[made["debt"]])
        for place, name in enumerate(("fjord", "vik")):
            told = {"meets": {"n": [12], "of": [20], "why": [0], "as_of": [None]}}
            node = PublishedNode.objects.create(
                publication=picture, key=10 + place, kind="office", name=name, order=place, people=20, figures=told
            )
            NodeOffice.objects.create(node=node, office=cast.unit[name])
    return {"node": 10}


def _organisation(cast: Cast) -> dict[str, int]:
    holding = cast.person["employee"].roles.model.objects.create(
        person=cast.person["employee"],
        kind=cast.kind["resource_person"],
        unit=cast.unit["fjord_team"],
        line="municipal",
        valid_from=START,
    )
    handover = Handover.objects.create(
        unit=cast.unit["fjord"], person=cast.person["employee"], what="fadder", left_on=START
    )
    work = Affiliation.objects.for_system("the world of a test").get(person=cast.person["employee"])
    changed = Succession.objects.create(
        before=cast.unit["kyst"], after=cast.unit["vik"], day=START + timedelta(days=400)
    )
    return {"role": holding.pk, "handover": handover.pk, "work": work.pk, "succession": changed.pk}


def _hours(cast: Cast) -> dict[str, int]:
    today, fjord, me = timezone.localdate(), cast.unit["fjord"], cast.person["employee"]
    hours = {"weekday": 0, "start": time(8), "end": time(15), "valid_from": START}
    WorkingPattern.objects.create(person=me, **hours)
    Absence.objects.create(person=me, first_day=today + timedelta(5), last_day=today + timedelta(6))
    begins = timezone.now() + timedelta(days=2)
    Busy.objects.create(person=me, starts_at=begins, ends_at=begins + timedelta(hours=1))
    MinimumStaffing.objects.create(unit=fjord, what="mottaket", at_least=1, **hours)
    FixedDuty.objects.create(unit=fjord, what="morgenmøte", **hours)
    LearningTime.objects.create(unit=fjord, minutes_week=30, valid_from=START)
    source = CalendarSource.objects.create(unit=fjord, name="Vaktplan", kind=CalendarSource.Kind.ROSTER)
    return {"source": source.pk}


def _said(cast: Cast, made: dict[str, int]) -> dict[str, int]:
    me, neighbour = cast.viewer("employee"), cast.viewer("state_employee")
    offer = statements.say(me, kind="offers", competence_id=made["debt"], audiences=["office"])
    unsure = statements.say(me, kind="unsure", words="Gjeldsordning")
    ended = statements.say(me, kind="wants", words="Tegnspråk")
    statements.take_back(me, ended)
    theirs = statements.say(neighbour, kind="offers", competence_id=made["debt"], audiences=["office"])
    statements.post_need(me, text="Noen som kan romfart?")
    level = levels.say_level(me, made["debt"], level=2, kept_until=timezone.localdate() + timedelta(days=400))
    confirming.ask_to_confirm(me, offer, asked=neighbour.me, in_talk=False)
    to_me = confirming.ask_to_confirm(neighbour, theirs, asked=me.me, in_talk=False)
    confirmed = _confirmed(me, neighbour, made["debt"])
    rows = {"offer": offer, "unsure": unsure, "theirs": theirs, "level": level}
    proof, gone = (proofs.add_proof(me, Facts("course", title, START)) for title in ("Førstehjelp", "Etikk"))
    statements.take_back(me, gone)
    return {name: row.pk for name, row in (rows | {"to_me": to_me, "confirmed": confirmed, "proof": proof}).items()}


def _confirmed(me, neighbour, competence: int) -> Statement:
    today = timezone.localdate()
    whose = {"person_id": me.me, "by_id": neighbour.me, "kind": "confirmed", "competence_id": competence}
    when = {"valid_from": today, "valid_to": today + timedelta(days=400), "confirmed_on": today}
    return Statement.objects.create(**whose, **when, words="Så det i høst")


def _rounds(cast: Cast) -> dict[str, int]:
    """One that is open, one whose parties have been heard, and one that is only begun."""
    admin = cast.viewer("hr_admin", day=timezone.localdate())
    made = {
        "round": opened_round(cast, admin),
        "ready": heard_round(cast, admin, unit="vik"),
        "draft": rounds.write_round(admin, draft(cast, day=admin.day)),
        "sund": cast.employer["sund"],
    }
    made["heard"] = Heard.objects.for_viewer(admin, "round.edit").get(round=made["round"], employer=made["sund"])
    return {name: row.pk for name, row in made.items()}


def _plan(cast: Cast, made: dict[str, int]) -> dict[str, int]:
    leader, today = cast.viewer("leader", day=timezone.localdate()), timezone.localdate()
    plan = plans.begin_plan(
        leader, unit_id=made["fjord"], title="Læringsplan", first_day=today, last_day=today + timedelta(weeks=26)
    )
    priority = plans.choose(leader, plan, competence_id=made["debt"], requirement_id=made["requirement"], way="learn")
    measure = Measure(
        priority=priority,
        unit_id=plan.unit_id,
        title="Øve på gjeldssaker",
        goal="To til",
        shows="Saker ligger kortere",
        responsible=cast.person["leader"],
        window_from=today,
        window_to=today + timedelta(weeks=8),
    )
    people = [cast.person[role].pk for role in ("employee", "state_employee")]
    plans.write_measure(leader, measure, people=people)
    measure.closing = "Alle kan ta en gjeldssak."
    measure.save(update_fields=["closing"])
    later = plans.not_now(leader, plan, competence_id=made["cv"], requirement_id=None, reason="Etter jul")
    begins = timezone.now() - timedelta(weeks=3)
    when = {"starts_at": begins, "ends_at": begins + timedelta(hours=1), "unit_id": plan.unit_id}
    session = Session.objects.create(measure=measure, **when)
    me = {"unit_id": plan.unit_id, "person": cast.person["employee"]}
    Seat.objects.create(session=session, **me)
    follow_up = FollowUp.objects.create(measure=measure, person=cast.person["employee"], due_on=today)
    proposal = _proposal(plan, measure, me)
    part = Participant.objects.for_system("the world of a test").get(measure=measure, person=cast.person["employee"])
    rows = {"plan": plan, "priority": priority, "measure": measure, "not_now": later, "session": session}
    rows |= {"follow_up": follow_up, "proposal": proposal, "part": part}
    return {name: row.pk for name, row in rows.items()}


def _proposal(plan, measure, me) -> Proposal:
    days = {"first_day": measure.window_from, "last_day": measure.window_to}
    proposal = Proposal.objects.create(
        unit_id=plan.unit_id, origin="plan", origin_id=plan.pk, state=Proposal.State.READY, **days
    )
    begins = timezone.now() + timedelta(weeks=3)
    session = ProposedSession.objects.create(
        proposal=proposal,
        unit_id=plan.unit_id,
        key=str(measure.pk),
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
    )
    ProposedSeat.objects.create(session=session, **me)
    return proposal


def _uploads(cast: Cast) -> dict[str, int]:
    admin = cast.person["hr_admin"]
    people = PeopleImport.objects.create(
        by_id=admin.pk, by_name=admin.name, folder="none", files=["a.csv"], state=PeopleImport.State.REHEARSED
    )
    catalogue = CatalogueImport.objects.create(format="own", names=["a.csv"], state=CatalogueImport.State.READY)
    job = order(cast.viewer("employee"), "people.import.rehearse", {})
    return {"people_import": people.pk, "catalogue_import": catalogue.pk, "job": job.pk}
