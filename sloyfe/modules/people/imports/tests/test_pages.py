"""Upload, look, carry out, drop: through the pages and the worker."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from sloyfe.core.audit.erasure import erase_person
from sloyfe.core.imports.limits import Upload
from sloyfe.core.jobs import worker
from sloyfe.core.jobs.models import Job
from sloyfe.modules.people.formats.own import SHAPES
from sloyfe.modules.people.formats.reading import read
from sloyfe.modules.people.imports import actions, reads
from sloyfe.modules.people.imports.models import Import, Part
from sloyfe.modules.people.models import Person
from sloyfe.modules.people.viewers import viewer_for_person
from tests.cast import DAY

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = "Arbeidsgiver;Ansattnummer;Navn;Enhetsnummer;Stilling;Stillingsprosent;Gyldig fra\r\n"
GOOD = (
    f"{HEADER}Sund kommune;n-employee;Eli Elvestad-Moe;u-fjord_team;veileder;62,5;01.01.2026\r\n"
    "Sund kommune;9001;Åse Kvittingen;u-fjord;veileder;80;01.03.2026\r\n"
)
ROUTES = ("import", "import-template-xlsx")
OF_ONE = ("import-report", "import-report-csv", "import-report-xlsx", "import-questions")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "imports"


def upload(client, text=GOOD, name="ansatte.csv", **fields):
    response = client.post(reverse("import"), {"uploads": [SimpleUploadedFile(name, text.encode())], **fields})
    assert response.status_code == 302, response.content.decode()
    worker.do_waiting()
    return stored()


def stored() -> Import:
    return Import.objects.for_system("the test reads").latest("pk")


def url(name, row, *more):
    return reverse(name, args=[row.pk, *more])


def test_where_nothing_would_change_there_is_nothing_to_carry_out(as_role):
    client = as_role("hr_admin")
    client.post(url("import-apply", upload(client)))
    worker.do_waiting()
    row, jobs = upload(client), Job.objects.for_system("the test reads")
    text = client.get(url("import-report", row)).content.decode()
    assert "Ingenting å endre" in text and url("import-apply", row) not in text
    before = jobs.count()
    assert "Ingenting å endre" in client.post(url("import-apply", row), follow=True).content.decode()
    assert jobs.count() == before and stored().state == Import.State.REHEARSED


def test_a_column_nobody_knows_is_named_with_those_we_read(as_role):
    client = as_role("hr_admin")
    row = upload(client, GOOD.replace("Stilling;", "Skonummer;"))
    text = client.get(url("import-report", row)).content.decode()
    assert "Kolonner vi ikke kjenner, er ikke lest: Skonummer." in text
    assert "Kolonnene vi leser, er: Arbeidsgiver, Ansattnummer, Navn" in text and "Stilling" in text


def test_upload_look_and_carry_out(as_role, media):
    client = as_role("hr_admin")
    row = upload(client)
    text = client.get(url("import-report", row)).content.decode()
    assert "Åse Kvittingen" in text and "62,5" in text and "01.03.2026" in text
    assert not Person.objects.for_system("the test reads").filter(name="Åse Kvittingen").exists()
    assert [path.name for path in media.rglob("*") if path.is_file()] == ["delivery.json"]
    client.post(url("import-apply", row))
    worker.do_waiting()
    done = stored()
    assert done.state == Import.State.APPLIED and done.counts["create"] == 2
    assert done.summary["groups"] == row.summary["groups"]
    assert Person.objects.for_system("the test reads").filter(name="Åse Kvittingen").exists()
    assert list(media.iterdir()) == []
    assert "Hanna Hovd" in client.get(reverse("import")).content.decode()
    assert client.post(url("import-apply", row)).status_code == 302
    assert Job.objects.for_system("the test reads").count() == 2


def test_a_full_list_that_ends_many_asks_for_their_number(as_role):
    client = as_role("hr_admin")
    rows = [f"Sund kommune;{n};Kari Nr{n:03};u-fjord;veileder;50;01.01.2026\r\n" for n in range(20)]
    client.post(url("import-apply", upload(client, HEADER + "".join(rows))))
    worker.do_waiting()
    full = {"full": "on", "last_day": str(timezone.localdate())}
    few = upload(client, HEADER + "".join(rows), **full)
    assert few.ends_to_confirm(timezone.localdate()) is None, "the four who were there before"
    row = upload(client, HEADER + "".join(rows[:14]), **full)
    ends = row.counts["end"]
    assert ends == row.ends_to_confirm(timezone.localdate()) == 10
    assert 'name="ends"' in client.get(url("import-report", row)).content.decode()
    jobs = Job.objects.for_system("the test reads").count()
    for typed in ("", "9", "ti", "10 000", "-10"):
        client.post(url("import-apply", row), {"ends": typed})
    assert Job.objects.for_system("the test reads").count() == jobs and stored().state == Import.State.REHEARSED
    client.post(url("import-apply", row), {"ends": " 10 "})
    worker.do_waiting()
    assert stored().state == Import.State.APPLIED


def test_the_report_is_read_whole_a_part_at_a_time(as_role, django_assert_max_num_queries):
    client = as_role("hr_admin")
    rows = "".join(f"Sund kommune;{n};Kari Nr{n:03};u-fjord;veileder;50;01.01.2026\r\n" for n in range(230))
    row = upload(client, HEADER + rows)
    whole = next(each for each in reads.wholes(_viewer(), row) if "230" in each.title)
    with django_assert_max_num_queries(25):
        text = client.get(url("import-report", row)).content.decode()
    assert "Kari Nr019" in text and "Kari Nr020" not in text
    part, names = whole.first, set()
    for _turn in range(3):
        with django_assert_max_num_queries(25):
            page = client.get(url("import-part", row, part))
        names |= {f"Kari Nr{n:03}" for n in range(230) if f"Kari Nr{n:03}" in page.content.decode()}
        part = page.context["page"].after
    assert part is None and len(names) == 230
    report = b"".join(client.get(url("import-report-csv", row)).streaming_content).decode("utf-8-sig")
    assert report.count(";Kari Nr") == 460
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(url("import-report-xlsx", row)))))
    assert book.worksheets[0].max_row == 461


def _viewer():
    hr = Person.objects.for_system("the test reads").get(name="Hanna Hovd")
    return viewer_for_person(hr.pk, DAY, "nb")


def test_dropped_it_is_gone(as_role, media):
    client = as_role("hr_admin")
    row = upload(client)
    assert client.post(url("import-drop", row)).status_code == 302
    assert stored().state == Import.State.DROPPED and stored().summary == {}
    assert list(media.iterdir()) == [] and not Part.objects.for_system("the test reads").exists()
    assert client.get(url("import-report", row)).status_code == 200
    client.post(url("import-apply", row))
    assert not Person.objects.for_system("the test reads").filter(name="Åse Kvittingen").exists()


def test_what_is_too_old_goes_and_the_numbers_stay(as_role, media):
    client = as_role("hr_admin")
    old = upload(client)
    Import.objects.for_system("the test writes").update(created_at=timezone.now() - timedelta(days=60))
    assert actions.sweep(timezone.localdate()) == 1
    row = stored()
    assert (row.state, row.summary, row.counts["create"]) == (Import.State.DROPPED, {}, old.counts["create"])
    assert list(media.iterdir()) == []
    assert actions.sweep(timezone.localdate()) == 0


def test_gone_before_it_was_tried_says_so(as_role, media):
    client = as_role("hr_admin")
    client.post(reverse("import"), {"uploads": [SimpleUploadedFile("a.csv", GOOD.encode())]})
    for path in media.rglob("*"):
        if path.is_file():
            path.unlink()
    worker.do_waiting()
    job = Job.objects.for_system("the test reads").get()
    assert job.state == Job.State.FAILED and job.message.startswith("The upload is no longer here")
    assert client.get(url("import-report", stored())).status_code == 200


def test_rights_lost_on_the_way_are_lost(as_role, cast):
    client = as_role("hr_admin")
    row = upload(client)
    client.post(url("import-apply", row))
    cast.person["hr_admin"].roles.for_system("the test writes").all().delete()
    worker.do_waiting()
    assert stored().state == Import.State.REHEARSED
    assert not Person.objects.for_system("the test reads").filter(name="Åse Kvittingen").exists()


def test_an_erased_person_is_in_no_report(as_role, cast):
    upload(as_role("hr_admin"))
    erase_person(cast.person["employee"].pk, "the time is up", by="the clock")
    assert stored().summary == {} and not Part.objects.for_system("the test reads").exists()
    assert stored().by_name == "Hanna Hovd"
    erase_person(cast.person["hr_admin"].pk, "the time is up", by="the clock")
    assert stored().by_name == ""


def test_questions_are_downloaded_filled_in_and_answer(as_role):
    offices = "enhetsnummer,navn\r\n7001,Nav Ny\r\n7002,Nav Nyere\r\n7003,Avviklet - NAV Gammel\r\n"
    client = as_role("hr_admin")
    row = upload(client, offices, "kontorer.csv")
    assert row.counts["questions"] == 1
    assert f"/import/{row.pk}/questions.xlsx" in client.get(url("import-report", row)).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(url("import-questions", row)))))
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(2, header.index("Etter") + 1, "7001")
    sheet.cell(2, header.index("Dato") + 1, "01.01.2024")
    answered = io.BytesIO()
    book.save(answered)
    found = read([Upload("svar.xlsx", answered.getvalue()), Upload("kontorer.csv", offices.encode())])
    assert not found.questions and [(row.before, row.after) for row in found.successions] == [("7003", "7001")]


def test_the_templates_are_read_as_what_they_are(as_role):
    client = as_role("hr_admin")
    book = b"".join(client.get(reverse("import-template-xlsx")))
    assert [sheet.title for sheet in openpyxl.load_workbook(io.BytesIO(book)).worksheets][1] == "Enheter"
    for n in range(1, len(SHAPES) + 1):
        response = client.get(reverse("import-template-csv", args=[n]))
        data = b"".join(response.streaming_content)
        assert data.startswith(b"\xef\xbb\xbf") and response["Content-Disposition"].endswith('.csv"')
    assert client.get(reverse("import-template-csv", args=[0])).status_code == 404
    assert client.get(reverse("import-template-csv", args=[len(SHAPES) + 1])).status_code == 404


@pytest.mark.parametrize("role", ["anonymous", "employee", "leader", "county_adviser", "union_rep", "safety_rep"])
def test_nobody_else_comes_in(as_role, role):
    row = Import.objects.create(by_name="x", files=["a.csv"])
    client, expected = as_role(role), 302 if role == "anonymous" else 403
    for name in ROUTES:
        assert client.get(reverse(name)).status_code == expected
    for name in OF_ONE:
        assert client.get(url(name, row)).status_code == expected
    for name in ("import-apply", "import-drop"):
        assert client.post(url(name, row)).status_code == expected


def test_a_report_on_persons_is_not_for_whoever_only_runs_the_system(as_role, cast):
    """She brings in files, and sees what came of her own; of persons in another's she sees nothing."""
    row = upload(as_role("hr_admin"))
    kind = type(cast.kind["leader"]).objects.create(code="system_admin", name_nb="d", name_nn="d", name_en="d")
    where = {"unit": cast.unit["directorate"], "valid_from": DAY}
    kind.holdings.create(person=cast.person["state_employee"], **where)
    operations = as_role("state_employee")
    for name in OF_ONE:
        assert operations.get(url(name, row)).status_code == 404
    part = Part.objects.for_system("the test reads").filter(of=row).first()
    assert operations.get(url("import-part", row, part.pk)).status_code == 404
    for name in ("import-apply", "import-drop"):
        assert operations.post(url(name, row)).status_code == 404
    assert "Hovd" not in operations.get(reverse("import")).content.decode()
    own = upload(operations)
    assert operations.get(url("import-report", own)).status_code == 200
    assert as_role("hr_admin").get(url("import-report", own)).status_code == 200


def test_wrong_methods_and_ids(as_role):
    client, row = as_role("hr_admin"), Import.objects.create(by_name="x", files=["a.csv"])
    for name in OF_ONE:
        assert client.post(url(name, row)).status_code == 405
        assert client.get(reverse(name, args=[row.pk + 1])).status_code == 404
    for name in ("import-apply", "import-drop"):
        assert client.get(url(name, row)).status_code == 405
        assert client.post(reverse(name, args=[row.pk + 1])).status_code == 404
    assert client.get(url("import-part", row, 99)).status_code == 404
    assert client.get(url("import-report", row)).status_code == 200
    assert client.get(url("import-questions", row)).status_code == 404


def test_the_list_asks_little(as_role, django_assert_max_num_queries):
    client = as_role("hr_admin")
    Import.objects.bulk_create(Import(by_name="x", files=["a.csv"], summary={"groups": []}) for _n in range(60))
    with django_assert_max_num_queries(25):
        assert client.get(reverse("import")).status_code == 200
