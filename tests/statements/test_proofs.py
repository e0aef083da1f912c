"""The register of what one can show: kept by its owner, mended and taken back by her, and told of in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sloyfe.modules.catalogue.index import keep_all_findable
from sloyfe.modules.catalogue.models import Competence, Framework
from sloyfe.modules.statements import proofs
from sloyfe.modules.statements.actions import share, take_back
from sloyfe.modules.statements.models import Proof, Statement
from sloyfe.modules.statements.proofs import Facts
from sloyfe.modules.statements.standing import standing
from sloyfe.modules.statements.team import my_team
from tests.cast import DAY

COURSE = {"what": "course", "title": "Gjeldsrådgivning", "completed_on": "2025-03-04", "issuer": "Statsforvalteren"}


@pytest.fixture
def debt(cast):
    framework = Framework.objects.create(code="trade", label_nb="Faget")
    row = Competence.objects.create(framework=framework, key="debt", label_nb="Gjeldsrådgivning")
    keep_all_findable([row.pk])
    return row


def added(cast, *, expires_on=None, title="IPS jobbspesialist", competence=None, what="certificate", nkr=None):
    facts = Facts(what, title, date(2024, 1, 9), expires_on, nkr, "Direktoratet", competence and competence.pk)
    return proofs.add_proof(cast.viewer("employee"), facts)


def from_platform(cast, number="7"):
    row = added(cast, title="Personvern i hverdagen", what="course")
    Proof.objects.for_system("test").filter(statement=row).update(source="Navet", external_id=number)
    return row


def test_it_is_added_mended_and_taken_back_by_its_owner(cast, debt, as_role):
    eli = as_role("employee")
    assert eli.post(reverse("my-proof-new"), COURSE | {"topic": "gjeldsrådgivning"}).url == reverse("my-proofs")
    (one,) = proofs.my_proofs(cast.viewer("employee"))
    assert (one.title, one.competence, one.issuer) == ("Gjeldsrådgivning", "Gjeldsrådgivning", "Statsforvalteren")
    where = reverse("my-proof", args=[one.pk])
    page = eli.get(where).content.decode()
    assert "2025-03-04" in page and "Statsforvalteren" in page
    mended = {"what": "education", "nkr": "6", "title": "Bachelor i sosialt arbeid", "completed_on": "1987-06-15"}
    assert eli.post(where, mended).status_code == 302
    (one,) = proofs.my_proofs(cast.viewer("employee"))
    assert (one.title, one.nkr, one.completed_on, one.competence) == (
        "Bachelor i sosialt arbeid",
        6,
        date(1987, 6, 15),
        "",
    )
    assert eli.post(reverse("my-proof-take-back", args=[one.pk])).status_code == 302
    assert proofs.my_proofs(cast.viewer("employee")) == []
    assert eli.post(where, mended).status_code == 404
    assert eli.post(reverse("my-proof-bring-back", args=[one.pk])).status_code == 302
    assert len(proofs.my_proofs(cast.viewer("employee"))) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": "education"},
        {"what": "diploma"},
        {"nkr": "6"},
        {"nkr": "9"},
        {"title": ""},
        {"completed_on": ""},
        {"completed_on": "1066-10-14"},
        {"completed_on": "2199-01-01"},
        {"expires_on": "2020-01-01"},
        {"topic": "Finnes ikke"},
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_stored(as_role, debt, wrong):
    answer = as_role("employee").post(reverse("my-proof-new"), COURSE | wrong)
    assert answer.status_code == 422 and "ds-error-summary" in answer.content.decode()
    assert not Statement.objects.for_system("test").exists() and not Proof.objects.for_system("test").exists()


def test_nobody_else_sees_it_opens_it_or_changes_it_until_it_is_shared(cast, debt, as_role):
    row = added(cast, competence=debt)
    everybody = [role for role in cast.person if role != "employee"]
    assert [role for role in everybody if Proof.objects.for_viewer(cast.viewer(role)).exists()] == []
    for name in ("my-proof", "my-proof-take-back", "my-proof-bring-back", "my-remark"):
        for role in ("leader", "hr_admin"):
            assert as_role(role).post(reverse(name, args=[row.pk]), COURSE).status_code == 404
    share(cast.viewer("employee"), row, audience="leader")
    assert [role for role in everybody if Proof.objects.for_viewer(cast.viewer(role)).exists()] == ["leader"]
    (told,) = my_team(cast.viewer("leader"))[0].lines
    assert (told.what, told.words, told.proof.issuer) == ("Gjeldsrådgivning", "IPS jobbspesialist", "Direktoratet")
    assert "Direktoratet" in as_role("leader").get(reverse("my-team")).content.decode()
    assert as_role("leader").post(reverse("my-proof", args=[row.pk]), COURSE).status_code == 404


@pytest.mark.parametrize(
    ("left", "remind"), [(91, ""), (90, "first"), (31, "first"), (30, "last"), (0, "last"), (-1, "")]
)
def test_its_owner_is_told_before_it_runs_out_and_nobody_else(cast, as_role, left, remind):
    row = added(cast, expires_on=DAY + timedelta(days=left))
    share(cast.viewer("employee"), row, audience="leader")
    (one,) = proofs.my_proofs(cast.viewer("employee"))
    assert (one.left, one.remind, one.over) == (left, remind, left < 0)
    assert [each.pk for each in proofs.expiring(cast.viewer("employee"))] == ([row.pk] if remind else [])
    assert proofs.expiring(cast.viewer("leader")) == []


def test_the_first_page_and_her_own_page_say_what_runs_out(cast, as_role):
    facts = Facts("certificate", "IPS jobbspesialist", date(2024, 1, 9), timezone.localdate() + timedelta(days=20))
    proofs.add_proof(cast.viewer("employee"), facts)
    for page in ("today", "my-page", "my-proofs"):
        assert "IPS jobbspesialist" in as_role("employee").get(reverse(page)).content.decode()
        if page != "my-proofs":
            assert "IPS jobbspesialist" not in as_role("leader").get(reverse(page)).content.decode()


def test_what_came_from_a_platform_is_remarked_on_and_not_rewritten(cast, as_role):
    row, eli = from_platform(cast), as_role("employee")
    assert eli.get(reverse("my-proof", args=[row.pk])).status_code == 404
    assert eli.post(reverse("my-remark", args=[row.pk]), {"remark": "Jeg tok det i fjor"}).url == reverse("my-proofs")
    page = eli.get(reverse("my-proofs")).content.decode()
    assert "Jeg tok det i fjor" in page and "Navet" in page
    own = added(cast)
    assert eli.get(reverse("my-remark", args=[own.pk])).status_code == 404
    for name in ("my-confirm", "my-take-back", "my-bring-back"):
        assert eli.post(reverse(name, args=[row.pk])).status_code == 404


def test_a_proof_taken_back_no_longer_stands_for_those_it_was_shared_with(cast, debt):
    row = added(cast, competence=debt)
    eli, mona = cast.viewer("employee"), cast.viewer("leader")
    share(eli, row, audience="leader")
    assert standing(mona, [eli.me], [debt.pk])[eli.me, debt.pk].proof
    take_back(eli, row)
    assert standing(mona, [eli.me], [debt.pk]) == {}


def test_many_proofs_ask_no_more_questions(cast, debt, as_role, django_assert_max_num_queries):
    for number in range(40):
        share(cast.viewer("employee"), added(cast, title=f"Kurs {number}", competence=debt), audience="leader")
    client = as_role("employee")
    with django_assert_max_num_queries(12):
        assert len(client.get(reverse("my-proofs")).context["proofs"]) == 40
