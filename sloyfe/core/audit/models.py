"""Two append-only logs and the permit without which the database refuses to change them.

Persons are kept as plain ids, not foreign keys: a log must outlive what it tells about, and core knows
no module. The triggers that make the tables append-only come with the migrations, on both databases
(`triggers.py`). SQLite forgets triggers when a table is remade: a migration that alters these tables must
call `triggers.install` again, and the tests fail until it does.
"""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Closed, OwnedBy, Record


class Event(Record):
    """Who changed what, when, and in which words. Written in the same transaction as the change.

    Read by whoever did it and by whom it concerns. `details` may tell of the subject, and of no other person.
    """

    told = _("What somebody has changed, and when. Kept as long as the system.")

    access = OwnedBy("actor_id", view="own.log") | OwnedBy("subject_id", view="own.log")

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor_id = models.BigIntegerField(null=True, blank=True)
    system = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    table = models.CharField(max_length=60, blank=True)
    row_id = models.BigIntegerField(null=True, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    details = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = (
            models.Index(fields=["table", "row_id"]),
            models.Index(fields=["subject_id", "at"]),
            models.Index(fields=["actor_id", "at"]),
        )


class Look(Record):
    """Who opened a page about a person, when and why. The person herself reads it.

    `grounds` are the roles that opened the page, as facts: [{"role", "unit", "since", "deputy"}]. They become
    sentences when they are read, in the reader's language. Empty: the person had shared it herself.
    """

    told = _("Who has opened your page, when and why. You can read it yourself.")

    access = OwnedBy("subject_id", view="own.log")

    at = models.DateTimeField(default=timezone.now, editable=False)
    looker_id = models.BigIntegerField(null=True, blank=True)
    looker_name = models.CharField(max_length=200)
    subject_id = models.BigIntegerField()
    page = models.CharField(max_length=80)
    needs = models.CharField(max_length=60)
    grounds = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["subject_id", "-at"]),
            models.Index(fields=["looker_id"]),
            models.Index(fields=["at"]),
        )


class ErasurePermit(Record):
    """While a row stands here, in the same transaction, the logs may be blackened.

    It cannot outlive its transaction: `never` points at no row, on purpose, and the database, which checks
    that key at commit, refuses to commit while a permit stands.
    """

    access = Closed(hides=("never",))

    reason = models.CharField(max_length=200)
    never = models.ForeignKey("self", models.DO_NOTHING, default=0, editable=False, related_name="+")
