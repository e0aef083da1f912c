"""Fields people write in: several words one to a line, and a competence by what it is called."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sloyfe.core.lang import label
from sloyfe.core.ui.fields import PlainField
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


class OneToALine(PlainField):
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


class CompetenceField(PlainField):
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
