"""The form that takes in a framework."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sloyfe.core.imports.identity_numbers import holds_one
from sloyfe.core.imports.limits import LIMITS
from sloyfe.core.lang import label
from sloyfe.core.policy import number
from sloyfe.modules.catalogue.models import Framework, Import

FILES_AT_MOST = 20
MB = 1_000_000


class ManyFiles(forms.ClearableFileInput):
    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One file or several; each is looked at by itself."""

    widget = ManyFiles
    largest = LIMITS.file_bytes

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        files = [super(ManyFilesField, self).clean(each, initial) for each in given] or [super().clean(None, initial)]
        if len(files) > FILES_AT_MOST:
            raise ValidationError(_("Choose at most %(n)s files."), params={"n": FILES_AT_MOST})
        for file in files:
            self._check(file)
        return files

    def _check(self, file: UploadedFile) -> None:
        if (file.size or 0) > self.largest:
            raise ValidationError(
                _("A file is %(size)s MB. The largest we can read is %(limit)s MB."),
                params={"size": -(-(file.size or 0) // MB), "limit": self.largest // MB},
            )
        if holds_one(file.name or ""):
            raise ValidationError(_("The name of a file looks like a national identity number. Give it another name."))


class Labelled(forms.ModelChoiceField):
    """A choice among things with a label in each language."""

    def label_from_instance(self, obj: Any) -> str:
        return label(obj, get_language() or "nb")


class ImportForm(forms.Form):
    format_code = forms.ChoiceField(label=_("Format"), choices=Import.Format.choices)
    uploads = ManyFilesField(
        label=_("Files"),
        error_messages={"empty": _("The file is empty."), "required": _("Choose a file.")},
        help_text=_("All the files of the framework together, one by one or as ZIP."),
    )
    edition = forms.CharField(
        label=_("Edition"),
        max_length=40,
        required=False,
        help_text=_("Such as 1.1.1, where the files do not say it themselves."),
    )
    into = Labelled(
        label=_("Goes into"),
        queryset=Framework.objects.order_by("code"),
        required=False,
        empty_label=_("The framework named in the file"),
        help_text=_("Only for our own format, when the file has no sheet that names the framework."),
    )
    whole = forms.BooleanField(
        label=_("The file is the whole framework"),
        required=False,
        help_text=_(
            "What is no longer in the file becomes outdated. Leave this empty to add and change only. "
            "Frameworks published by others are always taken as whole."
        ),
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ManyFilesField, self.fields["uploads"]).largest = number("import.bytes_at_most", day)
