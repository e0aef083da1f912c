"""What has been published, and what protecting the next picture needs to remember of it.

Published: `Publication`, `PublishedNode`, `NodeOffice`. Kept from one picture to the next: `PublishingUnit`.
Remembered, and read by no one: `TableMemory`, `Counted`.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sloyfe.core.access import Closed, Dated, Follows, Holding, Line, OwnedBy, Public, Record, Viewer
from sloyfe.core.access.rules import ALL, NONE, Rule
from sloyfe.modules.people.public import office_of


class Publication(Record):
    """One picture of the whole body: made together, protected together, stored with its day and its policy.

    `competences` are ids, in the order every node's lists have.
    """

    access = Holding("picture.view")

    day = models.DateField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    policy = models.JSONField()
    competences = models.JSONField()

    class Meta:
        ordering = ("-day", "-pk")


class PublishingUnit(Dated, Record):
    """Small offices that are shown together, chosen once and kept. `within` is the area or county they lie in."""

    access = Public()

    within = models.ForeignKey("people.Unit", models.PROTECT, null=True, related_name="+")


class PublishingMember(Dated, Record):
    """An office is shown as a part of a publishing unit."""

    access = Public()

    publishing_unit = models.ForeignKey(PublishingUnit, models.CASCADE, related_name="members")
    office = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")


class ContainingMine(Rule):
    """Nodes that hold an office in the viewer's reach: her own and all above it, and whatever she follows below."""

    view = "picture.view"

    def rows(self, viewer: Viewer, capability: str) -> Q:
        if capability != self.view:
            return NONE
        reach = [viewer.units(capability, line) for line in Line]
        if any(units is None for units in reach):
            return ALL
        offices = set(office_of(frozenset().union(*(units for units in reach if units))).values())
        if not offices:
            return NONE
        holding = NodeOffice.objects.for_system("rule: nodes that hold these offices").filter(office__in=offices)
        return Q(pk__in=holding.values("node"))


class PublishedNode(Record):
    """One node of one publication, with everything that is told of it in `figures` (`figures.py`).

    `key` is the same from one publication to the next. `parent_key` is the node above.
    """

    class Kind(models.TextChoices):
        BODY = "body", _("the whole body")
        GROUP = "group", _("county or directorate")
        AREA = "area", _("area")
        OFFICE = "office", _("office")
        POOL = "pool", _("offices shown together")

    access = ContainingMine(covers=("publication",))

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="nodes")
    key = models.BigIntegerField()
    parent_key = models.BigIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.ForeignKey("people.Unit", models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=600)
    order = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    figures = models.JSONField()

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint(fields=["publication", "key"], name="picture_node_once"),)


class NodeOffice(Record):
    """An office lies in a published node. By these rows it is decided whom the node concerns."""

    access = Follows("node", view="picture.view")

    node = models.ForeignKey(PublishedNode, models.CASCADE, related_name="offices")
    office = models.ForeignKey("people.Unit", models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["office", "node"], name="picture_office_once"),)


class TableMemory(Record):
    """A table as it was counted, hidden numbers too: without it the next picture could not be protected from it."""

    access = Closed(covers=("publication",))

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="memories")
    table = models.CharField(max_length=20)
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["publication", "table"], name="picture_memory_once"),)


class Counted(Record):
    """How one person was counted in one publication, so that the next does not tell who has come or gone.

    A sign for each competence, in the publication's order: in `asked` the level that was asked for («.» is not
    asked), in `said` the level she had said («0» is nothing that may be counted), in `wish` 1 or 0. `place`,
    `shown_in` and `line_place` are keys of the rows she was counted in: office, node shown, line of the county.
    """

    told = _(
        "How your answers were counted in the latest pictures, so that the next picture cannot show who has come or "
        "gone. Deleted together with the picture, and at the next picture if you no longer want to be counted."
    )

    access = OwnedBy("person", covers=("person", "publication"))

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="counted")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    place = models.BigIntegerField()
    shown_in = models.BigIntegerField()
    line_place = models.BigIntegerField()
    leaving = models.BooleanField()
    asked = models.TextField()
    said = models.TextField()
    wish = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["publication", "person"], name="picture_counted_once"),)
