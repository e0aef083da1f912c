"""A plan, its few priorities, what is «not now», the measures with their sessions, and the loop closed."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import ByUnit, Dated, Either, OwnedBy, Record, Viewer
from sloyfe.core.access.rules import NONE, Rule

EDITORS = ("plan.edit",)


class Plan(Dated, Record):
    """What one unit learns in a period."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")
        CLOSED = "closed", _("closed")

    access = ByUnit("plan.view", also=EDITORS)

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="plans")
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    class Meta(Dated.Meta):
        ordering = ("-valid_from", "pk")


class Priority(Record):
    """One of the few needs the plan takes on, and how it is met: mobilise before learn before acquire."""

    class Way(models.TextChoices):
        MOBILISE = "mobilise", _("mobilise")
        LEARN = "learn", _("learn")
        ACQUIRE = "acquire", _("acquire")

    access = ByUnit("plan.view", also=EDITORS, covers=("plan",))

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="priorities")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    competence = models.ForeignKey("catalogue.Competence", models.PROTECT, related_name="+")
    requirement = models.ForeignKey("catalogue.Requirement", models.SET_NULL, null=True, blank=True, related_name="+")
    way = models.CharField(max_length=10, choices=Way)
    place = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("place", "pk")
        constraints = (models.UniqueConstraint(fields=["plan", "competence"], name="plans_priority_once"),)


class NotNow(Record):
    """A need the plan leaves for later, and why. Said openly, so that it is a choice and not an oversight."""

    access = ByUnit("plan.view", also=EDITORS, covers=("plan",))

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="not_now")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    competence = models.ForeignKey("catalogue.Competence", models.PROTECT, related_name="+")
    requirement = models.ForeignKey("catalogue.Requirement", models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["plan", "competence"], name="plans_not_now_once"),)


class Measure(Record):
    """What is done about a priority: goal, how it shows, who is responsible, and what time it asks for."""

    told = _("Who is responsible for something in a plan, and who leads the sessions.")
    GROUP_SIZE = 12

    class Class(models.TextChoices):
        STATUTORY = "statutory", _("statutory")
        MANDATORY = "mandatory", _("mandatory")
        RECOMMENDED = "recommended", _("recommended")
        VOLUNTARY = "voluntary", _("voluntary")

    access = ByUnit("plan.view", also=EDITORS, covers=("priority", "priority__plan", "responsible", "facilitator"))

    priority = models.ForeignKey(Priority, models.CASCADE, related_name="measures")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    goal = models.CharField(_("goal"), max_length=300)
    shows = models.CharField(_("how we see that it worked"), max_length=300)
    binding = models.CharField(_("class"), max_length=12, choices=Class, default=Class.VOLUNTARY)
    ordered_by = models.CharField(_("ordered by"), max_length=200, blank=True)
    replaces = models.CharField(_("what it replaces"), max_length=200, blank=True)
    responsible = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    facilitator = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    sessions_count = models.PositiveSmallIntegerField(
        _("number of sessions"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes each"), default=60, validators=[MinValueValidator(15), MaxValueValidator(480)]
    )
    group_size = models.PositiveSmallIntegerField(
        _("people in each group"), default=GROUP_SIZE, validators=[MinValueValidator(1)]
    )
    gap_weeks = models.PositiveSmallIntegerField(_("weeks between sessions"), default=1)
    window_from = models.DateField(_("not before"))
    window_to = models.DateField(_("not after"))
    closing = models.TextField(_("what changed in the work"), blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(window_to__gte=models.F("window_from")),
                name="plans_measure_window_in_order",
            ),
        )


class NamedToColleagues(Rule):
    """Participants who said yes to being named to colleagues: in the office, not at the county or above."""

    view = "plan.view"

    def rows(self, viewer: Viewer, capability: str) -> models.Q:
        if capability != self.view:
            return NONE
        office = models.Q(unit__in=sorted(viewer.around("office")))
        return models.Q(named=True) & office & ByUnit("plan.view").rows(viewer, capability)


class Participant(Record):
    """Somebody takes part in a measure. Named to colleagues only when she says so."""

    told = _("Who takes part in something in a plan.")

    access: ClassVar[Either] = (
        NamedToColleagues(covers=("measure", "person"))
        | ByUnit("plan.edit", covers=("measure", "person"))
        | OwnedBy("person", covers=("measure", "person"))
    )

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="participants")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="takes_part")
    named = models.BooleanField(default=False)
    agreed_closing_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["measure", "person"], name="plans_participant_once"),)


class OtherView(Record):
    """A participant sees it otherwise than the sentence says. Her own; the words alone go to who makes the plan."""

    told = _("Why somebody does not agree with the sentence about what changed. Who makes the plan reads the words.")

    access = OwnedBy("person", covers=("measure", "person"))

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="other_views")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    words = models.CharField(max_length=300)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["measure", "person"], name="plans_other_view_once"),)


class Session(Record):
    """A session of a measure, with a date."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    access = ByUnit("plan.view", also=EDITORS, covers=("measure", "measure__priority"))

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="sessions")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    cohort = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)

    class Meta:
        ordering = ("starts_at", "pk")


class Seat(Record):
    """Who a session is for. Herself and whoever makes the plan."""

    told = _("Which sessions somebody takes part in.")

    access = ByUnit("plan.edit", covers=("session", "session__measure", "person")) | OwnedBy(
        "person", covers=("session", "session__measure", "person")
    )

    session = models.ForeignKey(Session, models.CASCADE, related_name="seats")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="seats")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["session", "person"], name="plans_seat_once"),)


class FollowUp(Record):
    """«Har du brukt det?», asked twice. The answer is hers alone; counted only if she says so."""

    told = _("The answer to «have you used it?». Hers alone.")

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        SOME = "some", _("a little")
        NOT_YET = "not_yet", _("not yet")

    access = OwnedBy("person", covers=("measure", "person"))

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="follow_ups")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="follow_ups")
    due_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    words = models.CharField(max_length=300, blank=True)
    counts = models.BooleanField(default=False)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["measure", "person", "due_on"], name="plans_follow_up_once"),)


class Feed(Record):
    """The secret address of a person's calendar feed. A new one makes the old one dead."""

    told = _("The secret address of somebody's calendar.")

    access = OwnedBy("person", covers=("person",))

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="feed")
    token = models.CharField(max_length=64, unique=True)
