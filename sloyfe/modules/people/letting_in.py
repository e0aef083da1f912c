"""Giving a person a way in: a user name, and a link with which she chooses a password nobody else has known.

Whoever makes the link hands it over herself, and that she did is written in the log. The link works once, and
until PASSWORD_RESET_TIMEOUT; a new one makes no old one stronger. Nothing here is about single sign-on.
"""

from __future__ import annotations

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from sloyfe.core.access import OutOfReach, Viewer
from sloyfe.core.audit.actions import record
from sloyfe.modules.people.models import Person, User

EDIT = "person.edit"


def user_of(person: Person) -> User | None:
    return User.objects.filter(person=person).first()


def let_in(viewer: Viewer, person: Person, username: str) -> User:
    """The person's user, made now where she has none. ValidationError when another has that name."""
    _require(viewer, person)
    with transaction.atomic():
        user = user_of(person) or User(person=person)
        user.username = username.strip().casefold()
        if User.objects.exclude(pk=user.pk).filter(username=user.username).exists():
            raise ValidationError({"username": _("Somebody else has that user name. Choose another.")})
        if user.pk is None:
            user.set_unusable_password()
        user.is_active = True
        user.full_clean(exclude=["password"])
        user.save()
        record(viewer, "sign_in.given", person, subject_id=person.pk)
    return user


def shut_out(viewer: Viewer, person: Person) -> None:
    """She can no longer sign in; what is hers stays."""
    _require(viewer, person)
    with transaction.atomic():
        user = user_of(person)
        if user is not None and user.is_active:
            user.is_active = False
            user.save(update_fields=["is_active"])
            record(viewer, "sign_in.taken", person, subject_id=person.pk)


def one_time_key(user: User) -> tuple[str, str]:
    """The two parts of the link's address."""
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


def _require(viewer: Viewer, person: Person) -> None:
    if not Person.objects.for_viewer(viewer, EDIT).filter(pk=person.pk).exists():
        raise OutOfReach("a person whose way in the viewer may not decide")
