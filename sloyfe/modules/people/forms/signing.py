"""Signing in and changing the password."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


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
