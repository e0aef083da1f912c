"""A person is erased whole: what each table does is decided, and nothing of her is left."""

import pytest
from axes.models import AccessAttempt, AccessLog
from django.apps import apps
from django.db import models

from sloyfe.core.audit.erasure import erase_person, undecided
from sloyfe.core.audit.looks import write_looks
from sloyfe.modules.people.models import Handover, Person, RoleHolding, User
from tests.cast import DAY

pytestmark = pytest.mark.django_db


def test_every_field_that_names_a_person_has_a_shredder_or_a_reason():
    assert undecided(Person, User) == [], "decide in the module's erasure.py: deletes, empties, kept or shredder"


def test_a_field_nobody_decided_about_is_found():
    class Note(models.Model):
        about = models.ForeignKey(Person, models.CASCADE)
        writer_id = models.BigIntegerField()
        count = models.IntegerField()

        class Meta:
            app_label = "people"

    try:
        assert {"people.note.about", "people.note.writer_id"} <= set(undecided(Person, User))
        assert "people.note.count" not in undecided(Person, User)
    finally:
        del apps.all_models["people"]["note"]
        apps.clear_cache()
        Person._meta._expire_cache()


def test_a_person_goes_with_everything_that_names_her(cast):
    person, deputy = cast.person["leader"], cast.person["deputy"]
    cast.user("leader")
    AccessAttempt.objects.create(username="leader", ip_address="127.0.0.1", failures_since_start=1)
    AccessLog.objects.create(username="leader", ip_address="127.0.0.1")
    AccessLog.objects.create(username="employee", ip_address="127.0.0.1")
    Handover.objects.create(
        unit=cast.unit["vik"], person=cast.person["outsider"], what="x", left_on=DAY, taken_by=person
    )
    write_looks(cast.viewer("leader"), [deputy.pk], page="person", needs="person.view")

    rows = erase_person(person.pk, "the time is up", by=cast.viewer("hr_admin"))

    assert rows["people.person.id"] == rows["people.user.person"] == rows["people.roleholding.person"] == 1
    assert not Person.objects.for_system("the test reads").filter(pk=person.pk).exists()
    assert not User.objects.filter(username="leader").exists()
    assert not AccessAttempt.objects.exists()
    assert AccessLog.objects.get().username == "employee"
    assert Handover.objects.for_system("the test reads").get().taken_by is None
    for model in apps.get_models():
        manager = model._default_manager
        found = manager.for_system("the test reads") if hasattr(manager, "for_system") else manager.all()
        assert "Mona Myhre" not in str(list(found.values())), model


def test_a_deputy_who_goes_leaves_the_role_standing(cast):
    erase_person(cast.person["deputy"].pk, "she asked", by="the clock")
    holding = RoleHolding.objects.for_system("the test reads").get(person=cast.person["leader"])
    assert holding.deputy is None
