"""A form as a screen reader meets it, before any script has run."""

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from sloyfe.core.ui.samples import SampleForm
from sloyfe.core.ui.tests.html import Ids


@pytest.fixture(autouse=True)
def bokmål():
    with translation.override("nb"):
        yield


def shown(form):
    return render_to_string("ui/_form.html", {"form": form, "csrf_token": "x"})


def test_every_widget_wears_the_class():
    html = shown(SampleForm())
    for tag in ("<textarea", "<select", 'type="text"', 'type="date"', 'type="radio"', 'type="checkbox"', 'type="file"'):
        around = html[html.index(tag) - 200 : html.index(tag) + 300]
        assert "ds-input" in around, tag


def test_a_class_of_the_forms_own_is_kept():
    class Own(forms.Form):
        name = forms.CharField(widget=forms.TextInput(attrs={"class": "big"}))

    form = Own()
    assert 'class="ds-input big"' in shown(form)
    assert shown(form).count("ds-input") == 1  # also when it is shown once more


def test_what_must_be_filled_in_is_said_and_what_is_not():
    html = shown(SampleForm())
    assert html.count("må fylles ut") == 3 and html.count("valgfritt") == 3


def test_errors_stand_at_their_field_and_lead_to_it():
    form = SampleForm({"audience": "nobody", "when": "32.13.2026"})
    html = shown(form)
    found = Ids(html)
    assert (found.lost, found.doubled) == (set(), set())
    assert {"id_title", "id_answer_0"} <= found.pointed and "id_title_error" in found.pointed
    assert html.count('aria-invalid="true"') >= 4


def test_what_she_wrote_is_escaped_and_kept():
    html = shown(SampleForm({"title": "<script>", "words": "‮čáŋŋ & «hei»"}))
    assert "<script>" not in html and "&lt;script&gt;" in html and "čáŋŋ" in html


def test_an_error_of_the_whole_form_is_said():
    class Reversed(forms.Form):
        def clean(self):
            raise forms.ValidationError("Slutten kommer før starten.")

    assert "Slutten kommer før starten." in shown(Reversed({}))
