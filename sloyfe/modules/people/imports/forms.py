"""What somebody says when she uploads."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sloyfe.core.imports import identity_numbers
from sloyfe.core.policy import number
from sloyfe.modules.people.imports.known import Terms

FILES_AT_MOST = 10


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several that belong together."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        one = super().clean
        given = data if isinstance(data, list | tuple) else [data]
        return [one(file, initial) for file in given] if given else [one(None, initial)]


class UploadForm(forms.Form):
    uploads = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "CSV, Excel, or an export from FINT or Visma. Files that belong together are chosen together."
        ),
        error_messages={"empty": gettext_lazy("The file is empty. Check that you chose the right one.")},
    )
    employer = forms.ChoiceField(
        label=gettext_lazy("Employer"),
        required=False,
        help_text=gettext_lazy("Used where the file itself does not say who employs."),
    )
    full = forms.BooleanField(
        label=gettext_lazy("The file is a full list: those who are not in it have left"), required=False
    )
    last_day = forms.DateField(
        label=gettext_lazy("Their last day"),
        required=False,
        help_text=gettext_lazy("Only for a full list."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, employers: list[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = [("", _("The file says it")), *((name, name) for name in employers)]
        self.fields["employer"].choices = choices  # type: ignore[attr-defined]

    def clean_uploads(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["uploads"]
        if len(files) > FILES_AT_MOST:
            raise forms.ValidationError(
                ngettext(
                    "At most %(count)s file can be brought in at a time.",
                    "At most %(count)s files can be brought in at a time.",
                    FILES_AT_MOST,
                ),
                params={"count": FILES_AT_MOST},
            )
        if any(identity_numbers.holds_one(file.name or "") for file in files):
            raise forms.ValidationError(
                _("The name of the file has a national identity number in it. Rename the file.")
            )
        most = number("import.bytes_at_most", self.today)
        if sum(file.size or 0 for file in files) > most:
            raise forms.ValidationError(
                _("The files are larger than %(megabytes)s MB together. Split them, and bring in one at a time."),
                params={"megabytes": most // 1_000_000},
            )
        return files

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("last_day")
        if cleaned.get("full") and day is None and "last_day" not in self.errors:
            self.add_error("last_day", _("Say which day was the last for those who are not in the list."))
        if day is not None and not cleaned.get("full"):
            self.add_error("full", _("You wrote a last day. Tick here if the file is a full list, or empty the day."))
        if day is not None and not date(1950, 1, 1) <= day <= date(2199, 12, 31):
            self.add_error("last_day", _("That day cannot be right. Write it as 31.12.2026."))
        return cleaned

    def terms(self) -> Terms:
        return Terms(self.cleaned_data["employer"], self.cleaned_data["last_day"])
