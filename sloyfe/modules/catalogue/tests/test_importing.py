"""The import pages: who may, the way from upload to catalogue, and files that are not what they should be."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from sloyfe.core.imports.identity_numbers import holds_one
from sloyfe.core.jobs.models import Job
from sloyfe.core.jobs.worker import do_waiting
from sloyfe.modules.catalogue.actions.importing import sweep
from sloyfe.modules.catalogue.formats import own
from sloyfe.modules.catalogue.models import Competence, Framework, Import, ImportFile
from sloyfe.modules.catalogue.tests.small import LAW, TALK, framework

pytestmark = pytest.mark.django_db
IMPORT = "/catalogue/import/"


def workbook(**changes) -> SimpleUploadedFile:
    return SimpleUploadedFile("katalog.xlsx", own.workbook(framework(**changes)))


@pytest.fixture
def send(as_role, django_capture_on_commit_callbacks):
    """Upload as a role, let the worker rehearse, and give the answer's page."""
    client = as_role("directorate_adviser")

    def upload(*files: SimpleUploadedFile, format_code: str = "own", **fields: object):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(IMPORT, {"format_code": format_code, "uploads": list(files), **fields})
            assert answer.status_code == 302, answer.content.decode()
            do_waiting()
        assert not Job.objects.for_system("test").filter(state="failed").exists()
        return client.get(reverse("catalogue-import-report", args=[latest().pk]))

    upload.client = client
    return upload


def latest() -> Import:
    return Import.objects.for_system("test").first()


def files_left(folder) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("directorate_adviser", 200),
        ("hr_admin", 200),
        ("employee", 403),
        ("leader", 403),
        ("county_adviser", 403),
        ("union_rep", 403),
        ("outsider", 403),
        ("anonymous", 302),
    ],
)
def test_who_may_take_in(as_role, role, status):
    for page in (IMPORT, f"{IMPORT}template.xlsx"):
        assert as_role(role).get(page).status_code == status


def test_pages_of_an_import_that_is_not_there_and_wrong_methods(as_role):
    client = as_role("hr_admin")
    assert client.get(f"{IMPORT}999/").status_code == 404
    assert client.get(f"{IMPORT}999/report.csv").status_code == 404
    assert client.post(f"{IMPORT}999/drop/").status_code == 404
    assert client.get(f"{IMPORT}999/drop/").status_code == 405
    assert client.get(f"{IMPORT}999/carry-out/").status_code == 405


def test_from_upload_to_catalogue(send, uploads, django_capture_on_commit_callbacks):
    page = send(workbook(), whole="on")
    assert not Competence.objects.exists()
    assert "Kompetanse: 3 nye" in page.content.decode()
    assert latest().state == "ready" and len(files_left(uploads)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert send.client.post(f"{IMPORT}{latest().pk}/carry-out/").status_code == 302
        do_waiting()
    assert Competence.objects.count() == 3 and latest().state == "done"
    assert not ImportFile.objects.for_system("test").exists() and len(files_left(uploads)) == 1
    report = b"".join(send.client.get(f"{IMPORT}{latest().pk}/report.csv").streaming_content).decode("utf-8-sig")
    assert "Samtaleteknikk" in report and "ny;" in report
    assert "UNDEFINED" not in page.content.decode()


def test_what_is_carried_out_is_what_was_seen(send, django_capture_on_commit_callbacks):
    """Somebody changes the catalogue in between: nothing is kept, and the new rehearsal is shown."""
    send(workbook())
    seen = latest().lines
    Framework.objects.create(code="small", label_nb="En annen var først")
    with django_capture_on_commit_callbacks(execute=True):
        send.client.post(f"{IMPORT}{latest().pk}/carry-out/")
        do_waiting()
    assert not Competence.objects.exists()
    assert latest().state == "ready" and latest().lines != seen


def test_where_nothing_would_change_there_is_nothing_to_carry_out(send, django_capture_on_commit_callbacks):
    send(workbook())
    with django_capture_on_commit_callbacks(execute=True):
        send.client.post(f"{IMPORT}{latest().pk}/carry-out/")
        do_waiting()
    page = send(workbook()).content.decode()
    assert "carry-out" not in page and latest().state == "ready"
    jobs = Job.objects.for_system("test").count()
    answer = send.client.post(f"{IMPORT}{latest().pk}/carry-out/", follow=True)
    assert "Ingenting å endre" in answer.content.decode()
    assert latest().state == "ready" and Job.objects.for_system("test").count() == jobs


def test_dropping_deletes_the_files(send, uploads, django_capture_on_commit_callbacks):
    send(workbook())
    with django_capture_on_commit_callbacks(execute=True):
        assert send.client.post(f"{IMPORT}{latest().pk}/drop/").status_code == 302
    assert not files_left(uploads) and latest() is None
    assert send.client.post(f"{IMPORT}1/carry-out/").status_code == 404


def test_what_is_too_old_goes_with_its_files(send, uploads, django_capture_on_commit_callbacks):
    send(workbook())
    today = timezone.localdate()
    assert sweep(today) == 0
    Import.objects.for_system("test").update(created_at=timezone.now() - timedelta(days=32))
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(today) == 1
    assert latest() is None and not files_left(uploads)


def test_a_file_larger_than_allowed_is_not_taken_in(as_role, monkeypatch):
    monkeypatch.setattr("sloyfe.modules.catalogue.forms.importing.number", lambda name, day: 10)
    answer = as_role("hr_admin").post(IMPORT, {"format_code": "own", "uploads": workbook()})
    assert answer.status_code == 422 and "Den største vi kan lese" in answer.content.decode()


def test_what_was_carried_out_is_not_carried_out_again(send, django_capture_on_commit_callbacks):
    send(workbook())
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            send.client.post(f"{IMPORT}{latest().pk}/carry-out/")
            do_waiting()
    assert latest().state == "done" and Competence.objects.count() == 3


def test_our_own_export_comes_in_again_as_csv_in_a_zip(send):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in own.csv_files(framework(), "nn").items():
            archive.writestr(name, content)
    page = send(SimpleUploadedFile("katalog.zip", packed.getvalue()))
    assert latest().state == "ready" and "Kompetanse: 3 nye" in page.content.decode()


def test_a_sheet_of_requirements_alone_may_speak_of_what_is_here(send, django_capture_on_commit_callbacks):
    send(workbook())
    with django_capture_on_commit_callbacks(execute=True):
        send.client.post(f"{IMPORT}{latest().pk}/carry-out/")
        do_waiting()
    sheet = "Profilkode;Kompetansekode;Nivå;Styrke\nadviser;law;2;skal\nadviser;talk;9;skal\n".encode()
    page = send(SimpleUploadedFile("krav.csv", sheet), into=Framework.objects.get().pk)
    words = page.content.decode()
    assert "Krav: 1 endret" in words and "krav.csv, rad 3" in words and "Nivå 9 finnes ikke på skalaen" in words


def bomb() -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("skills_en.csv", "w", force_zip64=True) as member,
    ):
        for _part in range(260):
            member.write(b"0" * 1_000_000)
    return packed.getvalue()


def sheet(text: str) -> bytes:
    return text.encode()


COMPETENCES = "Kompetansekode;Navn bokmål;Ligger under\n"
BAD = {
    "random bytes": ("own", b"\x00\xff\xfe\x13\x37" * 99, "ikke en tekstfil"),
    "an empty workbook's zip": ("own", b"PK\x05\x06" + b"\x00" * 18, ""),
    "a zip bomb": ("esco", bomb, "når det pakkes ut"),
    "another table": ("own", sheet("a;b\n1;2\n"), "overskrifter"),
    "wrong encoding": ("moodle", "Parent;ID\nø".encode("latin-1"), "UTF-8"),
    "a tree that bites its tail": ("own", sheet(f"{COMPETENCES}a;A;b\nb;B;a\n"), "i ring"),
    "a name of 10,000 letters": ("own", sheet(f"{COMPETENCES}a;{'x' * 10_000};\n"), "tegn"),
    "not JSON": ("digcomp", b"{", "JSON"),
    "no skills": ("esco", sheet("a,b\n"), "skills_en.csv"),
    "one file of two": ("ddat", sheet("a,b\n"), "skills.csv"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_used_says_why_and_changes_nothing(send, uploads, case):
    format_code, data, words = BAD[case]
    page = send(SimpleUploadedFile("fil.dat", data() if callable(data) else data), format_code=format_code)
    said = page.content.decode()
    assert page.status_code == 200 and words in said, said
    assert latest().state == "stopped" and not Framework.objects.exists()
    assert len(files_left(uploads)) == 1  # the report alone
    assert "Gjennomfør</button>" not in said


def test_cells_that_begin_like_formulas_are_words(send):
    page = send(workbook(competences=(replace(TALK, names={"nb": '=HYPERLINK("http://x")'}),)))
    assert "=HYPERLINK(&quot;" in page.content.decode()
    report = b"".join(send.client.get(f"{IMPORT}{latest().pk}/report.csv").streaming_content).decode()
    assert ";=HYPER" not in report and "'=HYPER" in report


def test_a_national_identity_number_stops_the_file(send):
    number = next(number for number in (f"010190{n:05d}" for n in range(100_000)) if holds_one(number))
    page = send(SimpleUploadedFile("x.csv", sheet(f"{COMPETENCES}a;{number};\n")))
    assert latest().state == "stopped" and number not in page.content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"format_code": "own"},
        {"format_code": "sql", "uploads": SimpleUploadedFile("a.csv", b"x")},
        {"format_code": "own", "uploads": SimpleUploadedFile("a.csv", b"")},
        {"format_code": "own", "uploads": SimpleUploadedFile("a.csv", b"x"), "into": "999"},
    ],
)
def test_a_form_that_is_not_filled_in_says_so(as_role, fields):
    answer = as_role("hr_admin").post(IMPORT, fields)
    assert answer.status_code == 422 and latest() is None


def test_html_in_a_name_is_shown_as_words(send):
    page = send(workbook(competences=(replace(LAW, names={"nb": "<script>alert(1)</script>"}),)))
    assert "<script>alert" not in page.content.decode()
