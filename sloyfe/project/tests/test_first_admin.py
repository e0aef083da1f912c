"""The first administrator comes in from the command line, and only the first."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from sloyfe.core.audit.models import Event
from sloyfe.modules.people.models import Affiliation, Employer, Person, RoleHolding, Unit, User
from sloyfe.modules.people.viewers import viewer_for_person
from tests.cast import DAY

pytestmark = pytest.mark.django_db
PASSWORD = "fjorden ligger stille i dag"
TODAY = "sloyfe.project.management.commands.first_admin.timezone.localdate"


@pytest.fixture
def make(monkeypatch):
    monkeypatch.setattr(TODAY, lambda: DAY)

    def run(password=PASSWORD, **options):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        said = io.StringIO()
        call_command("first_admin", stdout=said, **({"name": "Åse Ødegård", "username": "Aase"} | options))
        return said.getvalue()

    return run


def test_on_an_empty_database_she_gets_a_body_to_administer(make, settings):
    settings.SLOYFE_BODY_NAME = "Prøvedirektoratet"
    assert "aase" in make()
    user = User.objects.get()
    assert user.check_password(PASSWORD)
    assert Client().login(username="aase", password=PASSWORD)
    viewer = viewer_for_person(user.person_id, DAY, "nb")
    for capability in ("import.run", "org.edit", "role.edit", "person.edit", "own.page", "org.view"):
        assert viewer.may(capability), capability
    assert Unit.objects.get().name == Employer.objects.get().name == "Prøvedirektoratet"
    assert list(Person.objects.for_viewer(viewer, "person.edit")) == [user.person]
    verbs = Event.objects.for_system("the test reads").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["unit.created", "role.given"]


def test_in_an_organisation_that_is_there_she_works_at_its_top(cast, make):
    RoleHolding.objects.for_system("the test").filter(kind__code="hr_admin").delete()
    units = Unit.objects.count()
    make()
    work = Affiliation.objects.for_system("the test").get(person__name="Åse Ødegård")
    assert (work.unit, work.employer, work.line) == (cast.unit["directorate"], cast.employer["state"], "state")
    assert Unit.objects.count() == units


def test_the_second_is_refused(make):
    make()
    with pytest.raises(CommandError, match="already"):
        make(username="second")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"password": "kort"}, "12"),
        ({"password": "8473625148376"}, "."),
        ({"password": ""}, "."),
        ({"password": "aase", "username": "aase"}, "."),
        ({"name": "  "}, "."),
        ({"name": "x" * 201}, "200"),
        ({"username": " "}, "."),
        ({"username": "x" * 255}, "254"),
        ({"name": None}, "--name"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_made(make, given, says):
    with pytest.raises(CommandError, match=says):
        make(**given)
    assert not User.objects.exists()
    assert not Unit.objects.exists()
    assert not Person.objects.for_system("the test").exists()


def test_a_user_name_that_is_taken_is_refused(cast, make):
    RoleHolding.objects.for_system("the test").filter(kind__code="hr_admin").delete()
    cast.user("employee")
    with pytest.raises(CommandError):
        make(username="Employee")
    assert User.objects.count() == 1
