"""«Hva om»: worked out from published figures and from what people shared with the one who asks, and stored nowhere."""

from __future__ import annotations

import pytest

from sloyfe.modules.people.viewers import viewer_for_person
from sloyfe.modules.statements.actions import share
from sloyfe.modules.statements.models import Audience, Statement
from sloyfe.reporting.picture.models import PublishedNode
from sloyfe.reporting.picture.publish import publish
from sloyfe.reporting.picture.tests.bodies import fill
from sloyfe.reporting.picture.whatif import Supposed, imagine, scene
from tests.cast import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast):
    competences = fill(cast, offices={"fjord": 40} | {f"o{n}": 30 for n in range(7)})
    publish(DAY, by="test")
    return competences


def node(name: str) -> PublishedNode:
    return PublishedNode.objects.for_system("a test looks").get(name=name)


def told(one: PublishedNode, place: int) -> tuple[int, int]:
    return one.figures["meets"]["n"][place], one.figures["meets"]["of"][place]


def outcome(cast, name: str, role: str = "hr_admin", **supposed):
    viewer = cast.viewer(role)
    return imagine(viewer, scene(viewer, node(name).key), Supposed(**supposed))


def test_two_offices_together_are_the_sum_of_what_was_told(cast, found):
    one, other = node("Kontor o4"), node("Kontor o5")
    after = outcome(cast, one.name, into=other.key)
    assert after.people == (30, 60)
    both = [place for place in range(len(found)) if told(one, place)[0] and told(other, place)[0]]
    assert both
    by_name = {line.name: line for line in after.lines}
    for place in both:
        (n, of), (m, og) = told(one, place), told(other, place)
        line = by_name[f"Kompetanse {place}"]
        assert (line.now, line.other) == (f"{n} av {of}", f"{m} av {og}")
        assert line.after == f"{n + m} av {of + og}"


def test_who_leaves_is_not_known_so_the_answer_is_a_range(cast, found):
    one = node("Kontor o4")
    [line, *_rest] = outcome(cast, one.name, posts=2).lines
    n, of = told(one, int(line.name[-1]))
    assert of == one.people == 30, "so all who leave were asked"
    assert line.after == f"{n - 2}–{n} av 28"


def test_those_who_get_the_course_are_there_afterwards_and_no_more_than_are_asked(cast, found):
    one = node("Kontor o4")
    place = next(place for place in range(len(found)) if told(one, place)[0])
    n, of = told(one, place)
    few, all_of_them = (
        {line.name: line for line in outcome(cast, one.name, competence=found[place].pk, learners=many).lines}
        for many in (3, 500)
    )
    assert few[f"Kompetanse {place}"].after == f"{n + 3} av {of}"
    assert all_of_them[f"Kompetanse {place}"].after == f"{of} av {of}"


def test_a_hidden_number_stays_hidden(cast, found):
    for one in PublishedNode.objects.for_system("a test looks").filter(kind__in=("office", "pool")):
        after = outcome(cast, one.name, posts=1)
        hidden = {f"Kompetanse {place}" for place in range(len(found)) if told(one, place)[0] is None}
        assert hidden.isdisjoint(line.name for line in after.lines)


def test_what_rests_on_few_only_from_what_was_shared_with_her_and_nobody_named(cast, found):
    mine = cast.person["employee"]
    rows = [
        Statement.objects.create(person=mine, kind="level", competence=one, level=4, valid_from=DAY, confirmed_on=DAY)
        for one in found[:2]
    ]
    leader = cast.viewer("leader")
    own = next(
        one for one in PublishedNode.objects.for_system("x").filter(kind__in=("office", "pool")) if "Fjord" in one.name
    )
    assert scene(leader, own.key).known == []
    share(viewer_for_person(mine.pk, DAY, "nb"), rows[0], audience=Audience.LEADER)
    where = scene(leader, own.key)
    [rests] = imagine(leader, where, Supposed(posts=1)).resting
    assert (rests.names, rests.before, rests.least) == (["Kompetanse 0"], 1, 0)
    assert imagine(leader, where, Supposed(competence=found[0].pk, learners=1)).resting == []
    assert scene(cast.viewer("state_leader"), own.key).known == []
    assert scene(cast.viewer("hr_admin"), own.key).known == []


def test_the_page_asks_answers_and_takes_no_nonsense(cast, found, as_role):
    key = node("Kontor o4").key
    url, client = f"/picture/{key}/what-if/", as_role("hr_admin")
    assert client.get(url).status_code == 200
    for wrong in ({}, {"posts": "-1"}, {"posts": "31"}, {"into": "7"}, {"into": key}, {"learners": "3"},
                  {"competence": found[0].pk}, {"competence": "x", "learners": "2"}, {"posts": "9" * 30}):  # fmt: skip
        assert client.post(url, wrong).status_code == 422, wrong
    page = client.post(url, {"posts": "2", "competence": found[0].pk, "learners": "5"})
    assert page.status_code == 200
    assert "30 personer her i dag, 28 etterpå." in page.content.decode()
    assert client.get("/picture/999999/what-if/").status_code == 404
    assert as_role("employee").get(url).status_code == 404
