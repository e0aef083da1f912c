"""Fields that people write in: days since 1900, units and colleagues by what they are called."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sloyfe.core.access import Viewer
from sloyfe.core.ui import fields
from sloyfe.core.ui.fields import PlainField
from sloyfe.modules.people.finding import find_person, find_unit

EARLIEST = date(1900, 1, 1)


class DayField(fields.DayField):
    """The organisation is older than the plans: from 1900."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(earliest=EARLIEST, **kwargs)


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
