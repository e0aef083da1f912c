"""Upload, look, carry out: through the pages and the worker."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sloyfe.core.jobs import worker
from sloyfe.modules.people.imports.models import Import
from sloyfe.modules.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

GOOD = (
    "Arbeidsgiver;Ansattnummer;Navn;Enhetsnummer;Stilling;Stillingsprosent;Gyldig fra\r\n"
    "Sund kommune;n-employee;Eli Elvestad-Moe;u-fjord_team;veileder;100;01.01.2024\r\n"
    "Sund kommune;9001;Åse Kvittingen;u-fjord;veileder;80;01.03.2026\r\n"
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "imports"


def upload(client, *files, **fields):
    given = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(reverse("import"), {"uploads": given, **fields})


def test_upload_look_and_carry_out(as_role, media):
    client = as_role("hr_admin")
    response = upload(client, ("ansatte.csv", GOOD.encode()))
    assert response.status_code == 302, response.content.decode()
    worker.do_waiting()
    row = Import.objects.for_system("test").get()
    page = client.get(reverse("import-report", args=[row.pk]))
    text = page.content.decode()
    assert page.status_code == 200 and "Åse Kvittingen" in text, text
    assert not Person.objects.for_system("test").filter(name="Åse Kvittingen").exists()
    client.post(reverse("import-apply", args=[row.pk]))
    worker.do_waiting()
    row = Import.objects.for_system("test").get()
    assert row.state == Import.State.APPLIED, row.summary
    assert Person.objects.for_system("test").filter(name="Åse Kvittingen").exists()
    assert list(media.iterdir()) == []
    assert client.get(reverse("import")).status_code == 200
