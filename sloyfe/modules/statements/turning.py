"""A slip for whoever turned to a helper, so that she can say «I did not ask after all» once, the same week.

The slip lies in her page, signed. We keep one meaningless word in her session: who asked whom is written nowhere.
"""

from __future__ import annotations

from datetime import date

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.utils.crypto import get_random_string

SALT, KEPT, AT_MOST = "statements.turned_to", "turned_to", 20


def slip(session: SessionBase, person: int, monday: date) -> str:
    word = get_random_string(16)
    session[KEPT] = [*session.get(KEPT, []), word][-AT_MOST:]
    return signing.dumps([word, person, monday.isoformat()], salt=SALT)


def give_in(session: SessionBase, text: str, person: int, monday: date) -> bool:
    """True the first time a good slip about this person and week is handed in."""
    try:
        word, its_person, its_monday = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return False
    words = session.get(KEPT, [])
    if (its_person, its_monday) != (person, monday.isoformat()) or word not in words:
        return False
    session[KEPT] = [one for one in words if one != word]
    return True
