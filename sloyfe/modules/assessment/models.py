"""A mapping round, those who were heard before it opened, and the private bookmark of each who takes part."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Grant, Line, OwnedBy, Record, Viewer
from sloyfe.core.access.rules import NONE, Rule
from sloyfe.modules.assessment.purposes import word_of_pay_or_selection
from sloyfe.modules.people.public import LineChoice, OnItsLine, below, unit_and_above, working

VIEW, EDIT, REMARK = "round.view", "round.edit", "round.remark"


class Round(Record):
    """One mapping: what it is for, on what legal basis, for whom, from when until when, and when answers are deleted.

    `edition` counts up when something the parties were told is changed, so that they hear it again.
    `k_min` and `side_min` are taken from the policy of the Number gate when it opens, shown before anybody answers,
    and stand for the whole round. Everybody may read every round, also one that is only being prepared.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        DELETED = "deleted", _("answers deleted")

    class Basis(models.TextChoices):
        """GDPR article 6 (1), for a public employer. Consent is not among them: it is seldom free in employment."""

        DUTY = "duty", _("the employer has a duty by law (GDPR 6 (1) c)")
        TASK = "task", _("needed for a task in the public interest (GDPR 6 (1) e)")
        CONTRACT = "contract", _("needed for the contract of employment (GDPR 6 (1) b)")

    access = OnItsLine(EDIT, also=(VIEW,))

    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="rounds")
    line = models.CharField(_("line"), max_length=10, choices=LineChoice, blank=True)
    title = models.CharField(_("title"), max_length=120)
    ordered_by = models.CharField(_("ordered by"), max_length=200)
    purpose = models.TextField(_("purpose"), max_length=600)
    basis = models.CharField(_("legal basis"), max_length=10, choices=Basis)
    law = models.CharField(_("law or agreement"), max_length=200)
    controller = models.CharField(_("controller"), max_length=200)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=10, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    delete_on = models.DateField(_("answers are deleted"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    edition = models.PositiveSmallIntegerField(default=1)
    changed_on = models.DateField(null=True, blank=True, editable=False)
    k_min = models.PositiveSmallIntegerField(null=True, blank=True)
    side_min = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-opens_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on"), delete_on__gt=F("closes_on")),
                name="assessment_round_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(k_min__isnull=False, side_min__isnull=False),
                name="assessment_round_opens_with_its_limits",
            ),
        )

    TOLD = ("unit_id", "line", "purpose", "basis", "law", "controller", "opens_on", "closes_on", "delete_on")

    def __str__(self) -> str:
        return self.title

    def what_was_told(self) -> tuple[object, ...]:
        """What the parties were told, to see whether it has changed since."""
        return tuple(getattr(self, name) for name in self.TOLD)

    def clean(self) -> None:
        """Pay and the choice of who must go are no purposes of a mapping, whoever asks."""
        for field in ("title", "purpose", "law"):
            if word := word_of_pay_or_selection(getattr(self, field) or ""):
                raise ValidationError({field: _(
                    "«%(word)s» stands here. A mapping is never used for pay, or to choose who must go. Everybody is "
                    "told so, so you need not write it. If that is what it is for, it cannot be done here."
                ) % {"word": word}})  # fmt: skip


class OwnParty(Rule):
    """Those who were heard may add their own words: the union's at its own employer, the safety representative's own.

    It holds for rounds where she has her role, on its line, below it, and above it: a county's round reaches her
    office too. Somebody with two roles has each where it is held, and not the one where she holds the other.
    """

    view = REMARK

    def rows(self, viewer: Viewer, capability: str) -> Q:
        opened = NONE
        for grant in viewer.grants_for(REMARK) if capability == REMARK else ():
            if grant.unit_id is not None:
                here = self._party(viewer, grant) & self._near(grant.unit_id, grant.lines)
                opened = here if opened is NONE else opened | here
        return opened

    @staticmethod
    def _party(viewer: Viewer, grant: Grant) -> Q:
        if grant.role == "safety_rep":
            return Q(party=Heard.Party.SAFETY)
        own = working(viewer.day).filter(person=viewer.person_id, line__in=grant.lines).values("employer")
        return Q(party=Heard.Party.UNION, employer__in=own)

    @staticmethod
    def _near(unit_id: int, lines: Iterable[Line]) -> Q:
        units = set(unit_and_above(unit_id)).union(*(below([unit_id], line) for line in lines))
        return Q(line__in=("", *lines), unit__in=sorted(units))


class Heard(Record):
    """One party called to a meeting about a round, and what came of it; each employer under its own agreement.

    Until the outcome is written it is a call. Disagreement is written as they said it, and must get an answer.
    """

    class Party(models.TextChoices):
        UNION = "union", _("union representatives")
        SAFETY = "safety", _("safety representative")

    access = OnItsLine(EDIT, also=(VIEW,), covers=("round",)) | OwnParty(covers=("round",))

    round = models.ForeignKey(Round, models.CASCADE, related_name="heard")
    unit = models.ForeignKey("people.Unit", models.PROTECT, related_name="+")
    line = models.CharField(max_length=10, choices=LineChoice, blank=True, editable=False)
    party = models.CharField(max_length=10, choices=Party)
    employer = models.ForeignKey("people.Employer", models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.CharField(_("agreement"), max_length=200)
    held_on = models.DateField(_("day of the meeting"))
    who = models.CharField(_("who met"), max_length=200)
    edition = models.PositiveSmallIntegerField(default=1)
    outcome = models.TextField(_("what came of it"), max_length=600, blank=True)
    disagreement = models.TextField(_("what they did not agree on"), max_length=600, blank=True)
    answer = models.TextField(_("how the employer answers"), max_length=600, blank=True)
    own_words = models.TextField(_("in the party's own words"), max_length=600, blank=True)

    class Meta:
        ordering = ("held_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["round", "employer"], condition=Q(party="union"), name="assessment_union_heard_once"
            ),
            models.UniqueConstraint(fields=["round"], condition=Q(party="safety"), name="assessment_safety_heard_once"),
            models.CheckConstraint(
                condition=Q(party="union", employer__isnull=False) | Q(party="safety", employer__isnull=True),
                name="assessment_union_of_an_employer",
            ),
        )


class Participation(Record):
    """That somebody has read what a round is for and begun. Hers alone: nobody sees who has answered."""

    told = _("That somebody has begun a mapping round. Hers alone, and deleted with the answers.")

    access = OwnedBy("person", covers=("round", "person"))

    round = models.ForeignKey(Round, models.CASCADE, related_name="taking_part")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="rounds")
    begun_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "person"], name="assessment_begun_once"),)
