"""Fields people write in: words made plain, several words one to a line, and a competence by what it is called."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sloyfe.core.imports.identity_numbers import holds_one
from sloyfe.core.lang import label
from sloyfe.modules.catalogue.models import LABEL, Competence
from sloyfe.modules.catalogue.reads import competence_named

LONGEST_ABOUT = 5000
WORDS_AT_MOST = 60
SUGGEST = {
    "data-hx-get": reverse_lazy("catalogue-topics"),
    "data-hx-trigger": "input changed delay:250ms",
    "data-hx-target": "#topics",
    "data-hx-sync": "this:replace",
}
"""Fills the list with the id «topics» while somebody types; without a script the field is a plain one."""
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


class Plain(forms.CharField):
    """Text without signs nobody can see, and never with a national identity number in it."""

    def __init__(self, *, lines: int = 1, **kwargs: Any) -> None:
        self.lines = lines
        if lines > 1:
            kwargs["widget"] = forms.Textarea(attrs={"rows": lines})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        typed = unicodedata.normalize("NFC", (super().to_python(value) or "").replace("\r\n", "\n"))
        plain = _UNSEEN.sub("", typed)
        if holds_one(plain):
            raise ValidationError(
                _("This looks like a national identity number. Take it out; it is never stored here.")
            )
        return plain.strip() if self.lines > 1 else " ".join(plain.split())


class OneToALine(Plain):
    """Several words or names, one to a line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(lines=3, required=False, **kwargs)

    def clean(self, value: Any) -> list[str]:
        words = [" ".join(line.split()) for line in super().clean(value).split("\n")]
        told = list(dict.fromkeys(word for word in words if word))
        if len(told) > WORDS_AT_MOST:
            raise ValidationError(_("Write at most %(n)s."), params={"n": WORDS_AT_MOST})
        if any(len(word) > LABEL for word in told):
            raise ValidationError(_("One of the lines is longer than %(n)s characters."), params={"n": LABEL})
        return told

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class CompetenceField(Plain):
    """One competence, by any name it goes by. The page has a list with the id «topics» that htmx fills."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LABEL, **kwargs)
        self.widget.attrs |= {"list": "topics", "autocomplete": "off", **SUGGEST}

    def clean(self, value: Any) -> Competence | None:
        typed = super().clean(value)
        if not typed:
            return None
        pk = competence_named(typed)
        found: Competence | None = Competence.objects.filter(pk=pk).first() if pk else None
        if found is None:
            raise ValidationError(
                _("We found no competence called «%(typed)s». Pick one from the list."), params={"typed": typed[:80]}
            )
        return found

    def prepare_value(self, value: Any) -> Any:
        return label(value, get_language() or "nb") if isinstance(value, Competence) else value
