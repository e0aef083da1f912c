"""Forms for having something confirmed, for answering, and for a remark on what was said about oneself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Viewer
from sloyfe.core.ui.fields import PlainField
from sloyfe.modules.people.public import colleague_named
from sloyfe.modules.statements.confirmations import my_leaders

COLLEAGUE = "colleague"
TWO_LINES = forms.Textarea(attrs={"rows": 2})


class AskToConfirmForm(forms.Form):
    """One person: a leader in a talk, or a colleague by name. Nothing is chosen beforehand."""

    who = forms.ChoiceField(label=_("Whom do you ask?"), widget=forms.RadioSelect)
    colleague = forms.CharField(
        label=_("Colleague"),
        max_length=200,
        required=False,
        help_text=_("The full name. Only when you ask a colleague."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        leaders = [
            (str(pk), _("%(name)s, your leader, in a talk") % {"name": name}) for pk, name in my_leaders(viewer).items()
        ]
        self.fields["who"].choices = [(COLLEAGUE, _("A colleague who has seen it")), *leaders]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        who = data.get("who")
        if who == COLLEAGUE:
            data["asked"] = colleague_named(self.viewer, data.get("colleague", ""))
            if data["asked"] is None:
                self.add_error("colleague", _("We found nobody, or more than one, by that name. Write the full name."))
        elif who:
            data["asked"] = int(who)
        return data


class SeenForm(forms.Form):
    """What the one who was asked has seen. Asked for only when she says yes."""

    example = PlainField(
        label=_("What have you seen?"),
        max_length=300,
        required=False,
        widget=TWO_LINES,
        help_text=_("A few words, when you say yes. Do not write names or anything about a user."),
    )


class RemarkForm(forms.Form):
    """The owner's own words beside something that was said or brought in about her."""

    remark = PlainField(
        label=_("Your remark"),
        max_length=300,
        required=False,
        widget=TWO_LINES,
        help_text=_("Whoever you share it with sees your remark too. Leave it empty to take the remark away."),
    )
