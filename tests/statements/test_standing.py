"""How people stand, as one viewer may know it: three kinds, each by itself, and only what is shared with her."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from sloyfe.modules.catalogue.models import Competence, Framework
from sloyfe.modules.statements.actions import share
from sloyfe.modules.statements.models import Audience, Proof, Statement
from sloyfe.modules.statements.standing import Standing, standing
from tests.cast import DAY


@pytest.fixture
def talk(cast):
    framework = Framework.objects.create(code="trade", label_nb="Faget")
    return Competence.objects.create(framework=framework, key="talk", label_nb="Samtaler")


def said(cast, kind, competence, *, shared=True, who="employee", **more):
    person = cast.person[who]
    row = Statement.objects.create(
        person=person, kind=kind, competence=competence, valid_from=DAY, confirmed_on=DAY, **more
    )
    if shared:
        share(cast.viewer(who), row, audience=Audience.LEADER)
    return row


def proof(cast, competence, *, expires_on=None, shared=True, completed_on=date(2025, 6, 1)):
    row = said(cast, "proof", competence, shared=shared, words="Kurs i samtaler")
    return Proof.objects.create(
        statement=row, owner_id=row.person_id, what="course", completed_on=completed_on, expires_on=expires_on
    )


def known(cast, role, talk, day=DAY):
    return standing(cast.viewer(role), [p.pk for p in cast.person.values()], [talk.pk], day)


def test_each_kind_stands_by_itself_and_only_for_whom_it_is_shared_with(cast, talk):
    eli = cast.person["employee"].pk
    said(cast, "level", talk, level=2, shared=False)
    said(cast, "confirmed", talk, level=3, by=cast.person["leader"])
    proof(cast, talk, expires_on=DAY)
    assert known(cast, "leader", talk) == {(eli, talk.pk): Standing(None, True, 3, True, DAY)}
    assert known(cast, "employee", talk) == {(eli, talk.pk): Standing(2, True, 3, True, DAY)}
    for role in ("state_leader", "hr_admin", "county_adviser", "union_rep", "neighbour_leader"):
        assert known(cast, role, talk) == {}, role


def test_a_proof_holds_through_its_last_day_and_the_longest_counts(cast, talk):
    eli = cast.person["employee"].pk
    proof(cast, talk, expires_on=DAY)
    assert (eli, talk.pk) in known(cast, "leader", talk, DAY)
    assert known(cast, "leader", talk, DAY + timedelta(days=1)) == {}
    proof(cast, talk, expires_on=DAY + timedelta(days=40))
    assert known(cast, "leader", talk)[eli, talk.pk].proof_until == DAY + timedelta(days=40)
    proof(cast, talk)
    proof(cast, talk, expires_on=DAY + timedelta(days=400))
    assert known(cast, "leader", talk)[eli, talk.pk].proof_until is None


def test_an_own_level_is_no_proof(cast, talk):
    said(cast, "level", talk, level=5)
    (alone,) = known(cast, "leader", talk).values()
    assert (alone.level, alone.confirmed, alone.proof) == (5, False, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "confirmed", "by": "employee"},
        {"kind": "level", "level": 3, "by": "leader"},
        {"kind": "offers", "contest": "Nei"},
        {"kind": "wants", "level": 3},
        {"kind": "level"},
        {"kind": "confirmed", "level": 9},
        {"kind": "uses", "level": 1},
    ],
)
def test_the_database_refuses_what_no_page_could_mean(cast, talk, wrong):
    if "by" in wrong:
        wrong = wrong | {"by": cast.person[wrong["by"]]}
    with pytest.raises(IntegrityError), transaction.atomic():
        said(cast, competence=talk, shared=False, **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": "education"},
        {"what": "course", "nkr": 5},
        {"what": "education", "nkr": 9},
        {"expires_on": date(2020, 1, 1)},
    ],
)
def test_the_database_refuses_a_proof_that_cannot_be(cast, talk, wrong):
    row = said(cast, "proof", talk, shared=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        told = {"statement": row, "owner_id": row.person_id, "what": "course", "completed_on": DAY}
        Proof.objects.create(**told | wrong)


def test_the_same_completion_comes_once(cast, talk):
    told = {"what": "course", "completed_on": DAY, "source": "lms", "owner": cast.person["employee"]}
    Proof.objects.create(statement=said(cast, "proof", talk), external_id="7", **told)
    Proof.objects.create(statement=said(cast, "proof", talk), external_id="", **told)
    Proof.objects.create(statement=said(cast, "proof", talk), external_id="", **told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.create(statement=said(cast, "proof", talk), external_id="7", **told)
