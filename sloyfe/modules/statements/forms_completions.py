"""The form for a file of completions: whose employee numbers they are, and which platform it comes from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sloyfe.core.ui.fields import PlainField
from sloyfe.modules.people.public import employers
from sloyfe.modules.statements.completions import LIMITS, sources


class CompletionsForm(forms.Form):
    employer = forms.TypedChoiceField(
        label=_("Employer"), coerce=int, help_text=_("Whose employee numbers stand in the file.")
    )
    source = PlainField(
        label=_("Platform the file comes from"),
        max_length=100,
        help_text=_("Each person is told that it came from there. Write it the same way each time."),
    )
    completions = forms.FileField(
        label=_("File (CSV or Excel)"),
        error_messages={"empty": _("The file is empty. Check that you chose the right one.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].choices = list(employers().items())  # type: ignore[attr-defined]
        self.fields["source"].widget.attrs |= {"list": "platforms", "autocomplete": "off"}
        self.platforms = sources()

    def clean_completions(self) -> Any:
        file = self.cleaned_data["completions"]
        if file.size > LIMITS.file_bytes:
            raise ValidationError(_("The file is larger than 5 MB. Split it, and bring in one at a time."))
        return file
