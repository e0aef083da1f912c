"""Tables only the gate tests use: one public, one seen by unit, one that follows its parent."""

from django.db import models

from sloyfe.core.access import ByUnit, Follows, OwnedBy, Public, Record


class Place(Record):
    access = Public()

    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    name = models.CharField(max_length=20)


class Human(Record):
    access = ByUnit("view", also=("edit",), unit="place", line="line") | OwnedBy("pk", view="view")

    place = models.ForeignKey(Place, models.CASCADE, related_name="people")
    line = models.CharField(max_length=10, default="state")
    name = models.CharField(max_length=20, unique=True)


class Assessment(Record):
    access = Follows("human")

    human = models.ForeignKey(Human, models.CASCADE, related_name="assessments")
    level = models.IntegerField(default=1)
