"""The base page and the components page, in all languages, with somebody signed in and with nobody."""

import pytest
from django.utils import translation

from sloyfe.core.access import Viewer
from sloyfe.core.ui import views
from sloyfe.core.ui.tests.conftest import DAY
from sloyfe.core.ui.tests.html import Ids

LANGUAGES = ("nb", "nn", "en")
SOMEBODY = Viewer(person_id=1, day=DAY, user_id=1, name="Anne-Margrethe " * 14)


def shown(view, request, language):
    with translation.override(language):
        return view(request).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("viewer", [None, SOMEBODY])
@pytest.mark.parametrize("view", [views.components, views.privacy, views.accessibility])
def test_what_points_to_an_id_finds_it(ask, view, viewer, language):
    html = shown(view, ask(viewer=viewer), language)
    found = Ids(html)
    assert (found.lost, found.doubled) == (set(), set())
    assert "UNDEFINED VARIABLE" not in html
    assert html.count("<h1") == 1 and f'<html lang="{language}"' in html


@pytest.mark.parametrize(("language", "words"), [("nb", "Byggeklosser"), ("nn", "Byggjeklossar"), ("en", "Building")])
def test_the_components_page_is_in_the_language_of_the_reader(ask, language, words):
    assert words in shown(views.components, ask(), language)


@pytest.mark.parametrize("page", ["0", "-1", "9", "99999999999", "x", "<x-y>"])
def test_any_page_number_is_answered(ask, page):
    assert "<x-y>" not in shown(views.components, ask(path=f"/components/?page={page}"), "nb")


def test_the_house_names_the_order_of_layers_first(ask):
    """Designsystemet overrides our base rules only where our stylesheet has been read before it."""
    html = shown(views.privacy, ask(), "nb")
    assert html.index("app.css") < html.index("ds/theme.css") < html.index("ds/ds.css")


def test_who_has_not_signed_in_is_offered_nothing_of_her_own(ask):
    assert "Logg ut" in shown(views.privacy, ask(viewer=SOMEBODY), "nb")
    html = shown(views.privacy, ask(), "nb")
    assert "Logg ut" not in html and "Hvem har sett" not in html


def test_the_language_switch_comes_back_to_the_page_it_left(ask):
    html = shown(views.privacy, ask(path='/privacy/?q="><script>'), "nb")
    assert 'name="next" value="/privacy/?q=%22' in html and "<script>" not in html


def test_privacy_tells_where_the_promise_ends(ask):
    """«Only me» is a promise about roles, not about those who run the database."""
    assert "teknisk nå det" in shown(views.privacy, ask(), "nb")
