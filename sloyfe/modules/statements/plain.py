"""Text people type about their work: tidied, and refused when it holds a national identity number."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sloyfe.core.imports.identity_numbers import holds_one

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain_words(text: str) -> str:
    """NFC, one space between words, no control or direction characters. ValidationError for identity numbers."""
    tidy = " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
    if holds_one(tidy):
        raise ValidationError(_("This looks like a national identity number. Take it out; it is never stored here."))
    return tidy
