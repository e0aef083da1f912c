"""`manage.py first_admin`: the first person who can sign in, so that she can bring in all the others.

She is given the role «hr_admin» at the top of the organisation. On an empty database the top unit and its
employer are made too, under the name in SLOYFE_BODY_NAME. Where there is an administrator already, she gives
the role to the next; a forgotten password is set anew by `manage.py changepassword`.
"""

from __future__ import annotations

import getpass
import sys
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from sloyfe.core.access import Line
from sloyfe.core.audit.actions import record
from sloyfe.modules.people.models import (
    Affiliation,
    Bond,
    Edge,
    Employer,
    Kind,
    Person,
    RoleHolding,
    RoleKind,
    Unit,
    UnitName,
    User,
)
from sloyfe.modules.people.tree import rebuild_closure

ROLE = "hr_admin"
NAMES = {"name_nb": "systemansvarlig", "name_nn": "systemansvarleg", "name_en": "system administrator"}
BY = "first_admin"


class Command(BaseCommand):
    help = "Make the first administrator. Asks for what is not given; the password is never an option."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", help="full name")
        parser.add_argument("--username", help="what she signs in with")

    def handle(self, *, name: str | None = None, username: str | None = None, **options: Any) -> None:
        day = timezone.localdate()
        if RoleHolding.objects.for_system("is there an administrator?").on(day).filter(kind__code=ROLE).exists():
            raise CommandError("There is an administrator already; she can give the role to others.")
        person = Person(name=(name or self._ask("Full name: ")).strip())
        user = User(username=(username or self._ask("User name: ")).strip().casefold())
        try:
            person.full_clean(exclude=["sort_key"])  # made on saving
            user.full_clean(exclude=["password", "person"])
            password = self._password(user)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        user.set_password(password)
        with transaction.atomic():
            self._make(person, user, day)
        self.stdout.write(f"{person.name} can sign in as {user.username}.")

    def _ask(self, question: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError("Give --name and --username; the password is then read from standard input.")
        return input(question)

    def _password(self, user: User) -> str:
        """From a prompt, twice, or as the first line of standard input."""
        if sys.stdin.isatty():
            password = getpass.getpass("Password: ")
            if getpass.getpass("The same once more: ") != password:
                raise CommandError("The two were not the same. Nothing was changed.")
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        validate_password(password, user)
        return password

    def _make(self, person: Person, user: User, day: date) -> None:
        employer = _employer_at_the_top(day)
        person.save()
        user.person = person
        user.save()
        work = Affiliation(person=person, unit=employer.unit, employer=employer, valid_from=day)
        work.full_clean()
        work.save()
        kind, _made = RoleKind.objects.get_or_create(code=ROLE, defaults=NAMES)
        holding = RoleHolding.objects.create(person=person, kind=kind, unit=employer.unit, valid_from=day)
        record(BY, "role.given", holding, subject_id=person.pk, role=ROLE)


def _employer_at_the_top(day: date) -> Employer:
    """The state employer of the topmost unit; both are made where there are none."""
    found = Employer.objects.filter(line=Line.STATE, unit__kind=Kind.DIRECTORATE).order_by("pk").first()
    if found is not None:
        return found
    top = _top_unit(day)
    employer = Employer(name=settings.SLOYFE_BODY_NAME, line=Line.STATE, unit=top)
    employer.full_clean()
    employer.save()
    return employer


def _top_unit(day: date) -> Unit:
    under_others = Edge.objects.on(day).filter(bond=Bond.STATE).values("child")
    found = Unit.objects.on(day).filter(kind=Kind.DIRECTORATE).exclude(pk__in=under_others).order_by("pk").first()
    if found is not None:
        return found
    top = Unit(number="1", kind=Kind.DIRECTORATE, name=settings.SLOYFE_BODY_NAME, valid_from=day)
    top.full_clean()
    top.save()
    UnitName.objects.create(unit=top, name=top.name, valid_from=day)
    rebuild_closure(day)
    record(BY, "unit.created", top, name=top.name)
    return top
