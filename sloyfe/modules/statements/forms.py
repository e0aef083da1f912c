"""Forms of «Min side» and of asking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Viewer
from sloyfe.modules.catalogue.public import competence_named
from sloyfe.modules.people.public import colleague_named
from sloyfe.modules.statements.models import Audience, Statement
from sloyfe.modules.statements.plain import plain_words
from sloyfe.modules.statements.reads import audiences


def topic_field() -> forms.CharField:
    """A competence by name. The list beside it is filled as one types, and without it the name can be written."""
    field = forms.CharField(label=_("Topic"), max_length=500, required=False)
    field.widget.attrs |= {
        "list": "topics",
        "autocomplete": "off",
        "data-hx-get": reverse("catalogue-topics"),
        "data-hx-trigger": "input changed delay:250ms",
        "data-hx-target": "#topics",
    }
    return field


def topic_named(text: str) -> int | None:
    """The competence of that name; None for no text. ValidationError when there is none."""
    typed = plain_words(text)
    if not typed:
        return None
    found = competence_named(typed)
    if found is None:
        raise ValidationError(
            _("We found no topic called «%(typed)s». Pick one from the list, or use your own words."),
            params={"typed": typed[:80]},
        )
    return found


class SayForm(forms.Form):
    """One thing to say: a topic from the catalogue, own words, or both; and who may see it."""

    words = forms.CharField(
        label=_("In your own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Do not write names or anything about a user."),
    )

    field_order = ("topic", "words", "audiences")

    def __init__(self, *args: Any, viewer: Viewer, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.kind = viewer, kind
        self.fields["topic"] = topic_field()
        self.fields["topic"].help_text = _(
            "Type a word and pick from the list. You can also leave this empty and use your own words."
        )
        if kind != Statement.Kind.UNSURE:
            self.fields["audiences"] = forms.MultipleChoiceField(
                label=_("Who may see this?"),
                choices=audiences(),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Nobody but you, until you choose. You can change it any time."),
            )
        self.order_fields(self.field_order)

    def clean_topic(self) -> int | None:
        return topic_named(self.cleaned_data["topic"])

    def clean_words(self) -> str:
        return plain_words(self.cleaned_data["words"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("topic") and not data.get("words"):
            raise ValidationError(_("Choose a topic or say it in your own words."))
        return data


class ShareForm(forms.Form):
    """Open one statement to one more audience."""

    audience = forms.ChoiceField(label=_("Share with"), choices=Audience.choices)
    colleague = forms.CharField(
        label=_("Colleague"),
        max_length=200,
        required=False,
        help_text=_("Only when you share with one person."),
    )

    def __init__(self, *args: Any, viewer: Viewer, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        if kind == Statement.Kind.UNSURE:
            only = [(Audience.PERSON.value, Audience.PERSON.label)]
            self.fields["audience"] = forms.ChoiceField(label=_("Share with"), choices=only)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["to_person"] = None
        if data.get("audience") == Audience.PERSON:
            data["to_person"] = colleague_named(self.viewer, data.get("colleague", ""))
            if data["to_person"] is None:
                self.add_error("colleague", _("We found nobody, or more than one, by that name. Write the full name."))
        return data


class HelperForm(forms.Form):
    """How I want to be asked."""

    weekly_limit = forms.IntegerField(label=_("Questions you take each week"), min_value=0, max_value=50)
    how = forms.CharField(
        label=_("How would you like to be asked?"),
        max_length=200,
        required=False,
        help_text=_("For instance: by phone before lunch, or on chat."),
    )

    def clean_how(self) -> str:
        return plain_words(self.cleaned_data["how"])


class AskForm(forms.Form):
    q = forms.CharField(
        label=_("What do you need help with?"),
        max_length=200,
        help_text=_("Write as you speak. No names, and nothing about the user."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "inputmode": "search"}),
    )

    def clean_q(self) -> str:
        return plain_words(self.cleaned_data["q"])


class NeedForm(forms.Form):
    text = forms.CharField(
        label=_("What do you need help with?"),
        max_length=300,
        help_text=_("No names, and nothing about the user. The resource persons in your area see it, with your name."),
    )

    def clean_text(self) -> str:
        return plain_words(self.cleaned_data["text"])
