"""Having something confirmed and keeping what one can show, in a real browser: on a phone, and without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from sloyfe.modules.catalogue.models import Competence, Framework
from sloyfe.modules.statements.actions import say


@pytest.fixture
def debt(cast) -> Competence:
    framework = Framework.objects.create(code="trade", label_nb="Faget")
    return Competence.objects.create(framework=framework, key="debt", label_nb="Gjeldsrådgivning")


def test_she_asks_her_leader_who_answers_and_she_shares_it(open_as, cast, debt):
    say(cast.viewer("employee"), kind="offers", competence_id=debt.pk, words="Fant en ordning")
    eli = open_as("employee", "/me/", phone=True)
    eli.get_by_role("link", name="Be noen bekrefte").click()
    eli.get_by_label("Mona Myhre, lederen din, i en samtale").check()
    eli.get_by_role("button", name="Spør", exact=True).click()
    expect(eli.get_by_role("heading", name="Du har spurt")).to_be_visible()
    mona = open_as("leader", "/")
    mona.get_by_role("link", name="Les og svar").click()
    expect(mona.locator("main")).to_contain_text("Fant en ordning")
    mona.get_by_role("button", name="Ja, det har jeg sett").click()
    expect(mona.locator("main")).to_contain_text("Si med noen få ord hva du har sett.")
    mona.get_by_label("Hva har du sett?").fill("Så det i tre saker")
    mona.get_by_role("button", name="Ja, det har jeg sett").click()
    expect(mona.locator("main")).not_to_contain_text("Fant en ordning")
    eli.reload()
    expect(eli.locator("main")).to_contain_text("Så det i tre saker")
    eli.get_by_role("link", name="Endre hvem som ser det").click()
    eli.get_by_label("Del med").select_option("leader")
    eli.get_by_role("button", name="Del", exact=True).click()
    mona.goto(mona.url.split("/me/")[0] + "/team/")
    expect(mona.locator("main")).to_contain_text("Så det i tre saker")
    assert eli.evaluate("document.documentElement.scrollWidth") <= eli.viewport_size["width"]


def test_a_certificate_is_added_on_a_phone_and_she_is_told_that_it_runs_out(open_as, cast, debt):
    page = open_as("employee", "/me/proofs/", phone=True, language="nn")
    page.get_by_role("link", name="Legg til").click()
    page.get_by_label("sertifikat").check()
    page.get_by_label("Kva heiter det?").fill("IPS jobbspesialist")
    page.get_by_label("Fullført").fill("2024-02-01")
    soon = timezone.localdate() + timedelta(days=20)
    page.get_by_label("Gjeld til og med").fill(soon.isoformat())
    page.get_by_role("button", name="Lagre").click()
    expect(page.locator("main")).to_contain_text("Det går ut")
    page.goto(page.url.split("/me/")[0] + "/")
    expect(page.locator("main")).to_contain_text("IPS jobbspesialist går ut")


def test_completions_are_looked_at_before_they_come_in_and_are_each_ones_own(open_as, cast, tmp_path):
    file = tmp_path / "kurs.csv"
    file.write_text(
        "Ansattnummer;Kurs;Fullført\nn-employee;Personvern;03.02.2026\n9999;Personvern;03.02.2026\n", "utf-8"
    )
    page = open_as("hr_admin", "/import/")
    page.get_by_role("link", name="Hent inn fullføringer").click()
    page.get_by_label("Arbeidsgiver").select_option(label="Sund kommune")
    page.get_by_label("Plattformen filen kommer fra").fill("Navet")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Last opp og se hva som ville skje").click()
    expect(page.locator("main")).to_contain_text("Ingen har dette nummeret")
    expect(page.locator("main")).to_contain_text("Fullføringer: 1 ny")
    page.get_by_role("button", name="Gjennomfør nå").click()
    expect(page.locator("main")).to_contain_text("Nye: 1")
    expect(open_as("employee", "/me/proofs/").locator("main")).to_contain_text("Kom fra Navet")
