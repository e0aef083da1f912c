"""Whatever is uploaded: a sentence, nothing changed, and never a page that breaks."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sloyfe.core.imports.limits import Upload
from sloyfe.core.imports.sheets import Sheet, write_xlsx
from sloyfe.core.jobs import worker
from sloyfe.modules.people.formats.reading import read
from sloyfe.modules.people.imports.apply import bring_in
from sloyfe.modules.people.imports.models import Import
from sloyfe.modules.people.imports.tests.bringing import PEOPLE, UNITS, bring, said, table
from sloyfe.modules.people.models import Affiliation, Person, Unit

HEADER = "Arbeidsgiver;Ansattnummer;Navn;Enhetsnummer;Stilling;Stillingsprosent;Gyldig fra;Gyldig til\r\n"


def workbook(*sheets: Sheet) -> bytes:
    out = io.BytesIO()
    write_xlsx(sheets, out)
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    return out.getvalue()


def counts() -> tuple[int, ...]:
    return tuple(model.objects.for_system("the test reads").count() for model in (Unit, Person, Affiliation))


# What is uploaded, and whether the rest of it can be carried out all the same.
BAD = {
    "nothing but blank lines": (b"\r\n \r\n", False),
    "wrong encoding": (b"\xff\xfe\x00\xd8" * 50, False),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, False),
    "a page of the web": (b"<!DOCTYPE html><html><body>Logg inn</body></html>", False),
    "a zip bomb": (bomb(), False),
    "a sheet nobody knows": (workbook(Sheet("Budsjett", ("Konto", "Sum"), [("1", "2")])), False),
    "columns that are not there": (b"Navn;Alder\r\nKari;40\r\n", False),
    "reversed dates": (
        f"{HEADER}Sund kommune;1;Kari;u-fjord;x;100;31.12.2026;01.01.2026\r\n".encode(),
        True,
    ),
    "a name of 10,000 letters": (f"{HEADER}Sund kommune;1;{'Å' * 10_001};u-fjord;x;100\r\n".encode(), True),
    "more cells than names": (f"{HEADER}Sund kommune;1;Kari;u-fjord;x;100;;;;;igjen\r\n".encode(), True),
    "two-digit years": (f"{HEADER}Sund kommune;1;Kari;u-fjord;x;100;01.01.26\r\n".encode(), True),
    "a share of 500": (f"{HEADER}Sund kommune;1;Kari;u-fjord;x;500\r\n".encode(), True),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", list(BAD))
def test_a_bad_file_is_said_and_changes_nothing(as_role, settings, tmp_path, name):
    settings.MEDIA_ROOT = tmp_path
    data, goes_on = BAD[name]
    client, before = as_role("hr_admin"), counts()
    response = client.post(reverse("import"), {"uploads": [SimpleUploadedFile("fil.csv", data)]})
    assert response.status_code == 302, response.content.decode()
    worker.do_waiting()
    row = Import.objects.for_system("the test reads").get()
    page = client.get(reverse("import-report", args=[row.pk]))
    assert page.status_code == 200
    assert row.state == Import.State.REHEARSED
    assert row.summary["stopped"] is not goes_on and row.summary["problem_count"]
    assert (b"import/%d/apply" % row.pk in page.content) is (goes_on and row.changes)
    assert all(each["message"] and (each["remedy"] or each["weight"] == "note") for each in row.summary["problems"])
    client.post(reverse("import-apply", args=[row.pk]))
    worker.do_waiting()
    assert counts()[0] == before[0] and counts()[2] == before[2]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "fields", "asks"),
    [
        ([], {}, "uploads"),
        ([b""], {}, "uploads"),
        ([b"Navn"], {"full": "on"}, "last_day"),
        ([b"Navn"], {"full": "on", "last_day": "99.99.9999"}, "last_day"),
        ([b"Navn"], {"full": "on", "last_day": "0001-01-01"}, "last_day"),
        ([b"Navn"], {"last_day": "2026-11-30"}, "full"),
        ([b"Navn"], {"employer": "<script>"}, "employer"),
        ([b"Navn"] * 11, {}, "uploads"),
    ],
)
def test_a_form_that_is_not_filled_in_right_asks(as_role, settings, tmp_path, given, fields, asks):
    settings.MEDIA_ROOT = tmp_path
    files = [SimpleUploadedFile(f"{n}.csv", data) for n, data in enumerate(given)]
    response = as_role("hr_admin").post(reverse("import"), {"uploads": files, **fields})
    assert response.status_code == 422
    assert asks in response.context["form"].errors
    assert not (tmp_path / "imports").exists()


@pytest.mark.django_db
def test_too_much_is_refused_before_it_is_put_away(as_role, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("sloyfe.modules.people.imports.forms.number", lambda _name, _day: 10)
    response = as_role("hr_admin").post(reverse("import"), {"uploads": [SimpleUploadedFile("a.csv", b"x" * 11)]})
    assert response.status_code == 422 and not (tmp_path / "imports").exists()


NASTY = (
    "Robert'); DROP TABLE people_person;--",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }} %(name)s {count}",
    "Áŋŋá Čáhppesjohka",
    "\u202eعلي بن محمد",
    '=HYPERLINK("x")',
    "a\u0000b",
)


@pytest.mark.django_db(transaction=True)
def test_sql_html_and_other_scripts_are_text(as_role, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    rows = [f'Sund kommune;9{n};"{text.replace(chr(34), chr(34) * 2)}";u-fjord;x;50' for n, text in enumerate(NASTY)]
    client = as_role("hr_admin")
    client.post(reverse("import"), {"uploads": [SimpleUploadedFile("<b>.csv", (HEADER + "\r\n".join(rows)).encode())]})
    worker.do_waiting()
    row = Import.objects.for_system("the test reads").get()
    page = client.get(reverse("import-report", args=[row.pk])).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert "<b>.csv" not in page
    report = b"".join(client.get(reverse("import-report-csv", args=[row.pk])).streaming_content).decode()
    assert all(not cell.startswith(("=", "+", "@")) for line in csv.reader(io.StringIO(report)) for cell in line)
    client.post(reverse("import-apply", args=[row.pk]))
    worker.do_waiting()
    names = set(Person.objects.for_system("the test reads").values_list("name", flat=True))
    assert {NASTY[0], NASTY[1], NASTY[2], NASTY[3]} <= names


ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from((*NASTY, "", " ", "u-fjord", "n-employee", "Sund kommune", "-1", "1e9", "31.02.2026", "0,5", "ja")),
)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_cells_are_brought_in_or_said(cast, data):
    """Two sound rows with some cells exchanged: no error, and what the log counts is what the rehearsal counts."""
    shape = data.draw(st.sampled_from((UNITS, PEOPLE)))
    sound = {
        UNITS: ["Z1|Ny|team|u-fjord|statlig|01.01.2026|31.12.2027|u-kyst", "Z2|Ny to|team|Z1|||"],
        PEOPLE: ["Sund kommune|z1|Kari Moe|u-fjord|x|50|01.01.2026|", "Staten|z2|Ola Moe|u-vik|y|50|01.01.2026|"],
    }[shape]
    rows = [row.split("|") for row in sound]
    for row in rows:
        for at in data.draw(st.lists(st.integers(0, len(row) - 1), max_size=3)):
            row[at] = data.draw(ODD).replace("|", "/")
    upload = table(shape, *("|".join(row) for row in rows))
    found = read([upload])
    viewer = cast.viewer("hr_admin")
    first, second = (bring_in(viewer, found, rehearsal=True) for _ in range(2))
    assert first.lines() == second.lines()
    assert all(problem.message.format_map(problem.params) for problem in first.problems)
    assert not Unit.objects.filter(number="Z1").exists()


@pytest.mark.django_db
def test_any_bytes_are_read_or_refused(cast):
    for size in (1, 7, 500):
        for start in (b"", b"PK\x03\x04", b"<?xml", b"{", b"personar:\n"):
            found = read([Upload("fil", start + bytes(range(256)) * size)])
            assert bring_in(cast.viewer("hr_admin"), found, rehearsal=True).stopped


@pytest.mark.django_db
def test_many_sheets_of_one_kind_are_one_file(cast):
    log = bring(cast, table(UNITS, "Z1|Ny|team|u-fjord"), table(UNITS, "Z1|Ny|team|u-fjord"))
    assert log.applied and [text.split(":")[0] for text in said(log)] == ["note"]
