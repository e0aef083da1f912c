"""«Hvem kan jeg spørre?»: everyday words, nearest first, turns that go round, and nobody is an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sloyfe.modules.catalogue.models import AltLabel, Competence, Framework
from sloyfe.modules.catalogue.public import index_competences
from sloyfe.modules.statements import actions, reads
from sloyfe.modules.statements.asking import who_can_i_ask
from sloyfe.modules.statements.models import Statement
from tests.cast import DAY

TOPICS = {
    "debt": ("Gjeldsrådgivning", "Gjeldsrådgjeving", ["gjeld", "gjeldsordning", "inkasso"]),
    "interpreter": ("Samtaler med tolk", "Samtalar med tolk", ["tolk", "tolking"]),
    "cv": ("CV og jobbsøknad", "CV og jobbsøknad", ["CV", "søknad"]),
    "modia": ("MODIA", "MODIA", ["fagsystem"]),
}


@pytest.fixture
def topics(cast):
    framework = Framework.objects.create(code="trade", label_nb="Faget")
    found = {}
    for key, (nb, nn, others) in TOPICS.items():
        found[key] = Competence.objects.create(framework=framework, key=key, kind="skill", label_nb=nb, label_nn=nn)
        AltLabel.objects.bulk_create(AltLabel(competence=found[key], language="nb", text=text) for text in others)
    index_competences()
    return found


def offer(cast, topics, who, topic, audience="everyone", **said):
    return actions.say(cast.viewer(who), kind="offers", competence_id=topics[topic].pk, audiences=[audience], **said)


def asked(cast, question, who="employee"):
    return [one.person_id for one in who_can_i_ask(cast.viewer(who), question).people]


@pytest.mark.parametrize(
    "question", ["gjeld", "gjeldsordning", "Gjeldsrådgjeving", "gjeldsrågivning", "hvem kan gjeldsordning?", "INKASSO"]
)
def test_everyday_words_in_both_languages_and_misspelled(cast, topics, question):
    offer(cast, topics, "neighbour_employee", "debt")
    assert asked(cast, question) == [cast.person["neighbour_employee"].pk]


@pytest.mark.parametrize(
    ("question", "topic"), [("CV", "cv"), ("MODIA", "modia"), ("modia", "modia"), ("tolk", "interpreter")]
)
def test_short_questions_find_just_that(cast, topics, question, topic):
    for key, who in zip(TOPICS, ("state_employee", "leader", "deputy", "union_rep"), strict=True):
        offer(cast, topics, who, key)
    found = who_can_i_ask(cast.viewer("employee"), question).people
    assert [one.offers[0].what for one in found] == [TOPICS[topic][0]]


def test_own_office_then_area_then_county_then_country(cast, topics):
    for who in ("directorate_adviser", "county_adviser", "neighbour_employee", "state_employee"):
        offer(cast, topics, who, "debt")
    found = who_can_i_ask(cast.viewer("employee"), "gjeld").people
    assert [one.circle for one in found] == ["office", "area", "county", "country"]
    assert found[1].workplace.office == "Vik"


def test_only_offers_shared_with_the_asker_are_found(cast, topics):
    offer(cast, topics, "neighbour_employee", "debt", audience="office")
    offer(cast, topics, "state_employee", "debt", audience="leader")
    assert asked(cast, "gjeld") == []
    assert asked(cast, "gjeld", who="resource_person") == [cast.person["neighbour_employee"].pk]


def test_own_words_are_found_and_garbage_is_not(cast, topics):
    actions.say(cast.viewer("state_employee"), kind="offers", words="Fosterhjem og beredskap", audiences=["office"])
    assert asked(cast, "fosterheim") == [cast.person["state_employee"].pk]
    for nonsense in ("kvantefysikk", "zzzzqq", "!!!", "x" * 200, "' OR 1=1 --", "<script>"):
        assert asked(cast, nonsense) == []


def test_a_full_week_goes_last_and_turns_are_counted_without_the_asker(cast, topics):
    first = offer(cast, topics, "state_employee", "debt")
    offer(cast, topics, "leader", "debt")
    actions.set_helper(cast.viewer("state_employee"), weekly_limit=1, how="Ring før lunsj")
    actions.turn_to(cast.viewer("employee"), first)
    found = who_can_i_ask(cast.viewer("employee"), "gjeld").people
    assert [one.left for one in found] == [3, 0]
    assert found[1].person_id == cast.person["state_employee"].pk
    assert found[1].how == "Ring før lunsj"


def test_a_new_week_gives_new_room(cast, topics):
    first = offer(cast, topics, "state_employee", "debt")
    actions.set_helper(cast.viewer("state_employee"), weekly_limit=1, how="")
    actions.turn_to(cast.viewer("employee"), first)
    later = cast.viewer("employee", day=DAY + timedelta(days=7))
    assert [one.left for one in who_can_i_ask(later, "gjeld").people] == [1]


def test_an_old_offer_says_so_and_asks_its_owner(cast, topics):
    row = offer(cast, topics, "state_employee", "debt")
    Statement.objects.for_system("test").filter(pk=row.pk).update(confirmed_on=DAY - timedelta(days=200))
    assert who_can_i_ask(cast.viewer("employee"), "gjeld").people[0].offers[0].stale
    assert [item.stale for item in reads.mine(cast.viewer("state_employee"))["offers"]] == [True]
    actions.confirm(cast.viewer("state_employee"), Statement.objects.for_system("test").get(pk=row.pk))
    assert not who_can_i_ask(cast.viewer("employee"), "gjeld").people[0].offers[0].stale


def test_a_closed_or_withdrawn_offer_is_gone_at_the_next_search(cast, topics):
    row = offer(cast, topics, "state_employee", "debt")
    assert asked(cast, "gjeld")
    actions.take_back(cast.viewer("state_employee"), row)
    assert asked(cast, "gjeld") == []


def test_nobody_is_an_answer_and_the_area_can_be_asked(cast, topics):
    offer(cast, topics, "leader", "debt")
    answer = who_can_i_ask(cast.viewer("employee"), "gjeldsforvaltningsloven i arv")
    actions.post_need(cast.viewer("employee"), text="Gjeld etter dødsfall")
    assert answer.people or answer.nearby
    assert [need.text for need in reads.area_needs(cast.viewer("resource_person"))] == ["Gjeld etter dødsfall"]
    assert reads.area_needs(cast.viewer("county_adviser")) == []


def test_just_this_comes_before_something_like_it_however_near(cast, topics):
    """A colleague across the corridor who offers something like it does not hide who offers just this."""
    here, next_door = cast.person["state_employee"].pk, cast.person["neighbour_employee"].pk
    actions.say(
        cast.viewer("state_employee"), kind="offers", words="Samtaler med tolker på skjerm", audiences=["everyone"]
    )
    offer(cast, topics, "neighbour_employee", "interpreter")
    answer = who_can_i_ask(cast.viewer("employee"), "samtaler med tolk")
    assert [one.person_id for one in answer.close] == [next_door]
    assert [one.person_id for one in answer.similar] == [here]
    assert [one.person_id for one in answer.people] == [next_door, here]


def test_a_word_met_by_chance_is_nobody(cast, topics):
    offer(cast, topics, "neighbour_employee", "debt")
    actions.say(cast.viewer("leader"), kind="offers", words="Snakker nordsamisk", audiences=["everyone"])
    answer = who_can_i_ask(cast.viewer("employee"), "hvordan snakke om inkasso")
    assert [one.person_id for one in answer.people] == [cast.person["neighbour_employee"].pk]


def test_a_private_offer_changes_nobody_elses_answer(cast):
    words = "Økonomi, gjeld, bolig og livsopphold"
    actions.say(cast.viewer("neighbour_employee"), kind="offers", words=words, audiences=["everyone"])
    before = asked(cast, "gjeld")
    hidden = actions.say(cast.viewer("hr_admin"), kind="offers", words="gjeld")
    actions.share(cast.viewer("hr_admin"), hidden, audience="person", to_person=cast.person["county_adviser"].pk)
    assert asked(cast, "gjeld") == before == [cast.person["neighbour_employee"].pk]
