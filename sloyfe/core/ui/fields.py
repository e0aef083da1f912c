"""Fields any form may use: words without unseen signs or an identity number in them, and days within reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sloyfe.core.lang.plain import plain_words

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
HINT = _("Do not write names, or anything about a user.")


class PlainField(forms.CharField):
    """Text without signs nobody can see, on one line or several; never with a national identity number in it."""

    def __init__(self, *, lines: int = 1, **kwargs: Any) -> None:
        self.lines = lines
        if lines > 1:
            kwargs["widget"] = forms.Textarea(attrs={"rows": lines})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return plain_words(super().to_python(value) or "", lines=self.lines > 1)


class DayField(forms.DateField):
    """A day from `earliest` to the end of 2199."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("We could not read that day. Write it as 31.01.2024.")}

    def __init__(self, *, earliest: date = EARLIEST, **kwargs: Any) -> None:
        self.earliest = earliest
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not self.earliest <= day <= LATEST:
            years = {"first": self.earliest.year, "last": LATEST.year}
            raise ValidationError(_("Choose a day between %(first)s and %(last)s."), params=years)
        return day
