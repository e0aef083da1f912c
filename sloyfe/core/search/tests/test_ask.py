"""Asking: short questions, lists that are the same on every database, limits, and what is no question."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sloyfe.core.search.ask import LIKELY, search
from sloyfe.core.search.grams import Field
from sloyfe.core.search.index import put, rebuild
from sloyfe.core.search.tests.texts import KIND, documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def yardstick():
    rebuild(KIND, documents())


def keys(text, **more):
    return [hit.key for hit in search(text, **{"kinds": [KIND], **more})]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("MODIA", ["modia"]),
        ("CV", ["cv", "inkludering"]),
        ("økonomi", ["budsjett", "sosialhjelp"]),
        ("AAP", ["aap"]),
        ("mi", ["mi", "bolig"]),
        ("KI", ["ki"]),
        ("tolk", ["tolk", "nytilsett", "endring"]),
        ("HMS", ["vernerunde"]),
        ("rus", ["rus"]),
        ("budsj", ["budsjett"]),
        ("økonomisk sosialhjelp", ["sosialhjelp", "budsjett", "digitalinkludering", "samisk"]),
        ("Gjeldsrådgiving", ["gjeld", "vedtak", "hjelpemidler", "sykefravaer"]),
        ("hvem kan hjelpe meg med gjeld og inkasso?", ["gjeld", "vedtak", "inkludering", "sykefravaer"]),
        ("kven kan noko om sjukmelde", ["sykefravaer", "trusler", "vernerunde", "aap"]),
    ],
)
def test_the_same_list_on_every_database(yardstick, typed, found):
    assert keys(typed, limit=4) == found


def test_scores_are_whole_numbers_and_the_same_on_every_database(yardstick):
    assert [(hit.key, hit.score, hit.likeness) for hit in search("økonomi", kinds=[KIND])] == [
        ("budsjett", 5676586, 100),
        ("sosialhjelp", 3105465, 83),
    ]


def test_every_label_finds_its_own_text_first(yardstick):
    for key, fields in documents():
        assert keys(fields[0].text)[0] == key
        assert keys(fields[0].text.upper())[0] == key


def test_every_other_name_finds_its_own_text_first(yardstick):
    for key, fields in documents():
        for name in fields[1:-1]:
            assert keys(name.text)[0] == key


def test_a_name_comes_before_a_word_of_it_before_its_beginning_before_a_mention(yardstick):
    put(KIND, "mention", [Field("Metallfag", 3), Field("Her kan du øve på sveis i verkstedet")])
    put(KIND, "beginning", [Field("Sveisekurs", 3)])
    put(KIND, "word", [Field("Kurs i sveis", 3)])
    put(KIND, "name", [Field("Sveis", 3)])
    assert keys("sveis", limit=4) == ["name", "word", "beginning", "mention"]


def test_kinds_are_searched_apart_and_together():
    put("competence", "1", [Field("Gjeldsrådgivning", 3)])
    put("offer", "1", [Field("Jeg kan mye om gjeld", 3)])
    assert [(hit.kind, hit.key) for hit in search("gjeld", kinds=["competence"])] == [("competence", "1")]
    both = search("gjeld", kinds=["competence", "offer"])
    assert {(hit.kind, hit.key) for hit in both} == {("competence", "1"), ("offer", "1")}
    assert search("gjeld", kinds=["nothing of the kind"]) == []
    assert search("gjeld", kinds=[]) == []


def test_only_some_keys(yardstick):
    assert keys("gjeld", limit_to=["vedtak", "sykefravaer", "nothing"]) == ["vedtak", "sykefravaer"]
    assert keys("gjeld", limit_to=[]) == []


def test_other_kinds_with_the_same_key_stay_out():
    put("a", "same", [Field("gjeld", 3)])
    put("b", "same", [Field("gjeld", 3)])
    assert [hit.kind for hit in search("gjeld", kinds=["a"], limit_to=["same"])] == ["a"]


def test_nobody_is_an_answer(yardstick):
    assert keys("strikke genser", at_least=LIKELY) == []
    assert keys("strikke genser") != []
    assert keys("gjelld", at_least=LIKELY)[0] == "gjeld"


@pytest.mark.parametrize("typed", ["", " ", "?", "§ - !", "\0", "\u200b"])
def test_no_words_find_nothing(yardstick, typed):
    assert keys(typed) == []


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered(yardstick, typed):
    assert len(keys(typed, limit=3)) <= 3


@pytest.mark.parametrize(
    "typed", ["'; DROP TABLE search_posting; --", "%s %(x)s", '" OR 1=1', "<script>gjeld</script>", "x" * 10_000]
)
def test_hostile_text_is_only_text(yardstick, typed):
    keys(typed)
    assert keys("gjeld")[0] == "gjeld"


def test_a_search_is_two_statements(yardstick, django_assert_num_queries):
    with django_assert_num_queries(2):
        search("hvem kan hjelpe meg med gjeld", kinds=[KIND, "offer"], limit=10)
    with django_assert_num_queries(1):
        search("zzzz", kinds=[KIND])


def test_the_example_worked_by_hand():
    """docs/algorithms/search.md"""
    rebuild("example", [(word, [Field(word, 3)]) for word in ("Gjeld", "Gjeldsordning", "Økonomi")])
    found = [(hit.key, hit.score, hit.likeness) for hit in search("gjeld", kinds=["example"])]
    assert found == [("Gjeld", 1_006_799, 100), ("Gjeldsordning", 246_703, 75)]
