"""What may be imagined on the page «Hva om»."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from sloyfe.reporting.picture.whatif import Scene, Supposed

FIELDS = ("into", "posts", "competence", "learners")


def number_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


class WhatIfForm(forms.Form):
    """Each question by itself, or together; at least one."""

    into = forms.TypedChoiceField(label=_("It merges with"), coerce=number_or_none, empty_value=None, required=False)
    posts = forms.IntegerField(label=_("So many posts fall vacant"), min_value=0, required=False)
    competence = forms.TypedChoiceField(
        label=_("Some get a course in"), coerce=number_or_none, empty_value=None, required=False
    )
    learners = forms.IntegerField(
        label=_("So many of them can do it afterwards"),
        min_value=1,
        required=False,
    )

    def __init__(self, *args: Any, where: Scene, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.where = where
        self._offer("into", [("", _("Nobody")), *where.beside.items()])
        self._offer("competence", [("", _("Nothing")), *((topic.pk, topic.name) for topic in where.asked_here)])
        if not where.beside:
            del self.fields["into"]

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(data.get(name) for name in FIELDS):
            raise forms.ValidationError(_("Choose something to imagine."))
        self._together(data)
        return data

    def _together(self, data: dict[str, Any]) -> None:
        if (data.get("posts") or 0) > self.where.node.people:
            self.add_error("posts", _("There are only %(n)s people here.") % {"n": self.where.node.people})
        if data.get("learners") and not data.get("competence"):
            self.add_error("competence", _("Choose what they get a course in."))
        if data.get("competence") and not data.get("learners"):
            self.add_error("learners", _("Write how many."))

    def supposed(self) -> Supposed:
        data = self.cleaned_data
        return Supposed(
            into=data.get("into"),
            posts=data.get("posts") or 0,
            competence=data.get("competence"),
            learners=data.get("learners") or 0,
        )
