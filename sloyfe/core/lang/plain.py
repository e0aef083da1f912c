"""Words people type, made plain, wherever they are typed: in a form, or on the way into a table."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sloyfe.core.imports.identity_numbers import holds_one

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def plain_words(text: str, *, lines: bool = False) -> str:
    """NFC, without control or direction characters; one space between words, or line breaks kept with `lines`.

    ValidationError where it holds a national identity number, which is never repeated.
    """
    seen = UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    if holds_one(seen):
        raise ValidationError(_("This looks like a national identity number. Take it out; it is never stored here."))
    return seen.strip() if lines else " ".join(seen.split())
