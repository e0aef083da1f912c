"""The table of jobs: what was ordered, by whom, how far it has come and what came of it."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sloyfe.core.access import OwnedBy, Record


class Job(Record):
    """One ordered piece of work. Only who ordered it sees it; `result["url"]` is where its answer stands.

    Input hash, engine version and seed are part of the answer: they say what it was computed from.
    `message` is an English message id, filled from `params` and translated where it is shown.
    `claimed_by` is new for each attempt, so that a worker that was thought dead cannot finish twice.
    """

    told = gettext_lazy("Work somebody has ordered that takes a while, such as a file or dates for a plan.")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("job", "waiting")
        RUNNING = "running", pgettext_lazy("job", "under way")
        STOPPING = "stopping", pgettext_lazy("job", "stopping")
        DONE = "done", pgettext_lazy("job", "done")
        FAILED = "failed", pgettext_lazy("job", "did not succeed")
        STOPPED = "stopped", pgettext_lazy("job", "stopped")

    UNDER_WAY = (State.RUNNING, State.STOPPING)
    OPEN = (State.WAITING, *UNDER_WAY)

    access = OwnedBy("owner_id")

    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    owner_id = models.BigIntegerField()
    language = models.CharField(max_length=10)
    payload = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    input_hash = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=40, blank=True)
    seed = models.BigIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    message = models.CharField(max_length=300, blank=True)
    params = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    result = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stop_requested = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=["created_at"], name="jobs_open", condition=Q(finished_at__isnull=True)),
            models.Index(fields=["owner_id", "-created_at"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["owner_id", "kind", "input_hash"],
                condition=Q(state__in=["waiting", "running"]),
                name="jobs_once_at_a_time",
            ),
        )

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def can_stop(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def words(self) -> str:
        """What the job says for itself, in the language of whoever reads."""
        return _(self.message).format_map(self.params) if self.message else ""
