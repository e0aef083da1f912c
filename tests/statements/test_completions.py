"""Completions from a platform: the rehearsal is the performance, twice changes nothing, each is its owner's."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import BadSignature
from django.urls import reverse
from django.utils import timezone

from sloyfe.core.access import OutOfReach
from sloyfe.core.audit.models import Event
from sloyfe.core.imports.limits import Upload
from sloyfe.core.imports.places import FileRefused
from sloyfe.modules.catalogue.models import Competence, Framework
from sloyfe.modules.people.models import Affiliation, PersonNumber
from sloyfe.modules.statements import completions, proofs
from sloyfe.modules.statements.actions import share, take_back
from sloyfe.modules.statements.bringing_in import bring_in
from sloyfe.modules.statements.models import Proof, Statement
from sloyfe.modules.statements.team import my_team
from tests.bad_input.values import identity_number

HEADER = "Ansattnummer;Kurs;Fullført;Gjelder til;Kompetanse;Utsteder;Type;ID"
ROW = "n-employee;Personvern i hverdagen;03.02.2026;01.02.2028;privacy;Direktoratet;sertifikat;c-1"


@pytest.fixture
def privacy(cast):
    framework = Framework.objects.create(code="trade", label_nb="Faget")
    return Competence.objects.create(framework=framework, key="privacy", label_nb="Personvern")


def read(cast, *rows, header=HEADER, source="Navet", role="hr_admin"):
    upload = Upload("kurs.csv", "\n".join((header, *rows)).encode())
    return completions.read(cast.viewer(role), upload, employer_id=cast.employer["sund"].pk, source=source)


def brought(cast, *rows, rehearsal=False, **more):
    return bring_in(cast.viewer("hr_admin"), read(cast, *rows, **more), rehearsal=rehearsal)


def kept():
    rows = Proof.objects.for_system("test").select_related("statement").order_by("pk")
    return [(row.statement.words, row.what, row.completed_on, row.expires_on, row.issuer, row.source) for row in rows]


def test_what_is_rehearsed_is_what_is_done_and_the_same_file_again_changes_nothing(cast, privacy):
    rehearsed = brought(cast, ROW, rehearsal=True)
    assert kept() == [] and not Event.objects.for_system("test").filter(verb="completions.brought_in").exists()
    done = brought(cast, ROW)
    assert done.applied and rehearsed.lines() == done.lines()
    whole = ("Personvern i hverdagen", "certificate", date(2026, 2, 3), date(2028, 2, 1), "Direktoratet", "Navet")
    assert kept() == [whole]
    again = brought(cast, ROW)
    assert again.counts()["unchanged"] == 1 and kept() == [whole]
    (one,) = proofs.my_proofs(cast.viewer("employee"))
    assert (one.competence, one.source, one.seen_by) == ("Personvern", "Navet", ())
    assert Event.objects.for_system("test").filter(verb="completions.brought_in", subject_id=None).count() == 2


def test_it_is_its_owners_alone_until_she_shares_it(cast, privacy):
    brought(cast, ROW)
    for role in cast.person:
        assert Proof.objects.for_viewer(cast.viewer(role)).exists() == (role == "employee"), role
        assert Statement.objects.for_viewer(cast.viewer(role)).exists() == (role == "employee"), role
    share(cast.viewer("employee"), Statement.objects.for_system("test").get(), audience="leader")
    assert [told.words for told in my_team(cast.viewer("leader"))[0].lines] == ["Personvern i hverdagen"]


def test_a_correction_finds_the_row_again_and_leaves_what_she_has_chosen(cast, privacy):
    brought(cast, ROW)
    said = Statement.objects.for_system("test").get()
    share(cast.viewer("employee"), said, audience="leader")
    Statement.objects.for_system("test").update(contest="Jeg tok det i januar")
    log = brought(cast, ROW.replace("03.02.2026", "09.01.2026"), source="NAVET")
    assert log.counts()["change"] == 1
    (one,) = proofs.my_proofs(cast.viewer("employee"))
    assert (one.completed_on, one.contest, len(one.seen_by)) == (date(2026, 1, 9), "Jeg tok det i januar", 1)
    assert "januar" not in "".join(log.lines())


def test_one_she_has_taken_back_is_not_made_anew_and_the_report_does_not_tell(cast, privacy):
    brought(cast, ROW)
    before = brought(cast, ROW).lines()
    take_back(cast.viewer("employee"), Statement.objects.for_system("test").get())
    assert brought(cast, ROW).lines() == before
    assert proofs.my_proofs(cast.viewer("employee")) == [] and len(kept()) == 1
    assert len(proofs.taken_back(cast.viewer("employee"))) == 1


def test_without_the_platforms_number_the_same_row_is_the_same(cast):
    header = "Ansattnummer;Kurs;Fullført"
    rows = ("n-employee;Etikk;2026-02-03", "n-union_rep;Etikk;2026-02-03")
    assert brought(cast, *rows, header=header).counts()["create"] == 2
    assert brought(cast, *rows, header=header).counts()["unchanged"] == 2
    assert len(kept()) == 2


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("9999;Etikk;03.02.2026;;;;;x", "ansattnummer", "9999"),
        ("n-hr_admin;Etikk;03.02.2026;;;;;x", "ansattnummer", "n-hr_admin"),  # a number with another employer
        ("n-deputy;Etikk;03.02.2026;;;;;x", "ansattnummer", "n-deputy"),  # has left
        ("n-employee;;03.02.2026;;;;;x", "Kurs", ""),
        ("n-employee;Etikk;;;;;;x", "Fullført", ""),
        ("n-employee;Etikk;i fjor;;;;;x", "Fullført", "i fjor"),
        ("n-employee;Etikk;03.02.2126;;;;;x", "Fullført", "03.02.2126"),
        ("n-employee;Etikk;03.02.2026;01.01.2026;;;;x", "Gjelder til", "01.01.2026"),
        ("n-employee;Etikk;03.02.2026;;;;diplom;x", "Type", "diplom"),
        ("n-union_rep;Etikk;03.02.2026;;;;;c-1", "id", "c-1"),  # came for somebody else
        (ROW, "id", "c-1"),  # twice in the file
    ],
)
def test_a_row_that_is_wrong_is_left_out_and_its_place_and_remedy_are_said(cast, privacy, row, column, value):
    Affiliation.objects.for_system("test").filter(person=cast.person["deputy"]).update(valid_to=date(2026, 1, 1))
    log = brought(cast, ROW, row)
    (problem,) = log.problems
    assert (problem.place.row, problem.place.column, problem.value) == (3, column, value)
    assert problem.message and problem.remedy and not log.stopped
    assert len(kept()) == 1


def test_an_unknown_code_is_said_and_the_completion_comes_in_without_it(cast, privacy):
    log = brought(cast, ROW.replace("privacy", "privat"))
    (problem,) = log.problems
    assert (problem.value, problem.weight.value, len(kept())) == ("privat", "note", 1)
    brought(cast, ROW)
    assert proofs.my_proofs(cast.viewer("employee"))[0].competence == "Personvern"
    brought(cast, ROW.replace(";privacy;", ";;"))
    assert proofs.my_proofs(cast.viewer("employee"))[0].competence == "Personvern", "an empty cell tells nothing"


def test_the_number_counts_with_the_employer_that_was_chosen(cast):
    PersonNumber.objects.create(person=cast.person["state_leader"], employer=cast.employer["state"], number="77")
    PersonNumber.objects.create(person=cast.person["union_rep"], employer=cast.employer["sund"], number="77")
    brought(cast, "77;Etikk;03.02.2026;;;;;x")
    assert Proof.objects.for_system("test").get().owner_id == cast.person["union_rep"].pk


def test_a_file_with_an_identity_number_is_refused_whole(cast):
    with pytest.raises(FileRefused):
        read(cast, ROW, f"{identity_number()};Etikk;03.02.2026;;;;;x")


@pytest.mark.parametrize("role", ["employee", "leader", "county_adviser", "union_rep"])
def test_only_those_who_bring_files_in_may(cast, as_role, role):
    with pytest.raises(OutOfReach):
        read(cast, ROW, role=role)
    with pytest.raises(OutOfReach):
        bring_in(cast.viewer(role), read(cast, ROW), rehearsal=False)
    assert as_role(role).get(reverse("completions")).status_code == 403
    assert as_role(role).post(reverse("completions-carry-out"), {"seal": "x"}).status_code == 403


def test_what_was_read_comes_back_as_it_was_and_only_to_the_one_who_read_it(cast):
    reading = read(cast, ROW, "n-union_rep;Etikk;03.02.2026;;;;;")
    seal = completions.sealed(cast.viewer("hr_admin"), reading)
    assert completions.opened(cast.viewer("hr_admin"), seal) == reading
    for wrong in (seal + "x", "", "1:2:3"):
        with pytest.raises(BadSignature):
            completions.opened(cast.viewer("hr_admin"), wrong)
    with pytest.raises(BadSignature):
        completions.opened(cast.viewer("leader"), seal)


def test_the_pages_from_upload_to_done(cast, privacy, as_role):
    client, url = as_role("hr_admin"), reverse("completions")
    assert client.get(url).status_code == 200 and client.get(reverse("completions-empty")).status_code == 200
    told = {"employer": cast.employer["sund"].pk, "source": "Navet"}

    def sent(text):
        return client.post(url, told | {"completions": SimpleUploadedFile("kurs.csv", text.encode())})

    for wrong in ("", "<html></html>", "Navn;Alder\nKari;3"):
        assert sent(wrong).status_code == 422
    assert client.post(url, told).status_code == 422
    assert sent(f"{HEADER}\n9999;Etikk;03.02.2026;;;;;x").status_code == 422
    page = sent(f"{HEADER}\n{ROW}\n9999;Etikk;03.02.2026;;;;;x")
    assert page.status_code == 200 and "9999" in page.content.decode() and kept() == []
    assert client.get(reverse("completions-carry-out")).status_code == 405
    assert client.post(reverse("completions-carry-out"), {"seal": "nei"}).url == url and kept() == []
    assert client.post(reverse("completions-carry-out"), {"seal": page.context["seal"]}).url == url
    assert len(kept()) == 1
    assert "Navet" in as_role("employee").get(reverse("my-proofs")).content.decode()


def test_a_full_file_asks_few_questions(cast, django_assert_max_num_queries):
    rows = [f"n-employee;Kurs {number};03.02.2026;;;;;c-{number}" for number in range(1000)]
    reading = read(cast, *rows)
    with django_assert_max_num_queries(60):  # SQLite takes a thousand rows in several mouthfuls
        assert bring_in(cast.viewer("hr_admin"), reading, rehearsal=False).counts()["create"] == 1000
    with django_assert_max_num_queries(25):
        assert bring_in(cast.viewer("hr_admin"), reading, rehearsal=False).counts()["unchanged"] == 1000


def test_she_is_told_on_her_own_page_what_came_and_from_where(cast, privacy, as_role):
    brought(cast, ROW)
    Statement.objects.for_system("test").update(valid_from=timezone.localdate())
    page = as_role("employee").get(reverse("my-page")).content.decode()
    assert "Navet sendte dette" in page and "Personvern i hverdagen" in page
    assert "Personvern i hverdagen" not in as_role("leader").get(reverse("my-page")).content.decode()
    Statement.objects.for_system("test").update(valid_from=date(2026, 1, 1))
    assert "Personvern i hverdagen" not in as_role("employee").get(reverse("my-page")).content.decode()
