"""My own needs: what is asked of me, what I have said and can show, and the ways from there; for nobody but me."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sloyfe.modules.catalogue.models import Cause, CauseTouches, Competence, Framework, Profile, Requirement
from sloyfe.modules.people.models import Affiliation
from sloyfe.modules.plans.mine import Mine, Way, my_needs
from sloyfe.modules.statements.actions import say
from sloyfe.modules.statements.levels import say_level
from sloyfe.modules.statements.proofs import Facts, add_proof
from tests.cast import DAY

KEPT = DAY + timedelta(days=500)


@pytest.fixture
def asked(cast) -> dict[str, Competence]:
    """Two things asked of each adviser: one that a law asks proof for, and one that is only good to know."""
    framework = Framework.objects.create(code="trade", label_nb="Faget")
    profile = Profile.objects.create(key="post", kind="position", position="Rådgiver", label_nb="Rådgiver")
    found = {}
    for key, label, strength in (("debt", "Gjeld", "must"), ("talk", "Samtaler", "should")):
        found[key] = Competence.objects.create(framework=framework, key=key, label_nb=label)
        told = {"source": "county", "level": 3, "proof_asked": key == "debt", "valid_from": date(2026, 1, 1)}
        Requirement.objects.create(profile=profile, competence=found[key], strength=strength, **told)
    Affiliation.objects.for_system("test").filter(person=cast.person["employee"]).update(position="Rådgiver")
    return found


def mine(cast, topic: Competence) -> Mine:
    [found] = [one for one in my_needs(cast.viewer("employee")).asked if one.asked.competence_id == topic.pk]
    return found


def test_nothing_said_is_no_verdict(cast, asked):
    assert [one.way for one in my_needs(cast.viewer("employee")).asked] == [Way.UNSAID, Way.UNSAID]


@pytest.mark.parametrize(("level", "way"), [(1, Way.LEARN), (2, Way.LEARN), (3, Way.MOBILISE), (5, Way.MOBILISE)])
def test_what_i_can_is_asked_for_before_i_learn_more(cast, asked, level, way):
    say_level(cast.viewer("employee"), asked["talk"].pk, level=level, kept_until=KEPT)
    assert mine(cast, asked["talk"]).way == way


def test_who_can_be_asked_already_is_told_so(cast, asked):
    say(cast.viewer("employee"), kind="offers", competence_id=asked["talk"].pk, audiences=["everyone"])
    assert mine(cast, asked["talk"]).way == Way.ASKED


def test_my_own_view_never_meets_what_a_law_asks_proof_for(cast, asked):
    eli, debt = cast.viewer("employee"), asked["debt"]
    say_level(eli, debt.pk, level=5, kept_until=KEPT)
    assert mine(cast, debt).way == Way.SHOW
    last = DAY + timedelta(days=30)
    add_proof(eli, Facts("certificate", "Bevis", DAY, expires_on=last, competence_id=debt.pk))
    now = mine(cast, debt)
    assert (now.way, now.standing.level, now.standing.proof_until) == (Way.MOBILISE, 5, last)


def test_a_wish_and_what_comes_from_outside_stand_beside_it(cast, asked):
    say(cast.viewer("employee"), kind="wants", competence_id=asked["talk"].pk)
    told = {"kind": "rules", "source": "Brev", "ordered_by": "county", "mandatory": True, "valid_from": DAY}
    elsewhere = Competence.objects.create(framework=asked["talk"].framework, key="law", label_nb="Lov")
    for title, topic in (("A", asked["talk"]), ("B", elsewhere)):
        cause = Cause.objects.create(title=title, unit=cast.unit["fjord"], **told)
        CauseTouches.objects.create(cause=cause, competence=topic)
    needs = my_needs(cast.viewer("employee"))
    talk = mine(cast, asked["talk"])
    assert (talk.way, talk.wants, [one.title for one in talk.coming]) == (Way.UNSAID, True, ["A"])
    assert [one.title for one in needs.other] == ["B"]


def test_the_page_says_the_way_and_leads_there(cast, asked, as_role):
    say_level(cast.viewer("employee"), asked["talk"].pk, level=4, kept_until=KEPT)
    page = as_role("employee").get(reverse("my-requirements")).content.decode()
    assert "Dette kan du, og ingen vet at de kan spørre deg." in page
    assert f"{reverse('my-say', args=['offers'])}?topic=Samtaler" in page
    form = as_role("employee").get(reverse("my-say", args=["offers"]), {"topic": "Samtaler"}).content.decode()
    assert 'value="Samtaler"' in form


def test_nobody_else_has_my_needs(cast, asked):
    say_level(cast.viewer("employee"), asked["talk"].pk, level=1, kept_until=KEPT)
    assert my_needs(cast.viewer("leader")).asked == ()
