"""Fields that people write in: text made plain, days within reason, units and colleagues by what they are called."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Viewer
from sloyfe.core.imports.identity_numbers import holds_one
from sloyfe.modules.people.finding import find_person, find_unit

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
HINT = _("Do not write names, or anything about a user.")


class PlainField(forms.CharField):
    """Text without signs nobody can see, and never with a national identity number in it."""

    def __init__(self, *, lines: int = 1, **kwargs: Any) -> None:
        self.lines = lines
        if lines > 1:
            kwargs["widget"] = forms.Textarea(attrs={"rows": lines})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        normal = unicodedata.normalize("NFC", (super().to_python(value) or "").replace("\r\n", "\n"))
        seen = UNSEEN.sub("", normal)
        if holds_one(seen):
            raise ValidationError(
                _("This looks like a national identity number. Take it out; it is never stored here.")
            )
        return seen.strip() if self.lines > 1 else " ".join(seen.split())


class DayField(forms.DateField):
    """A day between 1900 and 2199."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("We could not read that day. Write it as 31.01.2024.")}

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("Choose a day between 1900 and 2199."))
        return day


class UnitField(PlainField):
    """One unit, by number or name. The form gives it the day; the page a list with the id «units»."""

    day: date

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=260, **kwargs)
        self.widget.attrs |= {"list": "units", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return find_unit(text, self.day) if text else None


class PersonField(PlainField):
    """One colleague, by full name. The form gives it the viewer; the page a list with the id «people»."""

    viewer: Viewer

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=400, **kwargs)
        self.widget.attrs |= {"list": "people", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return find_person(self.viewer, text) if text else None


def tell(form: forms.Form, error: ValidationError) -> None:
    """Show what an action refused: beside the field it is about, or over the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
