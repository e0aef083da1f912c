"""Signing in, and the user name somebody is given."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from sloyfe.core.ui.fields import PlainField


class SignInForm(AuthenticationForm):
    """User name and password. The error never says which of the two was wrong."""

    error_messages = {
        "invalid_login": _(
            "That user name and password do not belong together. Try once more, "
            "or ask whoever runs the system for a new password."
        ),
        "inactive": _("This user is closed. Ask whoever runs the system."),
    }

    def clean_username(self) -> str:
        return self.cleaned_data["username"].strip().casefold()


class LetInForm(forms.Form):
    username = PlainField(
        label=_("User name"), max_length=100, help_text=_("The address at work, or what the person is used to.")
    )
