"""Forms of a round: what it is for, who was heard, and what a party adds in its own words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Line, Viewer
from sloyfe.core.ui.fields import DayField, PlainField
from sloyfe.modules.assessment.models import EDIT, Heard, Round
from sloyfe.modules.assessment.parties import reaches_all

THREE_LINES = forms.Textarea(attrs={"rows": 3})
DAYS = ("opens_on", "closes_on", "delete_on")


class RoundForm(forms.ModelForm):
    """Everything people are told before question one, in the order they are told it."""

    place = forms.TypedChoiceField(label=_("For whom"), coerce=int)

    class Meta:
        model = Round
        fields = ("title", "line", "ordered_by", "purpose", "basis", "law", "controller", "minutes", *DAYS)
        field_classes = {
            **dict.fromkeys(("title", "ordered_by", "purpose", "law", "controller"), PlainField),
            **dict.fromkeys(DAYS, DayField),
        }
        labels = {
            "line": _("Employed by"),
            "purpose": _("What it is for"),
            "law": _("Law or agreement it rests on"),
            "controller": _("Who is responsible for the information (controller)"),
            "minutes": _("Minutes it takes"),
            "opens_on": _("First day"),
            "closes_on": _("Last day"),
            "delete_on": _("Answers are deleted on"),
        }
        help_texts = {
            "purpose": _("In plain words: what will be better afterwards, and for whom? Never pay, never who must go."),
            "basis": _("Most often a task in the public interest. Ask your data protection officer when in doubt."),
            "law": _("For instance the basic agreement in the state, section 32."),
            "controller": _(
                "Each employer answers for its own. Name them all: «the municipality for its own, the state for its»."
            ),
            "ordered_by": _("Who asked for this mapping?"),
        }
        widgets = {"purpose": THREE_LINES}

    def __init__(self, *args: Any, viewer: Viewer, places: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        choices = [*places.items()] if len(places) == 1 else [("", _("Choose")), *places.items()]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
        self.fields["place"].initial = self.instance.unit_id
        self.fields["line"].choices = _lines(viewer)  # type: ignore[attr-defined]
        self.fields["basis"].choices = [("", _("Choose")), *Round.Basis.choices]  # type: ignore[attr-defined]
        self.order_fields(["title", "place", "line"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.instance.unit_id = data.get("place") or self.instance.unit_id
        self._days_in_order(data)
        wanted = Round(unit_id=self.instance.unit_id, line=data.get("line", ""))
        if data.get("place") and "line" in data and not reaches_all(self.viewer, wanted):
            self.add_error("line", _("You can only map those you lead. Choose your own line."))
        return data

    def _days_in_order(self, data: dict[str, Any]) -> None:
        first, last, gone = (data.get(name) for name in DAYS)
        if first and last and last < first:
            self.add_error("closes_on", _("The last day must not come before the first."))
        elif last and gone and gone <= last:
            self.add_error("delete_on", _("Answers are deleted after the last day, not before."))


def _lines(viewer: Viewer) -> list[tuple[str, Any]]:
    """Both, or the one line that the viewer leads."""
    names = {Line.STATE: _("State"), Line.MUNICIPAL: _("Municipality")}
    led = [line for line in Line if viewer.units(EDIT, line) is None or viewer.units(EDIT, line)]
    both = [("", _("State and municipality"))] if len(led) > 1 else []
    return [*both, *((line.value, names[line]) for line in led)]


class HeardForm(forms.ModelForm):
    """A call to a meeting, and what came of it. `read` is the edition of the round that lies before whoever writes."""

    read = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Heard
        fields = ("agreement", "held_on", "who", "outcome", "disagreement", "answer")
        field_classes = {
            **dict.fromkeys(("agreement", "who", "outcome", "disagreement", "answer"), PlainField),
            "held_on": DayField,
        }
        labels = {
            "agreement": _("Under which agreement"),
            "held_on": _("Day of the meeting"),
            "who": _("Who met, by role"),
            "outcome": _("What came of it"),
            "disagreement": _("What they did not agree on"),
            "answer": _("How the employer answers"),
        }
        help_texts = {
            "held_on": _("They see the call on their first page."),
            "who": _("Roles, not names: «the leader, two union representatives»."),
            "outcome": _("Leave it empty until the meeting has been held."),
            "disagreement": _("As they said it. The round waits until it has an answer."),
        }
        widgets = dict.fromkeys(("outcome", "disagreement", "answer"), THREE_LINES)


class OwnWordsForm(forms.Form):
    words = PlainField(
        label=_("In the party's own words"),
        max_length=600,
        required=False,
        widget=THREE_LINES,
        help_text=_("Everybody the round is for can read it. Name nobody."),
    )


class BeginForm(forms.Form):
    """Whether her answers may be counted, asked once, with nothing chosen beforehand."""

    answers = forms.TypedChoiceField(
        label=_("May your answers be counted together with at least four others?"),
        choices=[("yes", _("Yes, count them together with others")), ("no", _("No, leave them out"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("It changes nothing else for you, and you can choose anew any day."),
    )
    unsure = forms.BooleanField(label=_("Count also what I am unsure of"), required=False)
