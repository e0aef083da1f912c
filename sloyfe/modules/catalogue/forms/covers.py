"""Forms of the agreements by which a neighbour covers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from sloyfe.core.ui.fields import DayField, PlainField
from sloyfe.modules.catalogue.required import Asked

MOST_PEOPLE = 20


class AskNeighbourForm(forms.Form):
    """What, by whom, how many, from when, and in the two leaders' own words."""

    requirement = forms.TypedChoiceField(label=_("What"), coerce=int)
    by_unit = forms.TypedChoiceField(label=_("Which office do you ask?"), coerce=int)
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=MOST_PEOPLE, initial=1)
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Empty: until one of you ends it."))
    words = PlainField(
        label=_("What you agree on"),
        max_length=300,
        help_text=_("Which days, how to get hold of them, what you do in return. No names, and nothing about users."),
    )

    def __init__(self, *args: Any, asked: Iterable[Asked], offices: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        what = [(one.pk, one.competence) for one in asked]
        cast(forms.ChoiceField, self.fields["requirement"]).choices = what
        cast(forms.ChoiceField, self.fields["by_unit"]).choices = list(offices.items())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day must not come before the first."))
        return data


class EndAgreementForm(forms.Form):
    last_day = DayField(label=_("Last day"))
