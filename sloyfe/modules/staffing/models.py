"""Proposals: what the planner answered, for one unit, with the input it answered to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import ByUnit, OwnedBy, Record


class Proposal(Record):
    """One answer from the planner. `answer` holds figures, reasons and the bound, never a person."""

    class State(models.TextChoices):
        WAITING = "waiting", _("looking for time")
        READY = "ready", _("ready")
        TAKEN = "taken", _("taken into the plan")
        DROPPED = "dropped", _("dropped")

    access = ByUnit("plan.view", also=("plan.edit",))

    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="proposals")
    origin = models.CharField(max_length=40)
    origin_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    job_id = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    first_day = models.DateField()
    last_day = models.DateField()
    seed = models.BigIntegerField(default=0)
    engine_version = models.CharField(max_length=20, blank=True)
    input_hash = models.CharField(max_length=64, blank=True)
    answer = models.JSONField(default=dict, blank=True)


class ProposedSession(Record):
    """A session the planner found time for. `key` is the name the one who ordered it gave it."""

    access = ByUnit("plan.view", also=("plan.edit",), covers=("proposal",))

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="sessions")
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(default=1)
    cohort = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()


class ProposedSeat(Record):
    """Who a session is proposed for. Herself and whoever makes the plan; nobody else."""

    told = _("Who would take part in a session that has been proposed, until the proposal is taken or dropped.")

    access = ByUnit("plan.edit", covers=("session", "person")) | OwnedBy("person", covers=("session", "person"))

    session = models.ForeignKey(ProposedSession, models.CASCADE, related_name="seats")
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
