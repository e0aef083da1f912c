"""Everything that comes in goes out again, and comes in again as the same."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse

from sloyfe.core.imports.log import Kind
from sloyfe.core.imports.places import Weight
from sloyfe.core.imports.tables import Upload
from sloyfe.core.jobs.worker import do_waiting
from sloyfe.modules.catalogue.actions import exporting as actions
from sloyfe.modules.catalogue.exporting import draft_of
from sloyfe.modules.catalogue.formats import moodle, own
from sloyfe.modules.catalogue.formats.bundle import from_bytes
from sloyfe.modules.catalogue.formats.moodle.columns import HEADINGS
from sloyfe.modules.catalogue.models import Export, Framework, Profile, Requirement
from sloyfe.modules.catalogue.storing import store
from sloyfe.modules.catalogue.tests.small import framework

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(cast):
    return cast.viewer("hr_admin")


@pytest.fixture
def small(editor) -> Framework:
    store(editor, framework(), rehearsal=False)
    return Framework.objects.get(code="small")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_workbook_comes_in_again_and_changes_nothing(editor, small, cast, language):
    talk = small.competences.get(key="talk")
    unit = Profile.objects.create(key="fjord", kind="unit", unit=cast.unit["fjord"], label_nb="Fjord")
    every = Profile.objects.create(key="offices", kind="unit", unit_kind="office", label_nb="Alle kontor")
    role = Profile.objects.create(key="lead", kind="role", role=cast.kind["leader"], label_nb="Leder")
    for profile in (unit, every, role):
        Requirement.objects.create(
            profile=profile, competence=talk, strength="must", source="law", basis="§ 1", valid_from=editor.day
        )
    written = actions.written(small, Export.Format.XLSX, language, editor.day)
    log = store(editor, own.read([Upload("katalog.xlsx", written)]), rehearsal=False)
    assert {kind: count for kind, count in log.counts().items() if count and kind is not Kind.UNCHANGED} == {}
    assert {problem.weight for problem in log.problems} <= {Weight.NOTE}
    assert Profile.objects.get(key="fjord").framework is None


def test_the_zip_says_the_same_as_the_workbook(editor, small):
    packed = zipfile.ZipFile(io.BytesIO(actions.written(small, Export.Format.CSV, "nb", editor.day)))
    from_zip = own.read([Upload(name, packed.read(name)) for name in packed.namelist()])
    from_book = own.read([Upload("k.xlsx", actions.written(small, Export.Format.XLSX, "nb", editor.day))])
    for part in ("competences", "areas", "terms", "profiles", "requirements", "relations", "scales"):
        told, same = getattr(from_zip, part), getattr(from_book, part)
        assert len(told) == len(same) > 0 and [_bare(each) for each in told] == [_bare(each) for each in same], part


def _bare(thing):
    return {name: getattr(thing, name) for name in thing.__slots__ if name != "place"}


def test_moodle_gives_the_same_bytes_back(editor):
    rows = [
        HEADINGS,
        [
            "",
            "kode",
            "Rammeverk",
            "<p>Om</p>",
            "1",
            "Ikke ennå,Ja",
            '[{"scaleid":"2"},{"id":2,"scaledefault":1,"proficient":1}]',
            "",
            "",
            "",
            "",
            "",
            "1",
            "competency,competency,competency,competency",
        ],
        ["", "a", "A", "<p>Om A</p>", "1", "", "", "", "0", "null", "b", "", "", ""],
        ["a", "b", "B", "", "1", "", "", "core_competency\\competency_rule_all", "1", "null", "", "", "", ""],
    ]
    sent = "".join(",".join(_moodle_cell(cell) for cell in row) + "\n" for row in rows).encode()
    store(editor, moodle.read(from_bytes("m.csv", sent)), rehearsal=False)
    assert actions.written(Framework.objects.get(code="kode"), Export.Format.MOODLE, "nb", editor.day) == sent


def _moodle_cell(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(', "\n\t\\') else cell


def test_what_has_ended_is_not_exported(editor, small):
    Requirement.objects.filter(competence__key="law").update(valid_from="2020-01-01", valid_to=editor.day)
    asked = {each.competence for each in draft_of(small, editor.day).requirements}
    assert asked == {"talk", "appeal"}


@pytest.mark.parametrize("extension", ["xlsx", "zip", "csv"])
@pytest.mark.parametrize("at_once", [True, False])
def test_taking_it_home(as_role, small, extension, at_once, monkeypatch):
    """Small frameworks at once, large ones through the worker."""
    if not at_once:
        monkeypatch.setattr(actions, "AT_ONCE", 0)
    client = as_role("employee")
    answer = client.post(reverse("catalogue-export", args=[small.pk, extension]))
    if not at_once:
        assert answer.status_code == 302
        do_waiting()
        row = Export.objects.get()
        assert client.get(reverse("catalogue-export-ready", args=[row.pk])).status_code == 200
        answer = client.get(reverse("catalogue-export-file", args=[row.pk]))
    assert answer.status_code == 200
    assert f'filename="small.{extension}"' in answer["Content-Disposition"]
    assert len(b"".join(answer)) > 200


def test_the_next_export_takes_the_place_of_the_one_before(small, editor, uploads, django_capture_on_commit_callbacks):
    for content in (b"one", b"two"):
        with django_capture_on_commit_callbacks(execute=True):
            actions.keep_export(small, Export.Format.XLSX, "nb", content)
    assert Export.objects.get().content.read() == b"two"
    assert len([path for path in uploads.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(("role", "status"), [("outsider", 403), ("anonymous", 302)])
def test_who_may_not_take_it_home(as_role, small, role, status):
    assert as_role(role).post(reverse("catalogue-export", args=[small.pk, "xlsx"])).status_code == status
