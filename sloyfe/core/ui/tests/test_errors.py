import pytest
from django.test import Client
from django.utils import translation

from sloyfe.core.ui import views
from sloyfe.core.ui.tests.html import Ids

WRONG = Exception("of no interest to the reader")
PAGES = {
    400: lambda request: views.bad_request(request, WRONG),
    403: lambda request: views.forbidden(request, WRONG),
    404: lambda request: views.not_found(request, WRONG),
    405: views.not_allowed,
    500: views.server_error,
}
WORDS = {
    (400, "nb"): "Ingenting er endret.",
    (400, "nn"): "Ingenting er endra.",
    (400, "en"): "Nothing was changed.",
    (403, "nb"): "Denne siden er ikke din",
    (403, "nn"): "Denne sida er ikkje di",
    (403, "en"): "This page is not yours",
    (404, "nb"): "Vi fant ikke den siden",
    (404, "nn"): "Vi fann ikkje den sida",
    (404, "en"): "We did not find that page",
    (405, "nb"): "Denne siden åpnes fra en knapp",
    (405, "nn"): "Denne sida opnar du frå ein knapp",
    (405, "en"): "This page opens from a button",
    (500, "nb"): "Feilen er vår.",
    (500, "nn"): "Det du hadde lagra, er teke vare på",
    (500, "en"): "The mistake is ours.",
}


@pytest.mark.parametrize(("status", "language"), WORDS)
def test_an_error_says_what_happened_in_the_readers_language(ask, status, language):
    with translation.override(language):
        response = PAGES[status](ask())
    html = response.content.decode()
    assert response.status_code == status
    assert WORDS[status, language] in html and f'lang="{language}"' in html
    assert 'href="/"' in html and "of no interest" not in html and "UNDEFINED" not in html
    assert Ids(html).lost <= {"main"}


@pytest.mark.parametrize(("status", "language"), WORDS)
def test_a_swap_that_failed_leaves_the_page_and_says_so_above_it(ask, status, language):
    with translation.override(language):
        response = PAGES[status](ask(htmx=True))
    html = response.content.decode()
    assert (response.status_code, response["HX-Retarget"], response["HX-Reswap"]) == (status, "#messages", "innerHTML")
    assert WORDS[status, language] in html and "<html" not in html and "ds-alert" in html


def test_a_refused_page_does_not_claim_to_be_open_to_everybody(ask):
    assert "Why do I see this?" in views.privacy(_english(ask)).content.decode()
    assert "Why do I see this?" not in views.forbidden(_english(ask), WRONG).content.decode()


def _english(ask):
    translation.activate("en")
    return ask()


@pytest.fixture(autouse=True)
def language_afterwards():
    with translation.override(translation.get_language()):
        yield


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "Siden sto åpen for lenge"), ("nn", "Sida stod open for lenge"), ("en", "The page was open too long")],
)
def test_a_form_that_was_open_too_long(language, words):
    client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
    response = client.post("/language/", {"language": "nn"})
    assert response.status_code == 403 and words in response.content.decode()


def test_a_wrong_method_has_words_and_says_what_is_allowed(client):
    answer = client.get("/language/")
    assert answer.status_code == 405 and answer["Allow"] == "POST"
    assert "Denne siden åpnes fra en knapp" in answer.content.decode()
    assert client.head("/language/").status_code == 405


def test_a_broken_page_needs_neither_viewer_nor_session():
    assert views.server_error(None).status_code == 500
