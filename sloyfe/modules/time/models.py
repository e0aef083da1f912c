"""Working patterns, absence, minimum staffing, calendars read, and the one ledger of commitments."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import ByUnit, Dated, Either, Follows, OwnedBy, Record


class Weekday(models.IntegerChoices):
    MONDAY = 0, WEEKDAYS[0]
    TUESDAY = 1, WEEKDAYS[1]
    WEDNESDAY = 2, WEEKDAYS[2]
    THURSDAY = 3, WEEKDAYS[3]
    FRIDAY = 4, WEEKDAYS[4]
    SATURDAY = 5, WEEKDAYS[5]
    SUNDAY = 6, WEEKDAYS[6]


class Hours(models.Model):
    """From–to on a weekday."""

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    start = models.TimeField(_("from"))
    end = models.TimeField(_("to"))

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="%(app_label)s_%(class)s_end_after_start"
            ),
        )


def _about_a_person(*covers: str) -> Either:
    """The person's own, and her leader's on the same line."""
    return Follows("person", view="time.edit", covers=covers) | OwnedBy("person", covers=("person", *covers))


class WorkingPattern(Dated, Hours, Record):
    """Hours a person works on a weekday. Shifts: the `week` of a cycle of `weeks`, counted from `valid_from`."""

    told = _("When somebody works, so that sessions are not placed on other hours.")

    access = _about_a_person()

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="working_patterns")
    weeks = models.PositiveSmallIntegerField(_("weeks in the cycle"), default=1, validators=[MinValueValidator(1)])
    week = models.PositiveSmallIntegerField(_("week of the cycle"), default=1, validators=[MinValueValidator(1)])

    class Meta:
        constraints = (
            *Dated.Meta.constraints,
            *Hours.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(week__lte=models.F("weeks")), name="time_pattern_week_within_cycle"
            ),
        )
        indexes = (models.Index(fields=["person", "valid_from"]),)


class Absence(Record):
    """A period a person is away, first and last day. Never why."""

    told = _("From when until when somebody is away. Never why.")

    access = _about_a_person()

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="absences")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="time_absence_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=["person", "first_day"]),)


class FixedDuty(Dated, Hours, Record):
    """Something everybody in a unit has every week: the Monday meeting, phone duty."""

    access = ByUnit("time.edit")

    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="fixed_duties")
    what = models.CharField(_("what"), max_length=120)

    class Meta:
        constraints = (*Dated.Meta.constraints, *Hours.Meta.constraints)


class MinimumStaffing(Dated, Hours, Record):
    """At least so many of a unit (and below) must be at work in these hours."""

    access = ByUnit("time.edit")

    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="minimum_staffing")
    what = models.CharField(_("where"), max_length=120)
    at_least = models.PositiveSmallIntegerField(_("at least"), validators=[MinValueValidator(1)])

    class Meta:
        constraints = (*Dated.Meta.constraints, *Hours.Meta.constraints)


class FacilitatorHours(Dated, Hours, Record):
    """When somebody who leads sessions can do so. No rows: all her working hours."""

    told = _("When somebody can lead sessions.")

    access = _about_a_person()

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="facilitator_hours")

    class Meta:
        constraints = (*Dated.Meta.constraints, *Hours.Meta.constraints)


class LearningTime(Dated, Record):
    """Learning minutes a week for each person in a unit, where it differs from policy."""

    access = ByUnit("plan.view", also=("plan.edit", "time.edit"))

    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="learning_time")
    minutes_week = models.PositiveSmallIntegerField(_("minutes a week"))

    class Meta(Dated.Meta):
        pass


class CalendarSource(Record):
    """A calendar or roster a unit uses. Unread ones are named on every plan: «we do not see …»."""

    class Kind(models.TextChoices):
        ROSTER = "roster", _("roster")
        FREE_BUSY = "free_busy", _("free/busy")

    access = ByUnit("plan.view", also=("plan.edit", "time.edit"))

    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="calendar_sources")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    read_at = models.DateTimeField(null=True, blank=True)
    covers_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["unit", "name"], name="time_source_once"),)


class Busy(Record):
    """Time taken in a calendar that was read. Only from–to: never what."""

    told = _("When somebody is taken, from a calendar file. Never with what, and half a year ahead at most.")

    access = _about_a_person("source")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="busy")
    source = models.ForeignKey(CalendarSource, models.CASCADE, related_name="busy", null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="time_busy_ends_after_it_begins"
            ),
        )
        indexes = (models.Index(fields=["person", "starts_at"]),)


class RosterShift(Record):
    """When a roster says somebody is at work on a day, in minutes after midnight. From = to: free that day.

    A day that stands here is known from the roster, and the working pattern says nothing about it.
    """

    told = _("Shifts from the office's roster.")

    access = _about_a_person("source")

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="roster_shifts")
    source = models.ForeignKey(CalendarSource, models.CASCADE, related_name="shifts")
    day = models.DateField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start"), end__lte=24 * 60),
                name="time_roster_shift_within_the_day",
            ),
        )
        indexes = (models.Index(fields=["person", "day"]),)


class Commitment(Record):
    """The ledger: who, when, how long, for what, how firm. Everything that takes people's time writes here."""

    told = _("Time somebody has been promised to others: when, and for what.")

    class Firmness(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        BOOKED = "booked", _("booked")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    access = _about_a_person()

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="commitments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    what = models.CharField(max_length=200)
    firmness = models.CharField(max_length=10, choices=Firmness)
    origin = models.CharField(max_length=40)
    origin_id = models.BigIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="time_commitment_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["person", "origin", "origin_id"], name="time_commitment_once"),
        )
        indexes = (models.Index(fields=["person", "starts_at"]),)
