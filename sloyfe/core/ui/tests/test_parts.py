import pytest
from django.contrib import messages

from sloyfe.core.ui.parts import SilentSwapError, render_part

PAGE, PART = "components.html", "ui/_empty.html"


@pytest.fixture
def answer():
    from sloyfe.core.ui.samples import samples

    def make(request, said=None, **more):
        return render_part(request, PAGE, PART, {**samples(""), "text": "Tomt her."}, said, **more)

    return make


def test_htmx_gets_the_part_and_the_sentence(ask, answer):
    html = answer(ask(htmx=True), "Tre kolleger.").content.decode()
    assert "<html" not in html and "Tomt her." in html
    assert '<div id="live" data-hx-swap-oob="innerHTML">Tre kolleger.</div>' in html


def test_what_is_said_is_escaped(ask, answer):
    assert "<b>" not in answer(ask(htmx=True), "<b>").content.decode()


@pytest.mark.parametrize("headers", [{}, {"HTTP_HX_BOOSTED": "true"}, {"HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}])
def test_everybody_else_gets_the_whole_page(ask, answer, headers):
    html = answer(ask(htmx=bool(headers), **headers)).content.decode()
    assert html.startswith("<!doctype html>")


@pytest.mark.parametrize("said", [None, "", "  "])
def test_a_swap_may_not_be_silent(ask, answer, said):
    with pytest.raises(SilentSwapError, match="_empty"):
        answer(ask(htmx=True), said)


def test_a_message_is_both_said_and_shown(ask, answer):
    request = ask(htmx=True)
    messages.success(request, "Lagret.")
    html = answer(request).content.decode()
    assert 'data-hx-swap-oob="innerHTML">Lagret.</div>' in html
    assert '<div id="messages" data-hx-swap-oob="innerHTML">' in html and html.count("Lagret.") == 2


def test_caches_are_told_and_the_status_is_kept(ask, answer):
    response = answer(ask(htmx=True), "To felt må rettes.", status=422)
    assert response.status_code == 422
    assert "HX-Request" in response["Vary"] and "HX-Request" in answer(ask())["Vary"]
