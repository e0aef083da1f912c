"""Erasure of a person: the one path that may blacken the logs, and the register of who shreds what.

Each module says in its `erasure.py` what becomes of each field that names a person:

    deletes(Affiliation, "person")            the rows go
    empties(RoleHolding, "deputy")            the row stays, the name goes
    kept(Measure, "responsible", because="…") it stays, for a reason that can be read here
    @shredder("people.user.person")           anything else, in your own words

`undecided(Person, User)` lists the fields nobody has decided about; a test holds it empty. Modules are asked
in the reverse of the order they are installed in, and within a module the last registered goes first: rows
that point at others go before those they point at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import models, transaction
from django.utils.module_loading import autodiscover_modules

from sloyfe.core.access import Record, Viewer
from sloyfe.core.audit import waiting
from sloyfe.core.audit.actions import record
from sloyfe.core.audit.looks import store
from sloyfe.core.audit.models import ErasurePermit, Event, Look

Shred = Callable[[int], int]

_shredders: dict[str, Shred] = {}
_kept: dict[str, str] = {}


class CannotErase(Exception):
    """Something must be settled first: a sentence about what, raised by a shredder. Nothing was changed."""


def shredder(*fields: str) -> Callable[[Shred], Shred]:
    """Register what is done to fields, named «label.model.field»; it is given a person's id, returns rows."""

    def register(shred: Shred) -> Shred:
        for field in fields:
            _decide_once(field)
            _shredders[field] = shred
        return shred

    return register


def deletes(model: type[Record], field: str) -> None:
    """Rows that point at the person by this field are deleted."""

    @shredder(f"{model._meta.label_lower}.{field}")
    def shred(person_id: int) -> int:
        rows = model.objects.for_system("erase a person").filter(**{field: person_id})
        return rows.delete()[1].get(model._meta.label, 0)


def empties(model: type[Record], field: str) -> None:
    """Rows that point at the person by this field stay, and point at nobody."""

    @shredder(f"{model._meta.label_lower}.{field}")
    def shred(person_id: int) -> int:
        rows = model.objects.for_system("erase a person").filter(**{field: person_id})
        return rows.update(**{field: None})


def kept(model: type[models.Model], field: str, *, because: str) -> None:
    """The field names a person, or looks as if it did, and is not touched, for this reason."""
    name = f"{model._meta.label_lower}.{field}"
    _decide_once(name)
    _kept[name] = because


def _decide_once(field: str) -> None:
    if field in _shredders or field in _kept:
        raise ValueError(f"{field} is decided twice")


def undecided(*people: type[models.Model]) -> list[str]:
    """Fields that point at one of these tables, or hold a number called «…_id», without a decision."""
    autodiscover_modules("erasure")
    named = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, models.Field) and _names_a_person(field, people)
    }
    return sorted(named - _shredders.keys() - _kept.keys())


def _names_a_person(field: models.Field, people: tuple[type[models.Model], ...]) -> bool:  # type: ignore[type-arg]
    plain_id = isinstance(field, models.IntegerField) and field.name.endswith("_id")
    return plain_id or field.related_model in people


def _in_order() -> list[tuple[str, Shred]]:
    place = {config.label: number for number, config in enumerate(apps.get_app_configs())}
    return sorted(reversed(_shredders.items()), key=lambda each: -place[each[0].split(".")[0]])


def erase_person(person_id: int, reason: str, *, by: Viewer | str) -> dict[str, int]:
    """Shred all that is kept about a person and blacken the logs, in one transaction; gives rows per field.

    The reason is written in the log and must not name her. Raises CannotErase or ProtectedError when
    something else still leans on her; then nothing has changed.
    """
    autodiscover_modules("erasure")
    with waiting.taken() as lines, transaction.atomic():
        store(lines)  # looks that waited are about to be blackened too
        done = {field: shred(person_id) for field, shred in _in_order()}
        blacken(person_id, reason)
        record(by, "person.erased", None, subject_id=person_id, reason=reason, rows=done)
    return done


def blacken(person_id: int, reason: str) -> None:
    """Take the person's name and deeds out of both logs, inside the caller's transaction.

    What stays of her is a number that points at nobody, so that months can still be counted.
    """
    with _permit(reason):
        done = Event.objects.for_system("blacken the log of an erased person")
        done.filter(subject_id=person_id).update(details={})
        done.filter(actor_id=person_id).update(actor_id=None)
        looks = Look.objects.for_system("blacken the log of an erased person")
        looks.filter(looker_id=person_id).update(looker_id=None, looker_name="", grounds=[])


@contextmanager
def _permit(reason: str) -> Iterator[None]:
    """Lets the logs be changed until it ends. Left by an error, the transaction cannot be committed."""
    permit = ErasurePermit.objects.create(reason=reason[:200])
    yield
    permit.delete()


kept(Event, "actor_id", because="the log is blackened instead, see above")
kept(Event, "subject_id", because="the log is blackened instead, and the number then points at nobody")
kept(Event, "row_id", because="it points at rows that the shredders delete")
kept(Look, "looker_id", because="the log is blackened instead, see above")
kept(Look, "subject_id", because="months are still counted, and the number then points at nobody")
