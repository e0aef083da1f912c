"""FINT and Visma all the way in; the identity numbers they carry are nowhere afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sloyfe.core.imports.tests.made_up import number
from sloyfe.core.jobs import worker
from sloyfe.modules.people.formats.tests.files import VISMA_CHART, visma_people, visma_person, visma_position
from sloyfe.modules.people.formats.tests.test_fint import example, wrapped
from sloyfe.modules.people.imports.models import Import
from sloyfe.modules.people.models import Affiliation, Edge, Person, PersonNumber, RoleHolding, Unit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def everything_stored() -> str:
    return "".join(
        str(list((model._default_manager.for_system("the test reads") if guarded else model._default_manager).values()))
        for model in apps.get_models()
        for guarded in [hasattr(model._default_manager, "for_system")]
    )


def remains(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def through(client, media, secret: str, *files: tuple[str, str]) -> tuple[Import, str]:
    """Uploaded, tried, looked at and carried out; gives the import and its pages."""
    given = [SimpleUploadedFile(name, data.encode()) for name, data in files]
    assert client.post(reverse("import"), {"uploads": given, "employer": "Sund kommune"}).status_code == 302
    worker.do_waiting()
    row = Import.objects.for_system("the test reads").get()
    assert secret.encode() not in remains(media)
    shown = client.get(reverse("import-report", args=[row.pk])).content
    shown += b"".join(client.get(reverse("import-report-csv", args=[row.pk])).streaming_content)
    client.post(reverse("import-apply", args=[row.pk]))
    worker.do_waiting()
    return Import.objects.for_system("the test reads").get(), shown.decode()


def nowhere(secret: str, shown: str, media: Path, caplog) -> None:
    assert secret not in shown
    assert secret not in everything_stored()
    assert secret.encode() not in remains(media)
    assert secret not in caplog.text


def test_fint(as_role, media, caplog):
    secret, tree = number(), example()
    tree["personar"][0]["fodselsnummer"] = wrapped(secret)
    row, shown = through(as_role("hr_admin"), media, secret, ("fint.json", json.dumps(tree, ensure_ascii=False)))
    assert row.state == Import.State.APPLIED, row.summary
    assert "Ola Lie" in shown
    nowhere(secret, shown, media, caplog)


def test_visma(as_role, media, caplog):
    secret = number()
    people = visma_people(visma_person(visma_position(), ssn=secret))
    row, shown = through(
        as_role("hr_admin"), media, secret, ("organisasjon.xml", VISMA_CHART), ("personer.xml", people)
    )
    assert row.state == Import.State.APPLIED, row.summary
    nowhere(secret, shown, media, caplog)
    kinds = dict(Unit.objects.filter(number__startswith="7-").values_list("number", "kind"))
    assert kinds == {"7-1": "municipality", "7-2": "department", "7-3": "section"}
    assert set(Edge.objects.filter(child__number__startswith="7-").values_list("bond", flat=True)) == {"municipal"}
    held = PersonNumber.objects.for_system("the test reads").get(number="11", employer__name="Sund kommune")
    work = Affiliation.objects.for_system("the test reads").get(person=held.person_id)
    assert (work.unit.number, work.line, work.percentage) == ("7-2", "municipal", 100)
    leads = RoleHolding.objects.for_system("the test reads").get(person=held.person_id)
    assert (leads.unit.number, leads.line) == ("7-1", "municipal")


def test_a_number_where_none_should_be_stops_the_file_and_leaves_nothing(as_role, media, caplog):
    secret = number()
    text = f"Arbeidsgiver;Ansattnummer;Navn\r\nSund kommune;1;Kari Lie {secret}\r\n"
    client = as_role("hr_admin")
    row, shown = through(client, media, secret, ("personer.csv", text))
    assert row.state == Import.State.REHEARSED and row.summary["stopped"]
    nowhere(secret, shown, media, caplog)
    assert not Person.objects.for_system("the test reads").filter(name__startswith="Kari").exists()


def test_a_file_called_by_such_a_number_is_not_taken(as_role, media, caplog):
    secret = number()
    file = SimpleUploadedFile(f"{secret}.csv", b"Ansattnummer;Navn\r\n1;Kari\r\n")
    response = as_role("hr_admin").post(reverse("import"), {"uploads": [file]})
    assert response.status_code == 422
    nowhere(secret, response.content.decode(), media, caplog)
    assert not Import.objects.for_system("the test reads").exists()
