"""Forms for one's own levels with what she wishes beside them, and for being counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sloyfe.core.ui.fields import PlainField
from sloyfe.modules.catalogue.public import Level


class WishesForm(forms.Form):
    """What she would like, or can give: ticks that say it, and take it back."""

    wishes = forms.MultipleChoiceField(
        label=_("Beside that"),
        choices=[
            ("wants", _("I want to learn it")),
            ("uses", _("I want to use it more")),
            ("teaches", _("I can teach it")),
            ("unsure", _("I am unsure of it")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only you see these, until you share them on your page."),
    )


class LevelForm(WishesForm):
    """One step, in the catalogue's words, and an example in her own. Nothing is chosen beforehand.

    A wish, or being unsure, is an answer without a step too.
    """

    field_order = ("level", "example", "wishes", "leader")

    level = forms.TypedChoiceField(
        label=_("How I see it today"),
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
        help_text=_("Not there yet? Leave it open, and tick below that you want to learn it or are unsure."),
    )
    example = PlainField(
        label=_("An example, in your own words"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What you did, not with whom. Do not write names or anything about a user."),
    )
    leader = forms.BooleanField(
        label=_("Share the step and the example with my leader"),
        required=False,
        help_text=_("Closed again as soon as you take the tick away."),
    )

    def __init__(self, *args: Any, levels: Sequence[Level], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(one.level, _said(one)) for one in levels]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "level" in data and data["level"] is None and not data.get("wishes"):
            self.add_error("level", _("Choose a step, or tick something below."))
        elif data.get("level") is None and (data.get("example") or data.get("leader")):
            self.add_error("level", _("Choose the step that the example is about."))
        return data


def _said(one: Level) -> str:
    return f"{one.name}: {one.wording}" if one.name and one.wording else one.name or one.wording


class CountingForm(forms.Form):
    """Yes or no, with nothing chosen beforehand."""

    answers = forms.TypedChoiceField(
        label=_("May your answers be counted?"),
        choices=[("yes", _("Yes, count them together with others")), ("no", _("No, leave them out"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    unsure = forms.BooleanField(label=_("Count also what I am unsure of"), required=False)
