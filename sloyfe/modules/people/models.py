"""The tables of the organisation over time. Periods run from `valid_from` until the day before `valid_to`."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import ByUnit, Dated, Either, Follows, Holding, Line, OwnedBy, Public, Record, Unasked, Viewer
from sloyfe.core.access.guard import GuardedQuerySet
from sloyfe.core.access.rules import ALL, NONE, Rule, opens_all, opens_none


class Kind(models.TextChoices):
    """What a unit is. The order is the level, from the top."""

    DIRECTORATE = "directorate", _("directorate")
    DEPARTMENT = "department", _("department")
    SECTION = "section", _("section")
    COUNTY = "county", _("county office")
    MUNICIPALITY = "municipality", _("municipality")
    AREA = "area", _("area")
    OFFICE = "office", _("local office")
    TEAM = "team", _("team")


class Bond(models.TextChoices):
    """Why one unit stands under another: a line of authority, or geography."""

    STATE = Line.STATE.value, _("state line")
    MUNICIPAL = Line.MUNICIPAL.value, _("municipal line")
    AREA = "area", _("area")


class LineChoice(models.TextChoices):
    STATE = Line.STATE.value, _("state")
    MUNICIPAL = Line.MUNICIPAL.value, _("municipal")


LANGUAGE_FORMS = [("nb", _("bokmål")), ("nn", _("nynorsk")), ("se", _("Northern Sámi"))]


class Unit(Dated, Record):
    """A place people work or answer to. `name` is today's; earlier names lie in UnitName."""

    access = Public()

    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(
        _("language form"),
        max_length=2,
        choices=LANGUAGE_FORMS,
        default="nb",
    )

    class Meta(Dated.Meta):
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class UnitName(Dated, Record):
    """What a unit was called, and when."""

    access = Public()

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)

    class Meta(Dated.Meta):
        ordering = ("valid_from",)


class Edge(Dated, Record):
    """`child` stands under `parent` in this bond for this period. An office may have several municipalities."""

    access = Public()

    child = models.ForeignKey(Unit, models.CASCADE, related_name="edges_up")
    parent = models.ForeignKey(Unit, models.CASCADE, related_name="edges_down")
    bond = models.CharField(max_length=10, choices=Bond)

    class Meta(Dated.Meta):
        constraints = (  # type: ignore[assignment]  # one more than those of every dated row
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=~Q(child=models.F("parent")), name="people_edge_not_to_itself"),
            models.UniqueConstraint(fields=["child", "parent", "bond", "valid_from"], name="people_edge_once"),
        )


class Closure(Record):
    """Derived: who stands below whom today, per bond, itself included. Rebuilt from edges."""

    access = Public()

    ancestor = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    bond = models.CharField(max_length=10, choices=Bond)
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["bond", "ancestor", "descendant"], name="people_closure_once"),)
        indexes = (models.Index(fields=["descendant", "bond", "ancestor"]),)


class Succession(Record):
    """One unit went on as another: a merge, a split or a rename of number, on a day."""

    access = Public()

    before = models.ForeignKey(Unit, models.CASCADE, related_name="successors")
    after = models.ForeignKey(Unit, models.CASCADE, related_name="predecessors")
    day = models.DateField()
    share = models.DecimalField(
        max_digits=5, decimal_places=4, default=1, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    corrected_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["before", "after", "day"], name="people_succession_once"),)


class Employer(Record):
    """Who employs: the state body, or a municipality. Decides the line, the agreements and the controller."""

    access = Public()

    name = models.CharField(max_length=200, unique=True)
    line = models.CharField(max_length=10, choices=LineChoice)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="employers")

    def __str__(self) -> str:
        return self.name


WORKING_HERE = ByUnit("person.view", also=("person.name", "person.edit", "time.edit"), line="line")


class ThroughAffiliation(Rule):
    """Persons with an affiliation in reach today, on the grant's own line."""

    view = "person.name"

    def rows(self, viewer: Viewer, capability: str) -> Q:
        reach = WORKING_HERE.rows(viewer, capability)
        if opens_all(reach) or opens_none(reach):
            return reach
        now = Affiliation.objects.for_system("rule: persons with an affiliation in reach").on(viewer.day)
        return Q(pk__in=now.filter(reach).values("person"))


class Person(Record):
    """Somebody who works here, or did: the name, and how she is reached at work. The rest is dated and lies beside."""

    access = ThroughAffiliation() | OwnedBy("pk", view="person.name", also=("person.view",))

    name = models.CharField(_("name"), max_length=200)
    sort_key = models.CharField(max_length=220, db_index=True, editable=False)
    language = models.CharField(max_length=2, blank=True)
    email = models.EmailField(_("e-mail at work"), max_length=200, blank=True)
    phone = models.CharField(_("telephone at work"), max_length=30, blank=True)

    class Meta:
        ordering = ("sort_key", "pk")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


_AT_THE_END: dict[str, str | int | None] = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}


def sort_key(name: str) -> str:
    """Norwegian order in any database: surname first, æ ø å last."""
    parts = name.casefold().split()
    turned = " ".join(parts[-1:] + parts[:-1])
    return turned.replace("aa", "å").translate(str.maketrans(_AT_THE_END))[:220]


class PersonNumber(Record):
    """The employee number a person has with one employer: the key of every HR file."""

    told = _("The employee number with each employer, so that files find the right person.")

    access = Follows("person", view="person.view")

    person = models.ForeignKey(Person, models.CASCADE, related_name="numbers")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["employer", "number"], name="people_number_once"),)


class Affiliation(Dated, Record):
    """One person works in one unit for one employer, in a position, so many per cent, for a period."""

    told = _("Where somebody works or has worked, with position, percentage and dates.")

    access: ClassVar[Either] = ByUnit(
        "person.view", also=("person.edit", "time.edit"), line="line", covers=("person",)
    ) | OwnedBy("person", view="person.view", covers=("person",))

    person = models.ForeignKey(Person, models.CASCADE, related_name="affiliations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="affiliations")
    employer = models.ForeignKey(Employer, models.PROTECT, related_name="affiliations")
    line = models.CharField(max_length=10, choices=LineChoice, editable=False)
    position = models.CharField(_("position"), max_length=200, blank=True)
    percentage = models.DecimalField(
        _("per cent"),
        max_digits=5,
        decimal_places=2,
        default=100,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    class Meta(Dated.Meta):
        indexes = (
            models.Index(fields=["unit", "line", "person"]),
            models.Index(fields=["person", "valid_from"]),
        )

    def clean_fields(self, exclude: object = None) -> None:
        self.line = self.employer.line  # the employer decides the line
        super().clean_fields(exclude)  # type: ignore[arg-type]


class RoleKind(Record):
    """A kind of role: leader, resource person, union representative … `code` is the key into access.yaml."""

    access = Public()

    code = models.SlugField(max_length=40, unique=True)
    name_nb = models.CharField(max_length=120)
    name_nn = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    about_nb = models.TextField(blank=True)
    about_nn = models.TextField(blank=True)
    about_en = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name_nb


class OnItsLine(ByUnit):
    """Roles in reach on the role's own line. One that holds on both lines is followed from either,
    and changed only by whoever reaches it on both: nobody gives away more than she has."""

    def rows(self, viewer: Viewer, capability: str) -> Q:
        if capability not in self.also:
            return NONE
        reach = [viewer.units(capability, line) for line in Line]
        if all(units is None for units in reach):
            return ALL
        state, municipal = reach
        if state is None or municipal is None:
            both = (municipal if state is None else state) if capability == self.view else None
        else:
            both = state & municipal if capability == self.view else state | municipal
        opened = NONE
        for line, units in ((Line.STATE.value, state), (Line.MUNICIPAL.value, municipal), ("", both)):
            if units is None or units:
                here = Q(line=line) & self._in(units)
                opened = here if opened == NONE else opened | here
        return opened


class RoleHolding(Dated, Record):
    """A role held by a person in a unit: with a mandate, hours, a deputy and somebody who anchored it.

    `line` empty means both lines: a leader for state and municipality alike.
    What is not settled yet is left empty, and shown as «uavklart» to those concerned.
    """

    told = _("Roles somebody holds or has held: tasks, hours, deputy and who anchored it.")

    access = (
        Holding("role.view", covers=("person", "deputy"))
        | OnItsLine("role.edit", also=("role.follow",), covers=("person", "deputy"))
        | OwnedBy("person", view="role.view", covers=("person", "deputy"))
    )

    person = models.ForeignKey(Person, models.CASCADE, related_name="roles")
    kind = models.ForeignKey(RoleKind, models.PROTECT, related_name="holdings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="roles")
    line = models.CharField(max_length=10, choices=LineChoice, blank=True)
    tasks = models.TextField(_("mandate: tasks in words"), blank=True)
    hours_week = models.DecimalField(
        _("hours a week"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    deputy = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="deputy_for")
    anchored_by = models.CharField(_("anchored by"), max_length=200, blank=True)

    class Meta(Dated.Meta):
        indexes = (models.Index(fields=["unit", "kind"]), models.Index(fields=["person", "valid_from"]))


class ByWhatWasHeld(ByUnit):
    """On the line of the role that was held; from either line, where the role is gone."""

    def rows(self, viewer: Viewer, capability: str) -> Q:
        here = super().rows(viewer, capability)
        if here in (ALL, NONE):
            return here
        held = RoleHolding.objects.for_viewer(viewer, capability).values("pk")
        return here & (Q(holding=None) | Q(holding__in=held))


class Handover(Record):
    """Somebody left: what she held, listed the same day, until somebody has taken it over or it is dropped."""

    told = _("What somebody who left held, and who took it over.")

    access = ByWhatWasHeld("role.follow", also=("role.edit",), covers=("person", "taken_by", "holding")) | OwnedBy(
        "person", covers=("person", "taken_by", "holding")
    )

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="handovers")
    person = models.ForeignKey(Person, models.CASCADE, related_name="handovers")
    what = models.CharField(max_length=300)
    holding = models.ForeignKey(RoleHolding, models.SET_NULL, null=True, blank=True, related_name="handovers")
    left_on = models.DateField()
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-left_on", "pk")


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> GuardedQuerySet:
        return GuardedQuerySet(self.model, using=self._db)

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        user = self.model(username=username.strip().casefold(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who can sign in, tied to a person. `subject` is where single sign-on will find its place."""

    access = Unasked(covers=("person",))

    username = models.CharField(_("user name"), max_length=254, unique=True)
    person = models.OneToOneField(Person, models.CASCADE, null=True, blank=True, related_name="user")
    subject = models.CharField(max_length=255, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    objects = UserManager()
