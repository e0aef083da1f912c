"""What people come to do, done as they would do it: in each language, on a phone, by keyboard, without JavaScript."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from sloyfe.core.jobs.worker import do_waiting
from sloyfe.modules.catalogue.models import AltLabel, Competence, Framework, Profile, Requirement, Scale, Step
from sloyfe.modules.catalogue.public import index_competences
from sloyfe.modules.statements import actions as statements

ASK = {"nb": "Hvem kan jeg spørre?", "nn": "Kven kan eg spørje?", "en": "Who can I ask?"}


@pytest.fixture
def debt(cast) -> Competence:
    framework = Framework.objects.create(code="trade", label_nb="Faget")
    topic = Competence.objects.create(
        framework=framework,
        key="debt",
        label_nb="Gjeldsrådgivning",
        label_nn="Gjeldsrådgjeving",
        label_en="Debt advice",
    )
    AltLabel.objects.create(competence=topic, language="nb", text="gjeld")
    profile = Profile.objects.create(key="every", kind="unit", unit_kind="office", label_nb="Alle kontor")
    Requirement.objects.create(
        profile=profile,
        competence=topic,
        strength="must",
        source="law",
        reach="unit",
        at_least=2,
        valid_from=date(2024, 1, 1),
    )
    index_competences()
    return topic


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ASK)
def test_a_name_within_a_few_seconds(open_as, cast, debt, language, phone):
    statements.say(cast.viewer("neighbour_employee"), kind="offers", competence_id=debt.pk, audiences=["everyone"])
    page = open_as("employee", "/", phone=phone, language=language)
    page.locator("input[name=q]").fill("gjeld")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(ASK[language])
    expect(page.locator("article").first).to_contain_text("Vera Vikse")
    page.locator("article button").first.click()
    expect(page.locator("h1")).to_contain_text("Vera Vikse")
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_nobody_is_an_answer_and_the_resource_person_sees_it(open_as, cast, debt):
    page = open_as("employee", "/ask/?q=tegnspråktolk")
    page.locator("main form[action='/ask/area/'] button").click()
    seen = open_as("resource_person", "/area/needs/")
    expect(seen.locator("main")).to_contain_text("tegnspråktolk")
    expect(seen.locator("main")).to_contain_text("Eli Elvestad")


def test_the_loop_from_what_the_office_lacks_to_dates_on_my_page(open_as, cast, debt):
    page = open_as("leader", "/needs/")
    expect(page.locator("main")).to_contain_text("Gjeldsrådgivning")
    page.goto(page.url.replace("/needs/", "/plans/begin/"))
    page.locator("main form button").first.click()
    page.locator("form[action$='/choose/'] button").first.click()
    page.locator("a[href*='/measure/']").first.click()
    page.locator("[name=goal]").fill("To til kan ta gjeldssaker")
    page.locator("[name=shows]").fill("Sakene blir ikke liggende")
    for name in ("Eli Elvestad", "Stein Strand", "Dina Dale"):
        page.get_by_label(name).check()
    page.locator("[name=group_size]").fill("2")
    page.locator("main form button").first.click()
    page.locator("form[action$='/find-time/'] button").click()
    do_waiting()
    page.goto(re.sub(r"/jobs/.*", "/plans/", page.url))
    page.locator("main h2 a").first.click()
    page.locator("a[href*='/time/proposal/']").click()
    expect(page.locator("main table").first).to_contain_text("Eli Elvestad")
    page.locator("form[action*='/take/'] button").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"\d\d[.:]\d\d"))
    mine = open_as("employee", "/me/weeks/", phone=True)
    expect(mine.locator("main")).to_contain_text("To til kan ta gjeldssaker")
    theirs = open_as("union_rep", "/me/weeks/")
    expect(theirs.locator("main")).not_to_contain_text("To til kan ta gjeldssaker")


def test_what_i_am_unsure_of_stays_with_me(open_as, cast):
    page = open_as("employee", "/me/say/unsure/", phone=True)
    page.locator("[name=words]").fill("Gjeldsordning")
    page.locator("main form button").first.click()
    expect(page.locator("main")).to_contain_text("Gjeldsordning")
    for role in ("leader", "hr_admin", "union_rep"):
        other = open_as(role, "/ask/?q=Gjeldsordning")
        expect(other.locator("main")).not_to_contain_text("Eli Elvestad")


def test_by_keyboard_alone(open_as, cast):
    page = open_as("employee", "/ask/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_wrong_form_says_what_to_do_and_keeps_what_was_written(open_as, cast):
    page = open_as("employee", "/me/say/offers/")
    page.locator("[name=topic]").fill("finnes ikke her")
    page.locator("[name=words]").fill("Mine egne ord")
    page.locator("main form button").first.click()
    expect(page.locator("ds-error-summary")).to_be_visible()
    expect(page.locator("[name=words]")).to_have_value("Mine egne ord")


@pytest.fixture
def asked_of_each(cast) -> list[Competence]:
    scale = Scale.objects.create(code="five", label_nb="Fem trinn")
    Step.objects.bulk_create(Step(scale=scale, level=n, label_nb=f"Trinn {n}") for n in range(1, 6))
    framework = Framework.objects.create(code="each", label_nb="Faget", scale=scale)
    profile = Profile.objects.create(key="each", kind="unit", unit_kind="office", label_nb="Alle")
    found = []
    for key in ("Klarspråk", "Personvern"):
        found.append(Competence.objects.create(framework=framework, key=key, label_nb=key, scale=scale))
        told = {"level": 3, "strength": "should", "source": "county", "reach": "each", "valid_from": date(2024, 1, 1)}
        Requirement.objects.create(profile=profile, competence=found[-1], **told)
    return found


def test_a_mapping_from_the_first_call_to_what_the_leader_sees(open_as, cast, asked_of_each):
    page = open_as("hr_admin", "/rounds/new/")
    page.locator("[name=place]").select_option(label="Fjord")
    page.locator("[name=basis]").select_option("duty")
    for name in ("title", "ordered_by", "purpose", "law", "controller"):
        page.locator(f"[name={name}]").fill(f"Kartlegging: {name}")
    page.locator("[name=opens_on]").fill(timezone.localdate().isoformat())
    page.locator("main form button").first.click()
    for _party in ("state", "municipality", "safety"):
        page.get_by_text("Kall inn til møte").first.click()
        for name in ("agreement", "who", "outcome"):
            page.locator(f"[name={name}]").fill("Enige")
        page.locator("[name=held_on]").fill(timezone.localdate().isoformat())
        page.locator("main form button").first.click()
    page.locator("form[action$='/open/'] button").click()
    mine = open_as("employee", "/", phone=True)
    mine.get_by_text("Se hva den er til").click()
    expect(mine.locator("main")).to_contain_text("Kartlegging: purpose")
    mine.get_by_label("Ja, tell dem sammen").check()
    mine.get_by_role("button", name="Begynn").click()
    expect(mine.locator("h1")).to_have_text("Klarspråk")
    mine.get_by_label("Trinn 4").check()
    mine.get_by_label("Del trinnet").check()
    mine.get_by_role("button", name="Lagre og gå videre").click()
    expect(mine.locator("h1")).to_have_text("Personvern")
    assert mine.evaluate("document.documentElement.scrollWidth") <= mine.viewport_size["width"]
    mine.get_by_label("Trinn 1").check()
    mine.get_by_role("button", name="Lagre").click()
    team = open_as("leader", "/team/")
    expect(team.locator("main")).to_contain_text("Klarspråk")
    expect(team.locator("main")).not_to_contain_text("Personvern")
    union = open_as("union_rep", "/rounds/")
    union.get_by_role("link", name="Kartlegging: title").click()
    union.get_by_text("Skriv våre egne ord").click()
    union.locator("[name=words]").fill("Vi ble hørt i tide.")
    union.locator("main form button").first.click()
    expect(union.locator("main")).to_contain_text("Vi ble hørt i tide.")
