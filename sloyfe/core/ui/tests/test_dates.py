from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from sloyfe.core.ui import dates

TODAY = date(2026, 11, 18)
NB, NN, EN = "nb", "nn", "en"


@pytest.mark.parametrize(
    ("language", "this_year", "next_year"),
    [
        (NB, "15. desember", "15. desember 2027"),
        (NN, "15. desember", "15. desember 2027"),
        (EN, "15 December", "15 December 2027"),
    ],
)
def test_the_year_is_said_when_it_is_another(language, this_year, next_year):
    with translation.override(language):
        assert dates.day_in_words(date(2026, 12, 15), TODAY) == this_year
        assert dates.day_in_words(date(2027, 12, 15), TODAY) == next_year


@pytest.mark.parametrize(
    ("language", "words"),
    [(NB, "lørdag 5. desember"), (NN, "laurdag 5. desember"), (EN, "Saturday 5 December")],
)
def test_weekdays_have_their_own_names(language, words):
    with translation.override(language):
        assert dates.weekday_in_words(date(2026, 12, 5), TODAY) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [(NB, "17. november kl. 10.12"), (NN, "17. november kl. 10.12"), (EN, "17 November at 10:12")],
)
def test_a_moment_is_said_in_local_time(language, words):
    at = datetime(2026, 11, 17, 9, 12, tzinfo=timezone.get_fixed_timezone(0))
    with translation.override(language), timezone.override("Europe/Oslo"):
        assert dates.moment_in_words(at, TODAY) == words


def test_the_day_of_a_moment_is_the_day_on_the_wall():
    late = datetime(2026, 12, 31, 23, 30, tzinfo=timezone.get_fixed_timezone(0))
    with translation.override(NB), timezone.override("Europe/Oslo"):
        assert dates.day_in_words(late, TODAY) == "1. januar 2027"


@pytest.mark.parametrize(
    ("minutes", "nb", "nn", "en"),
    [
        (0, "0 timer", "0 timar", "0 hours"),
        (1, "1 minutt", "1 minutt", "1 minute"),
        (45, "45 minutter", "45 minutt", "45 minutes"),
        (60, "1 time", "1 time", "1 hour"),
        (75, "1,25 timer", "1,25 timar", "1.25 hours"),
        (38 * 45, "28,5 timer", "28,5 timar", "28.5 hours"),
        (1520 * 60, "1\xa0520 timer", "1\xa0520 timar", "1,520 hours"),
    ],
)
def test_hours_have_the_decimal_sign_of_the_language(minutes, nb, nn, en):
    for language, words in ((NB, nb), (NN, nn), (EN, en)):
        with translation.override(language):
            assert dates.hours_in_words(minutes) == words


def test_filters_take_the_day_it_is_from_the_viewer():
    shown = Template("{% load days %}{{ when|day:today }}, {{ when|last_day:today }}, {{ nothing|day:today }}|")
    with translation.override(NB):
        words = shown.render(Context({"when": date(2027, 1, 1), "today": TODAY, "nothing": None}))
    assert words == "1. januar 2027, 31. desember, |"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ingrid Aas", "IA"), ("Jonas Lie Berg", "JB"), ("Máret", "M"), ("øystein ås", "ØÅ"), ("", "")],
)
def test_initials(name, letters):
    assert Template("{% load days %}{{ name|initials }}").render(Context({"name": name})) == letters
