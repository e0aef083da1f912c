"""Forms for hours, absence, staffing and the files they can be read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sloyfe.core.ui.fields import HINT, DayField, PlainField
from sloyfe.modules.time.models import CalendarSource, Weekday

LONGEST_ABSENCE_DAYS = 3 * 366
UPLOAD_BYTES = 5_000_000


class ClockField(forms.TimeField):
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    default_error_messages = {"invalid": gettext_lazy("We could not read that time. Write it as 08:00.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"], **kwargs)


def _end_after_start(form: forms.Form, data: Mapping[str, Any]) -> None:
    start, end = data.get("start"), data.get("end")
    if start and end and end <= start:
        form.add_error("end", _("The time it ends must come after the time it begins."))


class WeekForm(forms.Form):
    """One row a weekday, from and to. An empty row is a day without hours."""

    valid_from = DayField(label=gettext_lazy("From which day"))

    def __init__(self, *args: Any, week: Mapping[int, tuple[time, time]], required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.week_required = required
        for weekday in Weekday:
            held = week.get(weekday.value, (None, None))
            words = (_("%(weekday)s, from"), _("%(weekday)s, to"))
            for name, word, initial in zip(("from", "to"), words, held, strict=True):
                label = capfirst(word % {"weekday": weekday.label})
                self.fields[f"{name}_{weekday.value}"] = ClockField(label=label, required=False, initial=initial)

    def rows(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        for weekday in Weekday:
            yield str(weekday.label), self[f"from_{weekday.value}"], self[f"to_{weekday.value}"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for weekday in Weekday:
            self._check_day(weekday.value, data)
        if self.week_required and not self.errors and not self.week():
            self.add_error(None, _("Write when you work on at least one weekday."))
        return data

    def _check_day(self, weekday: int, data: Mapping[str, Any]) -> None:
        begin, stop = f"from_{weekday}", f"to_{weekday}"
        if begin in self.errors or stop in self.errors:
            return
        start, end = data.get(begin), data.get(stop)
        if (start is None) != (end is None):
            self.add_error(stop if end is None else begin, _("Write both from and to, or leave both empty."))
        elif start is not None and end <= start:
            self.add_error(stop, _("The time it ends must come after the time it begins."))

    def week(self) -> dict[int, tuple[time, time]]:
        data = self.cleaned_data
        return {
            day.value: (data[f"from_{day.value}"], data[f"to_{day.value}"])
            for day in Weekday
            if data[f"to_{day.value}"]
        }


class AbsenceForm(forms.Form):
    first_day = DayField(label=gettext_lazy("First day"))
    last_day = DayField(label=gettext_lazy("Last day"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day must not come before the first."))
        elif first and last and (last - first).days > LONGEST_ABSENCE_DAYS:
            self.add_error("last_day", _("An absence can last three years at most."))
        return data


class SmallFileField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and (file.size or 0) > UPLOAD_BYTES:
            raise ValidationError(_("The file is larger than 5 MB. Send one for a shorter time."))
        return file


EMPTY = {"empty": gettext_lazy("The file is empty. Check that you chose the right one.")}


class CalendarForm(forms.Form):
    calendar = SmallFileField(
        label=gettext_lazy("Calendar file (.ics)"),
        error_messages=EMPTY,
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )


def weekday_choices() -> list[tuple[int, str]]:
    return [(day.value, capfirst(day.label)) for day in Weekday]


class DutyForm(forms.Form):
    what = PlainField(label=gettext_lazy("What"), max_length=120, help_text=HINT)
    weekday = forms.TypedChoiceField(label=gettext_lazy("Weekday"), choices=weekday_choices, coerce=int)
    start = ClockField(label=gettext_lazy("From (time)"))
    end = ClockField(label=gettext_lazy("To (time)"))
    valid_from = DayField(label=gettext_lazy("From which day"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        _end_after_start(self, data)
        return data


class StaffingForm(DutyForm):
    at_least = forms.IntegerField(label=gettext_lazy("At least so many at work"), min_value=1, max_value=500)

    field_order = ("what", "at_least", "weekday", "start", "end", "valid_from")


class LearningForm(forms.Form):
    minutes_week = forms.IntegerField(
        label=gettext_lazy("Minutes a week for each person"), min_value=0, max_value=37 * 60 + 30
    )
    valid_from = DayField(label=gettext_lazy("From which day"))


class SourceForm(forms.Form):
    name = PlainField(label=gettext_lazy("What you call it"), max_length=120, help_text=HINT)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CalendarSource.Kind.choices)


class RosterForm(forms.Form):
    source = forms.TypedChoiceField(label=gettext_lazy("Which roster"), coerce=int)
    roster = SmallFileField(
        label=gettext_lazy("Roster file (CSV or Excel)"),
        error_messages=EMPTY,
        help_text=gettext_lazy("Columns: ansattnummer, dato, fra and til."),
    )

    def __init__(self, *args: Any, sources: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = list(sources.items())  # type: ignore[attr-defined]
