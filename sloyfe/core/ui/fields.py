"""Fields any form may use: words without unseen signs or an identity number in them, and days within reason."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sloyfe.core.imports.identity_numbers import holds_one

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class PlainField(forms.CharField):
    """Text with one space between words; it is refused where a national identity number stands in it."""

    def to_python(self, value: Any) -> str:
        seen = UNSEEN.sub("", unicodedata.normalize("NFC", super().to_python(value) or ""))
        if holds_one(seen):
            raise ValidationError(
                _("This looks like a national identity number. Take it out; it is never stored here.")
            )
        return " ".join(seen.split())


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("We could not read that day. Write it as 31.01.2024.")}

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(_("Choose a day between 2000 and 2199."))
        return day
