"""Forms of the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sloyfe.core.ui.fields import DayField, PlainField
from sloyfe.modules.plans.colleagues import Colleague, Office, Team
from sloyfe.modules.plans.models import FollowUp, Measure

LONGEST_DAYS = 550


class PlanForm(forms.Form):
    """A new plan: for which office, and for how long."""

    unit = forms.TypedChoiceField(label=_("For"), coerce=int)
    title = PlainField(label=_("What the plan is called"), max_length=200)
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))

    def __init__(self, *args: Any, units: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last <= first:
            self.add_error("last_day", _("The last day must come after the first."))
        elif first and last and (last - first) > timedelta(days=LONGEST_DAYS):
            self.add_error("last_day", _("A plan can last a year and a half at most."))
        return data


class ReasonForm(forms.Form):
    reason = PlainField(label=_("Why not now?"), max_length=300)


@dataclass(frozen=True, slots=True)
class Choosing:
    """One team in the form: whether all of it is ticked, each in it, and how many of them are."""

    team: Team
    all: bool
    people: list[tuple[Colleague, bool]]
    chosen: int


class MeasureForm(forms.ModelForm):
    """What is done about a priority, who takes part, and what time it asks for."""

    people = forms.TypedMultipleChoiceField(
        label=_("Who takes part"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    teams = forms.TypedMultipleChoiceField(
        label=_("Whole teams"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    leads = forms.TypedChoiceField(label=_("Who leads the sessions"), coerce=int, empty_value=None, required=False)
    answers = forms.TypedChoiceField(label=_("Responsible"), coerce=int)

    class Meta:
        model = Measure
        fields = (
            "title",
            "goal",
            "shows",
            "binding",
            "ordered_by",
            "replaces",
            "sessions_count",
            "minutes",
            "group_size",
            "gap_weeks",
            "window_from",
            "window_to",
        )
        field_classes = {
            **dict.fromkeys(("title", "goal", "shows", "ordered_by", "replaces"), PlainField),
            **dict.fromkeys(("window_from", "window_to"), DayField),
        }
        help_texts = {
            "goal": _("What people will be able to do afterwards."),
            "shows": _("What you will see in the work that you do not see today."),
            "replaces": _("What may you stop doing, to make room?"),
            "ordered_by": _("Empty when the office chose this itself."),
            "group_size": _("The minimum staffing decides how many can be away at once."),
        }

    def __init__(self, *args: Any, office: Office, taking_part: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        people = [(one.pk, str(one)) for one in office.people]
        units = {office.pk: office.name} | {team.pk: team.name for team in office.teams}
        self.fields["teams"].choices = list(units.items())  # type: ignore[attr-defined]
        self.fields["people"].choices = people  # type: ignore[attr-defined]
        self.fields["people"].initial = taking_part
        self.fields["leads"].choices = [("", _("Nobody needs to lead")), *people]  # type: ignore[attr-defined]
        self.fields["answers"].choices = people  # type: ignore[attr-defined]
        self.fields["leads"].initial = self.instance.facilitator_id
        self.fields["answers"].initial = self.instance.responsible_id

    def who(self) -> Iterator[Choosing]:
        """The teams with what is ticked in each."""
        people, teams = ({str(one) for one in self[name].value() or ()} for name in ("people", "teams"))
        for team in self.office.teams:
            ticked = [(one, str(one.pk) in people) for one in team.people]
            yield Choosing(team, str(team.pk) in teams, ticked, sum(on for _one, on in ticked))

    def whole_office(self) -> bool:
        return str(self.office.pk) in {str(one) for one in self["teams"].value() or ()}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["people"] = sorted({*data.get("people", ()), *self.office.members(data.get("teams", ()))})
        if not data["people"] and "people" not in self.errors:
            self.add_error("people", _("Tick at least one person, a team or the whole office."))
        first, last = data.get("window_from"), data.get("window_to")
        if first and last and last < first:
            self.add_error("window_to", _("The last day must not come before the first."))
        if first and last and (last - first) > timedelta(days=LONGEST_DAYS):
            self.add_error("window_to", _("Look at most a year and a half ahead."))
        self.instance.facilitator_id = data.get("leads")
        self.instance.responsible_id = data.get("answers") or self.instance.responsible_id
        return data


class ClosingForm(forms.Form):
    closing = PlainField(
        label=_("What changed in the work?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One sentence about the work, not about anybody. It stands when more than half who took part agree."
        ),
    )


class OtherViewForm(forms.Form):
    words = PlainField(
        label=_("How do you see it?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Who makes the plan reads your words, without your name. Where you are few, it may still be easy to guess. "
            "Write about the work, not about a user."
        ),
    )


class FollowUpForm(forms.Form):
    answer = forms.ChoiceField(label=_("Have you used it?"), choices=FollowUp.Answer.choices, widget=forms.RadioSelect)
    words = PlainField(
        label=_("A note to yourself"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    counts = forms.BooleanField(
        label=_("Count my answer together with at least four others"),
        required=False,
        help_text=_("Without the tick nobody but you sees or counts it."),
    )
