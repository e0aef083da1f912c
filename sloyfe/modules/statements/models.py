"""Statements, shares, and what makes asking fair: a limit each helper sets, and counters without askers."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import ByUnit, Dated, GuardedQuerySet, Holding, Line, OwnedBy, Record, Viewer
from sloyfe.core.access.prepared import OUTER, Later, Prepared
from sloyfe.core.access.rules import NONE, Rule
from sloyfe.modules.people.public import working
from sloyfe.modules.statements.models_standing import ConfirmationAsk as ConfirmationAsk
from sloyfe.modules.statements.models_standing import Proof as Proof


class Audience(models.TextChoices):
    """Who may see a statement. «Only me» is the absence of shares."""

    PERSON = "person", _("a person you name")
    LEADER = "leader", _("your leader")
    OFFICE = "office", _("colleagues in your office")
    AREA = "area", _("colleagues in your area")
    COUNTY = "county", _("colleagues in your county")
    EVERYONE = "everyone", _("everyone, state and municipality")


PRIVATE_KINDS = ("unsure",)


class SharedWith(Rule):
    """Statements that somebody has shared with the viewer. Circles are resolved by place, line and day.

    What somebody is unsure of is seen only by those she has named, whatever else stands in the table.
    """

    view = "own.page"

    def rows(self, viewer: Viewer, capability: str) -> Q:
        if viewer.person_id is None or capability != self.view or not viewer.posts:
            return NONE
        circles = {circle.value: viewer.around(circle.value) for circle in CIRCLES}
        led = {line.value: {post.unit_id for post in viewer.led if post.line == line} for line in Line}
        reached = SHARED.exists(day=viewer.day, person=viewer.person_id, **circles, **led)  # only of rows asked for
        return reached & (~Q(kind__in=PRIVATE_KINDS) | NAMED.exists(person=viewer.person_id))


CIRCLES = (Audience.OFFICE, Audience.AREA, Audience.COUNTY)


def _reaching() -> GuardedQuerySet:
    """Shares of a statement that reach a viewer. One look at where the owner works answers for all circles.

    Of somebody who has left nothing is shared: she can no longer take it back herself.
    """
    near = Q(Exact(OuterRef("audience"), Audience.EVERYONE.value))
    near |= Q(Exact(OuterRef("audience"), Audience.PERSON.value), Exact(OuterRef("to_person"), _later("person")))
    for circle in CIRCLES:
        near |= Q(Exact(OuterRef("audience"), circle.value), unit__among=_later(circle.value))
    for line in Line:
        staff = Q(Exact(OuterRef("audience"), Audience.LEADER.value), unit__among=_later(line.value))
        near |= staff & Q(line=line.value)
    return _live().filter(Exists(working(Later("day", models.DateField())).filter(near, person=OuterRef("owner"))))


def _live() -> GuardedQuerySet:
    shares = Share.objects.for_system("rule: what is shared with this viewer")
    return shares.filter(until_at__isnull=True, statement=OUTER)


def _later(name: str) -> Later:
    return Later(name, models.BigIntegerField())


SHARED = Prepared(_reaching)
NAMED = Prepared(lambda: _live().filter(audience=Audience.PERSON, to_person=_later("person")))


class Statement(Dated, Record):
    """Something a person says about herself: of one kind, about one competence or in her own words.

    A level is her own view of how well she can what is asked of her, with an example in `words`. What another has
    confirmed (`by`), because she asked for it, and what she can show proof of are kinds of their own, never merged
    into one number. `basis` says what it rests on, `contest` what she remarks on something said about her.
    """

    told = _(
        "What somebody says about herself: offers, can teach, wants to learn or use more, is unsure of, how well she "
        "can it; what a colleague has confirmed for her, and her proofs. Hers alone until she shares it. Answers in "
        "a mapping round are deleted on the day the round says."
    )

    class Kind(models.TextChoices):
        OFFERS = "offers", _("can be asked about")
        TEACHES = "teaches", _("can teach")
        WANTS = "wants", _("wants to learn")
        UNSURE = "unsure", _("unsure of")
        LEVEL = "level", _("how well I can do it, as I see it")
        USES = "uses", _("wants to use more")
        CONFIRMED = "confirmed", _("confirmed by somebody who has seen it")
        PROOF = "proof", _("education, course, certificate or recognised practice")

    access = OwnedBy("person", covers=("person", "by")) | SharedWith(covers=("person", "by"))

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="statements")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    competence = models.ForeignKey(
        "catalogue.Competence", models.PROTECT, null=True, blank=True, related_name="statements"
    )
    words = models.CharField(_("in your own words"), max_length=300, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    contest = models.CharField(_("your remark"), max_length=300, blank=True)
    confirmed_on = models.DateField()
    kept_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(competence__isnull=False) | ~Q(words=""), name="statements_says_something"
            ),
            models.CheckConstraint(
                condition=Q(kind="level", level__isnull=False, level__range=(1, 5), competence__isnull=False)
                | Q(kind="confirmed", level__range=(1, 5), competence__isnull=False)
                | ~Q(kind="level") & Q(level__isnull=True),
                name="statements_level_where_it_belongs",
            ),
            models.UniqueConstraint(
                fields=["person", "competence"],
                condition=Q(kind="level", valid_to=None),
                name="statements_one_level_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(by=None) | Q(kind="confirmed") & ~Q(by=F("person")),
                name="statements_nobody_confirms_herself",
            ),
            models.CheckConstraint(
                condition=Q(contest="") | Q(kind__in=("confirmed", "proof")), name="statements_contest_where_it_belongs"
            ),
        )
        indexes = (
            models.Index(fields=["person", "kind"]),
            models.Index(fields=["competence", "kind"]),
            models.Index(fields=["kept_until"], condition=Q(kept_until__isnull=False), name="statements_kept"),
        )


class Share(Record):
    """One audience of one statement, from a moment until it is revoked. Revoked rows stay as history."""

    told = _("Who she has shared it with, from when until when.")

    access = OwnedBy("owner", covers=("owner", "statement", "to_person"))

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="shares")
    owner = models.ForeignKey("people.Person", models.CASCADE, related_name="shares")
    audience = models.CharField(max_length=10, choices=Audience)
    to_person = models.ForeignKey("people.Person", models.CASCADE, null=True, blank=True, related_name="+")
    from_at = models.DateTimeField(auto_now_add=True)
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(audience="person", to_person__isnull=False) | ~Q(audience="person") & Q(to_person=None),
                name="statements_share_names_a_person_when_it_should",
            ),
            models.UniqueConstraint(
                fields=["statement", "audience"],
                condition=Q(until_at=None, to_person=None),
                name="statements_share_once",
            ),
            models.UniqueConstraint(
                fields=["statement", "to_person"],
                condition=Q(until_at=None, to_person__isnull=False),
                name="statements_share_person_once",
            ),
        )
        indexes = (models.Index(fields=["audience", "owner"], condition=Q(until_at=None), name="statements_live"),)

    def clean(self) -> None:
        """Nobody shares what another has said, and what she is unsure of only with people she names."""
        if self.statement_id and self.statement.person_id != self.owner_id:
            raise ValidationError(_("Only the one who said it can share it."))
        if self.statement_id and self.statement.kind in PRIVATE_KINDS and self.audience != Audience.PERSON:
            raise ValidationError(_("What you are unsure of can only be shared with people you name yourself."))


class Helper(Record):
    """How somebody who offers help wants to be asked: her own weekly limit and her own words."""

    told = _("How many questions somebody takes in a week, and how she likes to be asked.")

    access = Holding("ask.use", covers=("person",)) | OwnedBy("person", covers=("person",))

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="helper")
    weekly_limit = models.PositiveSmallIntegerField(
        _("questions a week"), null=True, blank=True, validators=[MaxValueValidator(50)]
    )
    how = models.CharField(_("how you would like to be asked"), max_length=200, blank=True)


class Counting(Record):
    """Whether what somebody says may be counted in figures together with at least four others. Empty: not asked yet."""

    told = _("Whether what you say may be counted together with what others say. You change it any day.")

    access = OwnedBy("person", covers=("person",))

    person = models.OneToOneField("people.Person", models.CASCADE, related_name="counting")
    answers = models.BooleanField(null=True)
    unsure = models.BooleanField(default=False)
    changed_on = models.DateField()


class AskedInWeek(Record):
    """How many have turned to a helper in a week (its Monday). Never who asked, never about what."""

    told = _("How many questions somebody has had in a week. Never from whom, or about what.")

    access = Holding("ask.use", covers=("person",)) | OwnedBy("person", covers=("person",))

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="asked")
    monday = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "monday"], name="statements_asked_once"),)


class PostedNeed(Record):
    """Nobody was found, and somebody asked the area instead. Shown to the area's resource persons."""

    told = _("A question somebody has put to the area, with name and office, until she takes it back.")

    access = OwnedBy("person", covers=("person",)) | ByUnit("need.area", covers=("person",))

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="posted_needs")
    unit = models.ForeignKey("people.Unit", models.CASCADE, related_name="posted_needs")
    text = models.CharField(_("what you need help with"), max_length=300)
    posted_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
