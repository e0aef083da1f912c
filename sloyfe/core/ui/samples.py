"""What the components page shows: each building block with something in it, and in its other states."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib.messages import constants as levels
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sloyfe.core.ui.bars import Week, chart

HOUR = 60


class SampleForm(forms.Form):
    """Every kind of field once."""

    title = forms.CharField(label=gettext_lazy("What is it about?"), max_length=80)
    words = forms.CharField(
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("No names, and nothing about the user."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who should see it?"),
        choices=[("me", gettext_lazy("Only me")), ("office", gettext_lazy("My office"))],
    )
    when = forms.DateField(
        label=gettext_lazy("From which day?"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    answer = forms.ChoiceField(
        label=gettext_lazy("Have you used it?"),
        choices=[
            ("yes", gettext_lazy("Yes, I tried")),
            ("not_yet", gettext_lazy("Not yet")),
            ("no", gettext_lazy("It did not fit")),
        ],
        widget=forms.RadioSelect,
    )
    count = forms.BooleanField(label=gettext_lazy("Count my answer together with at least four others"), required=False)
    file = forms.FileField(label=gettext_lazy("A file"), required=False)


def samples(page: str) -> dict[str, object]:
    """Context of `components.html`. `page` is what stands in the address; the paginator takes whatever it is."""
    wrong = SampleForm(
        {"title": "", "words": "Vi øver på tirsdager", "audience": "me", "when": "32.13.2026"}, auto_id="wrong_%s"
    )
    wrong.is_valid()
    return {
        "form": SampleForm(),
        "wrong": wrong,
        "choice": SampleForm(auto_id="choice_%s")["answer"],
        "stations": (4, 3, 2, 1, 0),
        "open_stations": (0, 0, 0, 0, 0),
        "classes": (
            ("statutory", _("Statutory")),
            ("mandatory", _("Mandatory")),
            ("recommended", _("Recommended")),
            ("voluntary", _("Voluntary")),
        ),
        "chart": chart(_weeks()),
        "pages": Paginator(range(180), 20).get_page(page or 4),
        "alerts": (
            Message(levels.SUCCESS, _("Saved.")),
            Message(levels.INFO, _("The plan is with the parties for comments.")),
            Message(levels.WARNING, _("Week 3 has more in it than there is time for.")),
            Message(levels.ERROR, _("The file was not read. Nothing is changed.")),
        ),
        "steps": (
            ("done", _("Upload"), _("done"), _("Two files, 412 rows.")),
            ("now", _("Look through"), _("you are here"), _("What would be created, changed and ended.")),
            ("next", _("Apply"), _("next"), _("All or nothing.")),
        ),
        "long_name": "Anne-Margrethe Kristoffersdatter " * 6,
        "deadline": date(2026, 12, 15),
    }


def _weeks() -> list[Week]:
    taken = ((0, 36), (28, 37), (6, 36), (0, 0), (0, 0), (4, 28), (4, 32), (90, 28))
    return [
        Week(label, 76 * HOUR, must * HOUR, own * HOUR)
        for label, (must, own) in zip(["49", "50", "51", "52", "53", "1", "2", "3"], taken, strict=True)
    ]
