"""Giving, changing and ending roles, ending somebody's work, and settling what was held."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Line, Viewer
from sloyfe.core.lang import in_language
from sloyfe.core.ui.fields import HINT, PlainField
from sloyfe.modules.people.finding import person_as_written
from sloyfe.modules.people.forms.fields import DayField, PersonField
from sloyfe.modules.people.models import LineChoice, RoleHolding, RoleKind, Unit
from sloyfe.modules.people.roles import EDIT, Mandate, already_held, kinds_to_give

BOTH = "both"
"""What is chosen for a role on both lines, which the table keeps as an empty line."""


class MandateForm(forms.Form):
    """What is agreed about a role. What is left empty is shown as not settled yet, and can be filled in later."""

    tasks = PlainField(label=_("What the role does"), lines=4, max_length=5000, required=False, help_text=HINT)
    hours_week = forms.DecimalField(
        label=_("Hours a week"), required=False, min_value=0, max_value=60, decimal_places=1, localize=True
    )
    deputy = PersonField(label=_("Deputy"), required=False, help_text=_("Full name, as in the list of colleagues."))
    anchored_by = PlainField(
        label=_("Anchored by"),
        max_length=200,
        required=False,
        help_text=_("Where it was agreed, such as the management group."),
    )
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        for field in self.fields.values():
            if isinstance(field, PersonField):
                field.viewer = viewer

    def mandate(self) -> Mandate:
        data = self.cleaned_data
        return Mandate(data["tasks"], data["hours_week"], data["deputy"], data["anchored_by"], data["last_day"])


class GiveForm(MandateForm):
    """A role for a person in a unit. A warning must be ticked away before it is given all the same."""

    person = PersonField(label=_("Who"), help_text=_("Full name, as in the list of colleagues."))
    kind = forms.ModelChoiceField(label=_("Which role"), queryset=RoleKind.objects.all(), to_field_name="code")
    line = forms.ChoiceField(label=_("In which line"))
    first_day = DayField(label=_("First day"))
    sure = forms.BooleanField(
        label=_("I know this, and give the role all the same"), required=False, widget=forms.HiddenInput
    )
    field_order = ("person", "kind", "line", "first_day", "last_day", "tasks", "hours_week", "deputy", "anchored_by")

    def __init__(self, *args: Any, viewer: Viewer, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        self.unit = unit
        kinds = [(kind.code, in_language(kind, "name", viewer.language)) for kind in kinds_to_give(viewer)]
        self.fields["kind"].choices = [("", _("Choose a role")), *kinds]  # type: ignore[attr-defined]
        self.fields["line"].choices = lines_in_reach(viewer, unit)  # type: ignore[attr-defined]

    def clean_line(self) -> str:
        line: str = self.cleaned_data["line"]
        return "" if line == BOTH else line

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors or data.get("sure"):
            return data
        warnings = already_held(
            self.viewer,
            person_id=data["person"],
            kind=data["kind"],
            unit=self.unit,
            line=data["line"],
            first_day=data["first_day"],
            last_day=data["last_day"],
        )
        if warnings:
            self.fields["sure"].widget = forms.CheckboxInput()
            self.add_error("sure", warnings)
        return data


def lines_in_reach(viewer: Viewer, unit: Unit) -> list[tuple[str, Any]]:
    """Where the viewer may give roles in this unit: one line, the other, or both together."""
    reach = {line: viewer.units(EDIT, line) for line in Line}
    found: list[tuple[str, Any]] = [
        (line.value, LineChoice(line.value).label) for line, units in reach.items() if units is None or unit.pk in units
    ]
    return [(BOTH, _("both state and municipal")), *found] if len(found) == len(Line) else found


class EndForm(forms.Form):
    last_day = DayField(label=_("Last day"))


class SettleForm(forms.Form):
    """Either somebody takes it over, or a note says why nobody needs to."""

    taken_by = PersonField(
        label=_("Who takes it over"), required=False, help_text=_("Full name, as in the list of colleagues.")
    )
    from_day = DayField(label=_("From which day"))
    note = PlainField(
        label=_("Note"),
        max_length=300,
        required=False,
        help_text=_("When nobody takes it over: why it is no longer needed. Do not write anything about a user."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taken_by"].viewer = viewer  # type: ignore[attr-defined]


class FindForm(forms.Form):
    """The staff directory: part of a name."""

    q = PlainField(label=_("Name, or part of it"), min_length=2, max_length=100)


def mandate_as_written(row: RoleHolding, viewer: Viewer) -> dict[str, Any]:
    """A role as the form shows it."""
    return {
        "tasks": row.tasks,
        "hours_week": row.hours_week,
        "deputy": person_as_written(viewer, row.deputy_id) if row.deputy_id else "",
        "anchored_by": row.anchored_by,
        "last_day": row.valid_to - timedelta(days=1) if row.valid_to else None,
    }
