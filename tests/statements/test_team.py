"""A leader reads by name what those she leads have shared with her: that, and nothing else about anybody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sloyfe.core.audit.looks import looks_at
from sloyfe.modules.catalogue.models import Competence, Framework, Scale, Step
from sloyfe.modules.people.models import Affiliation, Person
from sloyfe.modules.statements import levels
from sloyfe.modules.statements.actions import revoke, say, share
from sloyfe.modules.statements.models import Audience, Share, Statement
from sloyfe.modules.statements.team import my_team
from tests.cast import DAY

URL = "my-team"


@pytest.fixture
def talk(cast):
    scale = Scale.objects.create(code="three", label_nb="Tre trinn")
    Step.objects.create(scale=scale, level=2, label_nb="Med støtte")
    framework = Framework.objects.create(code="trade", label_nb="Faget", scale=scale)
    return Competence.objects.create(framework=framework, key="talk", label_nb="Samtaler")


def level_of(cast, role, competence, *, shared=True):
    viewer = cast.viewer(role)
    row = Statement.objects.create(
        person=cast.person[role],
        kind="level",
        competence=competence,
        level=2,
        words="Tre samtaler i høst",
        valid_from=DAY,
        confirmed_on=DAY,
    )
    return share(viewer, row, audience=Audience.LEADER) if shared else row


def read_by(cast, role):
    return {one.name: [(t.what, t.step, t.words) for t in one.lines] for one in my_team(cast.viewer(role))}


def test_the_nearest_leader_reads_what_was_shared_and_the_other_line_does_not(cast, talk):
    level_of(cast, "employee", talk)
    level_of(cast, "union_rep", talk, shared=False)
    assert read_by(cast, "leader") == {"Eli Elvestad": [("Samtaler", "Med støtte", "Tre samtaler i høst")]}
    for role in ("state_leader", "neighbour_leader", "county_adviser", "hr_admin", "employee", "union_rep"):
        assert read_by(cast, role) == {}, role


def test_what_is_closed_or_said_anew_is_gone_at_once(cast, talk):
    row = level_of(cast, "employee", talk)
    revoke(cast.viewer("employee"), Share.objects.for_system("test").get(pk=row.pk))
    assert read_by(cast, "leader") == {}
    again = level_of(cast, "union_rep", talk)
    levels.withdraw_level(cast.viewer("union_rep"), talk.pk)
    assert again.statement_id and read_by(cast, "leader") == {}


def test_what_is_unsure_is_read_only_by_the_leader_she_names(cast, talk):
    eli = cast.viewer("employee")
    row = say(eli, kind="unsure", competence_id=talk.pk)
    assert read_by(cast, "leader") == {}
    share(eli, row, audience=Audience.PERSON, to_person=cast.person["leader"].pk)
    assert read_by(cast, "leader") == {"Eli Elvestad": [("Samtaler", "", "")]}


def test_the_page_names_only_those_who_shared_and_they_can_read_that_it_was_read(cast, talk, as_role):
    level_of(cast, "employee", talk)
    page = as_role("leader").get(reverse(URL))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Eli Elvestad" in text and "Med støtte" in text and "Unni Ulven" not in text
    (look,) = looks_at(cast.viewer("employee"))
    assert look.looker == "Mona Myhre" and look.why == ("Du hadde delt dette selv.",)


def test_an_empty_team_says_what_to_do_and_others_are_shown_the_door(as_role):
    assert "Ingenting er delt med deg ennå" in as_role("leader").get(reverse(URL)).content.decode()
    assert as_role("leader").post(reverse(URL)).status_code == 405
    for role in ("employee", "hr_admin", "union_rep"):
        assert as_role(role).get(reverse(URL)).status_code == 403


def test_only_a_leader_finds_the_way_there_from_her_page(as_role):
    assert reverse(URL) in as_role("leader").get(reverse("my-page")).content.decode()
    assert reverse(URL) not in as_role("employee").get(reverse("my-page")).content.decode()


def test_more_people_and_more_things_ask_no_more_questions(cast, talk, as_role, django_assert_max_num_queries):
    for number in range(40):
        person = Person.objects.create(name=f"Person {number:02}")
        place = {"unit": cast.unit["fjord_team"], "employer": cast.employer["sund"], "line": "municipal"}
        Affiliation.objects.create(person=person, valid_from=DAY, **place)
        said = {"person": person, "competence": talk, "level": 2, "valid_from": DAY, "confirmed_on": DAY}
        row = Statement.objects.create(kind="level", **said)
        Share.objects.create(statement=row, owner=person, audience=Audience.LEADER)
    client = as_role("leader")
    with django_assert_max_num_queries(25):
        people = client.get(reverse(URL)).context["people"]
    assert [one.name for one in people] == [f"Person {number:02}" for number in range(40)]
