"""One node over time, and those like it, from published numbers only and without names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sloyfe.modules.catalogue.models import Competence, Framework, Profile, Requirement
from sloyfe.modules.statements.models import Statement
from sloyfe.reporting.picture.models import Publication, PublishedNode
from sloyfe.reporting.picture.portrait import Question
from sloyfe.reporting.picture.publish import publish
from sloyfe.reporting.picture.tests.bodies import fill
from sloyfe.reporting.picture.trend import trend
from tests.cast import DAY

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)


def key_of(name: str) -> int:
    return PublishedNode.objects.for_system("a test looks").filter(name=name).first().key


@pytest.fixture
def two(cast):
    """Enough in every office have learned something to be told anew, though nobody knows who they are."""
    fill(cast, offices={"fjord": 60, "vik": 60, "nes": 60, "dal": 60})
    first = publish(DAY, by="test")
    Statement.objects.for_system("test").filter(kind="level", level=2).update(level=4)
    Requirement.objects.filter(competence__key="k0").update(valid_to=DAY + timedelta(days=10))
    return first, publish(LATER, by="test")


def test_every_cell_is_what_its_picture_told(cast, two):
    county = key_of("Fylkeskontoret")
    found = trend(cast.viewer("hr_admin", day=LATER), county, Question(), like=False)
    assert [one.pk for one in found.publications] == [picture.pk for picture in two]
    for at, picture in enumerate(found.publications):
        node = PublishedNode.objects.for_system("a test looks").get(publication=picture, key=county)
        for line in found.lines:
            told = node.figures["meets"]
            place = picture.competences.index(line.topic.pk)
            assert (line.cells[at].n, line.cells[at].of) == (told["n"][place], told["of"][place])
    assert any(line.cells[0].n != line.cells[1].n for line in found.lines)


def test_what_was_not_published_then_is_said_so(cast):
    fill(cast)
    publish(DAY, by="test")
    new = ask_for_one_more(cast)
    publish(LATER, by="test")
    found = trend(cast.viewer("hr_admin", day=LATER), key_of("Fylkeskontoret"), Question(), like=False)
    assert {line.cells[0] is None for line in found.lines if line.topic.pk == new} == {True}


def ask_for_one_more(cast) -> int:
    one = Competence.objects.create(framework=Framework.objects.get(code="picture"), key="new", label_nb="Ny")
    told = {"level": 1, "strength": "should", "source": "directorate", "valid_from": DAY}
    Requirement.objects.create(profile=Profile.objects.get(key="veileder"), competence=one, **told)
    people = Statement.objects.for_system("test").filter(kind="level").values_list("person", flat=True).distinct()
    Statement.objects.bulk_create(
        Statement(person_id=person, kind="level", competence=one, level=1 + n % 2, valid_from=DAY, confirmed_on=DAY)
        for n, person in enumerate(people)
        if n % 3
    )
    return one.pk


def test_it_is_open_to_those_whom_the_node_concerns(cast, two):
    fjord = PublishedNode.objects.for_system("a test looks").filter(kind__in=("office", "pool"), name="Fjord").first()
    assert trend(cast.viewer("employee", day=LATER), fjord.key, Question(), like=False)
    other = PublishedNode.objects.for_system("a test looks").exclude(name="Fjord").filter(kind="office").first()
    assert trend(cast.viewer("employee", day=LATER), other.key, Question(), like=False) is None
    assert trend(cast.viewer("employee", day=LATER), 10**8, Question(), like=False) is None


def test_those_like_it_have_no_names_and_are_at_least_five(cast, as_role):
    offices = {f"o{n}": 30 for n in range(12)} | {"stor": 200, "fjord": 30}
    fill(cast, offices=offices)
    publish(DAY, by="test")
    key = key_of("Kontor o5")
    found = trend(cast.viewer("hr_admin"), key, Question(), like=True)
    nodes = PublishedNode.objects.for_system("a test looks").filter(kind="office").exclude(key=key)
    for line in found.lines:
        told = [n.figures["meets"] for n in nodes if 15 <= n.people <= 60]
        shares = sorted(
            100 * one["n"][line.topic.place] / one["of"][line.topic.place] for one in told if one["n"][line.topic.place]
        )
        assert (line.like is None) is (len(shares) < 5)
        if line.like:
            assert line.like.many == len(shares)
            assert shares[0] <= line.like.low <= line.like.high <= round(shares[-1])
    assert any(line.like for line in found.lines)
    page = as_role("hr_admin").get(f"/picture/{key}/over-time/?like=1").content.decode()
    assert "Slike som oss" in page
    assert "Kontor o6" not in page


def test_the_page_answers_and_takes_no_nonsense(as_role, cast, two):
    Publication.objects.for_system("test").filter(pk=two[1].pk).update(day=DAY + timedelta(days=1))
    key = key_of("Fylkeskontoret")
    client = as_role("hr_admin")
    assert client.get(f"/picture/{key}/over-time/").status_code == 200
    assert client.get(f"/picture/{key}/over-time/?area=-1&like=x&on=9999").status_code == 200
    assert client.get("/picture/999999/over-time/").status_code == 404
    assert client.post(f"/picture/{key}/over-time/").status_code == 405
