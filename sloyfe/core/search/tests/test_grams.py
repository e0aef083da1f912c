"""The pure half: letters, words, grams, weights, what a question asks for and how like a hit is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sloyfe.core.search import questions
from sloyfe.core.search.grams import Field, grams, length, normalise, postings, rarity, weight, words
from sloyfe.core.search.packing import gram_of, number, pack, packed, unpacked, weight_of
from sloyfe.core.search.questions import Wanted, choose, likeness, read

NORWEGIAN = st.text("abcdefghijklmnopqrstuvwxyzæøåčđŋšŧžéÆØÅ0123456789 -«»§.", max_size=80)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ØKONOMI", ["økonomi"]),
        ("Ærlig på Åsen", ["ærlig", "på", "åsen"]),
        ("čálgu đ ŋ Šibit ŧ ž", ["čálgu".replace("á", "a"), "đ", "ŋ", "šibit", "ŧ", "ž"]),
        ("idé, komité og à la carte", ["ide", "komite", "og", "a", "la", "carte"]),
        ("Göteborg på Färöarna", ["gøteborg", "på", "færøarna"]),
        ("A\u030angstrøm", ["ångstrøm"]),
        ("so\u00adsial\u200bhjelp", ["sosialhjelp"]),
        ("CV-skriving § 14a, 2026", ["cv", "skriving", "14a", "2026"]),
        ("snake_case", ["snake", "case"]),
        ("العربية", ["العربية"]),
        ("... - !", []),
        ("", []),
    ],
)
def test_words(typed, read):
    assert words(typed) == read


@given(st.text(max_size=60))
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=60))
def test_words_are_of_letters_and_digits_whatever_comes(text):
    assert all(word.isalnum() and word == word.lower() for word in words(text))


@pytest.mark.parametrize(
    ("word", "cut"),
    [
        ("økonomi", ("_øko", "økon", "kono", "onom", "nomi", "omi_")),
        ("nav", ("_nav", "nav_")),
        ("cv", ("_cv_",)),
        ("r", ("_r_",)),
    ],
)
def test_grams(word, cut):
    assert grams(word) == cut


def test_a_text_without_end_is_cut():
    assert len(words("a" * 100_000)[0]) == 40
    assert len(words("ord " * 100_000)) == 5000


@given(NORWEGIAN, st.integers(1, 10))
def test_a_field_counts_as_often_as_its_weight_says(text, times):
    assert length([Field(text, times)]) == times * length([Field(text)])
    assert length([Field(text, times)]) == length([Field(text)] * times)


def test_bm25_by_hand():
    """One gram once, in a document of usual length: 1 · 2.2 / (1 + 1.2) = 1."""
    assert weight(1, 100, 100) == 1000
    assert weight(3, 100, 100) == round(1000 * 3 * 2.2 / 4.2)
    assert weight(1, 200, 100) == round(1000 * 2.2 / (1 + 1.2 * 1.75))
    assert rarity(1, 60) == 371  # 100 · ln(1 + 59.5 / 1.5)
    assert rarity(60, 60) == 1


@given(st.integers(1, 50), st.integers(1, 500), st.integers(1, 500))
def test_more_of_a_gram_weighs_more_and_a_longer_document_less(count, total, usual):
    assert 0 <= weight(count, total, usual) <= weight(count + 1, total, usual) <= 2200
    assert weight(count, total + 1, usual) <= weight(count, total, usual)


@given(st.integers(1, 1000), st.integers(0, 1000))
def test_rarer_counts_more(documents, holding):
    assert rarity(holding + 1, documents + 1001) <= rarity(holding, documents + 1001)


def test_names_carry_marks_and_texts_do_not():
    found = postings([Field("Økonomi", 3), Field("budsjett", 2), Field("Følge kontorets forbruk", 1)], 100)
    assert found["#økonomi"] == 4400
    assert found["#budsjett"] == 2933
    assert found["=budsjett"] == 733
    assert {mark for mark in found if mark[0] == "<"} == {
        "<øk", "<økon", "<økonom", "<bu", "<buds", "<budsje"
    }  # fmt: skip
    assert "=forbruk" not in found


def test_a_sentence_is_no_name():
    found = postings([Field("dette er mye lengre enn noe navn pleier å være", 3)], 100)
    assert not {mark[0] for mark in found} & set("#=<")


@pytest.mark.parametrize("times", [0, -1, 11])
def test_a_weight_outside_the_scale_is_refused(times):
    with pytest.raises(ValueError, match="from 1 to 10"):
        postings([Field("økonomi", times)], 100)


@given(st.lists(st.tuples(NORWEGIAN, st.integers(1, 10)), max_size=4), st.integers(1, 300))
def test_packing_loses_nothing(fields, usual):
    found = postings([Field(*field) for field in fields], usual)
    stored = unpacked(pack(packed(found)))
    assert {gram_of(one): weight_of(one) for one in stored} == {number(gram): w for gram, w in found.items()}


def test_words_that_only_ask_are_left_out():
    assert read("Hvem kan hjelpe meg med gjeld?").words == ("gjeld",)
    assert read("Kven veit noko om gjeld?").words == ("gjeld",)
    assert read("hvem?").words == ("hvem",)
    assert read("?!").words == ()


def test_only_short_questions_ask_for_marks_of_words():
    assert read("cv").marks == {"#cv", "=cv", "<cv"}
    assert read("budsjettering").marks == {"#budsjettering", "=budsjettering", "<budsje"}
    assert read("gjeld inkasso kreditor husleie").marks == {"#gjeld inkasso kreditor husleie"}


def test_the_rarest_grams_are_read():
    question = read("gjeld")
    held = {"_gje": 9, "gjel": 4, "jeld": 2, "eld_": 7}
    assert choose(question, held, 10) == [
        Wanted(gram, rarity(held[gram], 10)) for gram in ("jeld", "gjel", "eld_", "_gje")
    ]


def test_reading_is_bounded_but_something_is_always_read():
    question = read("gjeld")
    many = questions.MOST_READ - 5
    assert [one.gram for one in choose(question, {"_gje": many, "gjel": 3, "jeld": 4}, many)] == ["gjel", "jeld"]
    assert [one.gram for one in choose(question, {"_gje": 10 * many}, 10 * many)] == ["_gje"]
    assert choose(question, {}, 10) == []


def test_no_more_than_sixteen_grams_are_read():
    question = read("kvalifiseringsprogram for ungdom og arbeidsgiverkontakt")
    assert len(choose(question, dict.fromkeys(question.grams, 1), 10)) == questions.MOST_GRAMS


def test_likeness_is_that_of_the_word_that_is_there_most():
    holds = {*grams("gjeldsrådgivning"), *grams("hus")}.__contains__
    assert likeness(read("gjeld"), holds) == 75
    assert likeness(read("gjeldsrådgivning bil"), holds) == 100
    assert likeness(read("sjakk"), holds) == 0
    assert likeness(read("øk"), {"<øk"}.__contains__) == 100
