"""Tables only the gate tests use: public, seen by unit, following a parent, one to one, and read unasked."""

from django.db import models

from sloyfe.core.access import ByUnit, Follows, OwnedBy, Public, Record, Unasked
from sloyfe.core.access.guard import Guarded


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


class Badge(Record):
    access = OwnedBy("human", covers=("human",))

    human = models.OneToOneField(Human, models.CASCADE, related_name="badge")
    secret = models.CharField(max_length=20)


class Account(models.Model):
    """As the table of users is: read to find out who is looking, before anybody can be asked."""

    access = Unasked(hides=("human",))
    objects = Guarded()

    human = models.ForeignKey(Human, models.CASCADE, related_name="accounts")
    password = models.CharField(max_length=20)
