"""The form for one proof: what it is, when, from whom, and until when it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Viewer
from sloyfe.core.ui.fields import DayField, PlainField
from sloyfe.modules.statements.forms import topic_field, topic_named
from sloyfe.modules.statements.models import Proof
from sloyfe.modules.statements.proofs import Facts

Kind = Proof.What
WHAT = [(kind.value, kind.label) for kind in (Kind.COURSE, Kind.CERTIFICATE, Kind.EDUCATION, Kind.PRACTICE)]
"""What is added most often comes first."""

EARLIEST = date(1940, 1, 1)
NKR = [
    ("", _("Not education")),
    ("2", _("2 – compulsory school")),
    ("3", _("3 – part of upper secondary school")),
    ("4", _("4 – upper secondary school or trade certificate")),
    ("5", _("5 – higher vocational education")),
    ("6", _("6 – bachelor")),
    ("7", _("7 – master")),
    ("8", _("8 – doctorate")),
]


class CompletedField(forms.DateField):
    """A day that has been; longer back than other days, as an education can be."""

    widget = DayField.widget
    default_error_messages = DayField.default_error_messages

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day < EARLIEST:
            raise ValidationError(_("Choose a day from 1940 on."))
        return day


class ProofForm(forms.Form):
    """One proof. Nothing is chosen beforehand, and no paper is uploaded."""

    field_order = ("what", "title", "topic", "nkr", "issuer", "completed_on", "expires_on")

    what = forms.ChoiceField(label=_("What is it?"), choices=WHAT, widget=forms.RadioSelect)
    title = PlainField(label=_("What is it called?"), max_length=300, help_text=_("As it stands on the paper."))
    nkr = forms.TypedChoiceField(
        label=_("Level of the education"), choices=NKR, required=False, coerce=int, empty_value=None
    )
    issuer = PlainField(label=_("Who gave it?"), max_length=200, required=False)
    completed_on = CompletedField(label=_("Completed"))
    expires_on = DayField(
        label=_("Holds until"), required=False, help_text=_("The last day it holds. Leave it empty if it has none.")
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["topic"] = topic_field()
        self.fields["topic"].help_text = _("Type a word and pick from the list, if it belongs to one of them.")
        self.order_fields(self.field_order)

    def clean_topic(self) -> int | None:
        return topic_named(self.cleaned_data["topic"])

    def clean_completed_on(self) -> date | None:
        day: date | None = self.cleaned_data["completed_on"]
        if day is not None and day > self.viewer.day:
            raise ValidationError(_("That day has not been yet. Add it when it is completed."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        education = data.get("what") == Kind.EDUCATION
        if education and not data.get("nkr") and "nkr" not in self.errors:
            self.add_error("nkr", _("Choose the level of the education."))
        if data.get("what") and not education and data.get("nkr"):
            self.add_error("nkr", _("The level is for education. Choose «Not education» here."))
        if data.get("expires_on") and data.get("completed_on") and data["expires_on"] < data["completed_on"]:
            self.add_error("expires_on", _("It cannot run out before it is completed."))
        return data

    def facts(self) -> Facts:
        data = dict(self.cleaned_data)
        return Facts(competence_id=data.pop("topic"), **data)
