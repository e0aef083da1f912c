"""What others and papers say of a person, on her own word: proofs, and the asking of one colleague to confirm."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Follows, OwnedBy, Record, Viewer
from sloyfe.core.access.rules import NONE, Rule
from sloyfe.modules.people.public import working

CONFIRMABLE = ("level", "offers", "teaches")
NKR = range(2, 9)


class Proof(Record):
    """What a proof rests on. Its title stands in the statement's words; who sees the statement sees this.

    `source` and `external_id` are empty for what she has written herself. `expires_on` is the last day it holds.
    """

    told = _(
        "Education, courses, certificates and recognised practice, with who gave it and until when it holds. Hers "
        "alone until she shares it, also what a learning platform has sent."
    )

    class What(models.TextChoices):
        EDUCATION = "education", _("education")
        COURSE = "course", _("course")
        CERTIFICATE = "certificate", _("certificate")
        PRACTICE = "practice", _("recognised practice")

    access = Follows("statement", view="own.page", covers=("owner",), one_by_one=True)

    statement = models.OneToOneField("statements.Statement", models.CASCADE, related_name="proof")
    owner = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    what = models.CharField(_("kind of proof"), max_length=12, choices=What)
    nkr = models.PositiveSmallIntegerField(
        _("level in the qualifications framework"),
        null=True,
        blank=True,
        validators=[MinValueValidator(NKR[0]), MaxValueValidator(NKR[-1])],
    )
    issuer = models.CharField(_("who gave it"), max_length=200, blank=True)
    source = models.CharField(_("where it came from"), max_length=100, blank=True)
    external_id = models.CharField(_("its number there"), max_length=100, blank=True)
    completed_on = models.DateField(_("completed"))
    expires_on = models.DateField(_("holds until"), null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(what="education", nkr__isnull=False, nkr__range=(NKR[0], NKR[-1]))
                | ~Q(what="education") & Q(nkr=None),
                name="statements_education_has_its_level",
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("completed_on")),
                name="statements_proof_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["source", "external_id"], condition=~Q(external_id=""), name="statements_proof_comes_once"
            ),
        )
        indexes = (models.Index(fields=["owner", "expires_on"]),)

    def clean(self) -> None:
        if self.statement_id and (self.statement.kind, self.statement.person_id) != ("proof", self.owner_id):
            raise ValidationError(_("A proof belongs to the one it is about."))


class AskedToConfirm(Rule):
    """Open asks put to the viewer: each with the one thing it is about. An answered or withdrawn one is closed.

    It is closed too when whoever asked has left. That she was asked, and when, stays in her own data.
    """

    view = "own.page"

    def rows(self, viewer: Viewer, capability: str) -> Q:
        if viewer.person_id is None or not viewer.posts:
            return NONE
        if capability == "own.log":
            return Q(asked=viewer.person_id)
        if capability != self.view:
            return NONE
        still_here = Exists(working(viewer.day).filter(person=OuterRef("owner")))
        return Q(still_here, asked=viewer.person_id, state="asked", statement__valid_to=None)


class ConfirmationAsk(Record):
    """The owner asks one named colleague, or her leader in a talk, to confirm one thing she has said.

    A disagreement leaves no trace but «a talk first»: never another level.
    """

    told = _("Whom somebody has asked to confirm one thing she has said, and whether it was answered.")

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("confirmed")
        TALK_FIRST = "talk_first", _("a talk first")
        NOT_SEEN = "not_seen", _("not seen by the one who was asked")
        WITHDRAWN = "withdrawn", _("taken back")

    NOT_CONFIRMED = (State.ASKED, State.TALK_FIRST, State.NOT_SEEN)

    access = OwnedBy("owner", covers=("owner", "asked", "statement")) | AskedToConfirm()

    owner = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    asked = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    statement = models.ForeignKey("statements.Statement", models.CASCADE, related_name="asks")
    in_talk = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(asked=F("owner")), name="statements_asks_another"),
            models.CheckConstraint(
                condition=Q(state="asked", answered_on=None) | ~Q(state="asked") & Q(answered_on__isnull=False),
                name="statements_ask_ends_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["statement", "asked"], condition=Q(state="asked"), name="statements_asked_of_one_once"
            ),
        )
        indexes = (models.Index(fields=["asked"], condition=Q(state="asked"), name="statements_open_asks"),)

    def clean(self) -> None:
        if self.statement_id and self.statement.person_id != self.owner_id:
            raise ValidationError(_("Only the one who said it can ask for it to be confirmed."))
        if self.statement_id and self.statement.kind not in CONFIRMABLE:
            raise ValidationError(_("Choose a level or an offer to have confirmed."))
