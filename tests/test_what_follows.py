"""Before a unit goes on as another, or somebody's work ends: what follows is told with numbers, and nothing changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sloyfe.modules.catalogue.models import Competence, Framework, Profile, Requirement
from sloyfe.modules.people.models import Affiliation, RoleHolding, Unit
from sloyfe.modules.plans.models import Measure, Plan, Priority, Seat, Session
from sloyfe.modules.statements.models import Share, Statement

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def competence(db) -> Competence:
    return Competence.objects.create(
        framework=Framework.objects.create(code="own", label_nb="Vårt"), key="talk", label_nb="Samtale"
    )


def told(answer) -> str:
    return " ".join(answer.content.decode().split("<main")[1].split())


def test_a_merge_says_how_many_move_who_leads_and_what_stays(cast, as_role, competence):
    vik, today = cast.unit["vik"], timezone.localdate()
    profile = Profile.objects.create(key="vik", kind="unit", unit=vik, label_nb="Vik")
    Requirement.objects.create(
        profile=profile, competence=competence, strength="must", source="law", valid_from=today - YEAR
    )
    where = f"/organisation/unit/{vik.pk}/pass-on/"
    sent = {"day": (today + timedelta(days=30)).isoformat(), "after_1": "Fjord", "bring_along": "on"}
    said = told(as_role("hr_admin").post(where, sent))
    assert "3 personer og 2 roller" in said
    assert "1 krav gjelder Vik selv" in said
    assert "Fjord får da 2 med rollen leder (kommune): Nils Nesheim, Mona Myhre" in said
    assert "leder (stat): Nils Nesheim, Tor Tangen" in said
    assert "Vik finnes ikke fra" in said and "fantes" not in said
    assert not Unit.objects.filter(pk=vik.pk, valid_to__isnull=False).exists()


def test_a_merge_that_has_been_is_told_as_past_and_a_close_that_cannot_be_says_how_many(cast, as_role):
    client, vik = as_role("hr_admin"), cast.unit["vik"]
    sent = {"day": "2025-06-01", "after_1": "Fjord", "bring_along": "on"}
    assert "Vik fantes ikke fra" in told(client.post(f"/organisation/unit/{vik.pk}/pass-on/", sent))
    refused = client.post(f"/organisation/unit/{vik.pk}/close/", {"from_day": timezone.localdate().isoformat()})
    assert "3 personer jobber fortsatt i Vik" in refused.content.decode()
    RoleHolding.objects.for_system("test").filter(unit=vik).delete()
    Affiliation.objects.for_system("test").filter(unit=vik).exclude(person=cast.person["resource_person"]).delete()
    refused = client.post(f"/organisation/unit/{vik.pk}/close/", {"from_day": timezone.localdate().isoformat()})
    assert "1 person jobber fortsatt i Vik" in refused.content.decode()


@pytest.mark.parametrize(("language", "future", "past"), [
    ("nb", "fortsetter 100 prosent som", "fortsatte 100 prosent som"),
    ("nn", "held 100 prosent fram som", "heldt 100 prosent fram som"),
    ("en", "100 per cent goes on as", "100 per cent went on as"),
])  # fmt: skip
def test_what_is_to_come_is_not_told_as_past(cast, as_role, language, future, past):
    client, vik = as_role("hr_admin"), cast.unit["vik"]
    client.cookies["sloyfe_language"] = language
    day = timezone.localdate() + timedelta(days=40)
    sent = {"day": day.isoformat(), "after_1": "Fjord", "bring_along": "on", "sure": "1"}
    assert client.post(f"/organisation/unit/{vik.pk}/pass-on/", sent).status_code == 302
    page = client.get(f"/organisation/unit/{vik.pk}/").content.decode()
    assert future in page and past not in page
    ahead = client.get(f"/organisation/unit/{cast.unit['fjord'].pk}/?day={day}").content.decode()
    before = client.get(f"/organisation/unit/{cast.unit['fjord'].pk}/?day=2025-02-03").content.decode()
    was = {"nb": "Her slik den var", "nn": "Her slik ho var", "en": "Here as it was"}[language]
    assert was in before and was not in ahead


def leads_a_plan(cast, competence, who: str) -> None:
    fjord, person, today = cast.unit["fjord"], cast.person[who], timezone.localdate()
    plan = Plan.objects.create(unit=fjord, title="Vår", state="adopted", valid_from=today)
    priority = Priority.objects.create(plan=plan, unit=fjord, competence=competence, way="learn")
    measure = Measure.objects.create(
        priority=priority, unit=fjord, title="Samtaler", goal="g", shows="s", responsible=person, facilitator=person,
        window_from=today, window_to=today + YEAR,
    )  # fmt: skip
    for weeks in (-1, 3, 5):
        begin = timezone.now() + timedelta(weeks=weeks)
        session = Session.objects.create(
            measure=measure, unit=fjord, starts_at=begin, ends_at=begin + timedelta(hours=1)
        )
        Seat.objects.create(session=session, unit=fjord, person=person)


def test_the_end_of_work_says_what_follows_and_then_does_it(cast, as_role, competence):
    leads_a_plan(cast, competence, "leader")
    mona, today = cast.person["leader"], timezone.localdate()
    offer = Statement.objects.create(
        person=mona, kind="offers", competence=competence, confirmed_on=today, valid_from=today
    )
    Share.objects.create(statement=offer, owner=mona, audience="everyone")
    hidden = Statement.objects.create(person=mona, kind="wants", words="x", confirmed_on=today, valid_from=today)
    assert hidden.pk
    work = Affiliation.objects.for_system("test").get(person=mona)
    client, where, sent = as_role("hr_admin"), f"/people/work/{work.pk}/end/", {"last_day": today.isoformat()}
    page = client.post(where, sent)
    said = told(page)
    assert "1 rolle avsluttes og settes på lista over det som skal overtas: leder (Fjord)." in said
    assert "1 tiltak i en plan trenger en ny ansvarlig." in said
    assert "2 samlinger etter den dagen trenger en ny" in said
    assert "2 plasser på samlinger etter den dagen" in said
    assert "1 ting som er delt med deg og kolleger" in said
    work.refresh_from_db()
    assert work.valid_to is None
    again = client.post(where, {**sent, "again": "1"}).content.decode()
    assert 'name="sure"' not in again and today.isoformat() in again
    assert client.post(where, {**sent, "sure": "1"}).status_code == 302
    work.refresh_from_db()
    assert work.valid_to == today + timedelta(days=1)


def test_who_goes_on_working_elsewhere_keeps_all(cast, as_role, competence):
    leads_a_plan(cast, competence, "leader")
    work = Affiliation.objects.for_system("test").get(person=cast.person["leader"])
    work.pk, work.unit, work._state.adding = None, cast.unit["vik"], True
    work.save()
    first = Affiliation.objects.for_system("test").filter(person=cast.person["leader"]).order_by("pk").first()
    where = f"/people/work/{first.pk}/end/"
    said = told(as_role("hr_admin").post(where, {"last_day": timezone.localdate().isoformat()}))
    assert "Mona Myhre jobber fortsatt i Vik, så ingenting annet endrer seg." in said and "samling" not in said
