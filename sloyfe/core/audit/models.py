"""Two append-only logs and the permit without which the database refuses to change them.

Persons are kept as plain ids, not foreign keys: a log must outlive what it tells about, and core knows
no module. The triggers that make the tables append-only are in the first migration, on both databases.
"""

from __future__ import annotations

from django.db import models

from sloyfe.core.access import Closed, Holding, OwnedBy, Record


class Event(Record):
    """Who changed what, when, and in which words. Written in the same transaction as the change."""

    access = OwnedBy("actor_id", view="own.log") | Holding("system.view")

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True, blank=True)
    system = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    table = models.CharField(max_length=60)
    row_id = models.BigIntegerField(null=True, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = (models.Index(fields=["table", "row_id"]), models.Index(fields=["subject_id", "at"]))


class Look(Record):
    """Who opened a page about a person, when and why. The person herself reads it."""

    access = OwnedBy("subject_id", view="own.log")

    at = models.DateTimeField(auto_now_add=True)
    looker_id = models.BigIntegerField(null=True, blank=True)
    looker_name = models.CharField(max_length=200)
    subject_id = models.BigIntegerField()
    page = models.CharField(max_length=80)
    why = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["subject_id", "-at"]),)


class ErasurePermit(Record):
    """While a row stands here, in the same transaction, the logs may be blackened. Never outlives it."""

    access = Closed()

    reason = models.CharField(max_length=200)
